"""What a learner is told about an exercise, in the words of the notebook, part by part."""

from ...checks.outcome import NOT_ATTEMPTED, Outcome

HEADLINE, TEXT, VALUES = "headline", "text", "values"


def told(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the parts, each with its kind: `HEADLINE`, `TEXT`, or `VALUES` in columns."""
    parts = [(HEADLINE, outcome.headline)]
    if outcome.cause and outcome.status != NOT_ATTEMPTED:
        parts.append((TEXT, outcome.cause))
    if outcome.details:
        parts.append((VALUES, _columns(outcome.details)))
    if outcome.look:
        parts.append((TEXT, ("" if outcome.passed else "Next: ") + outcome.look))
    return parts


def _columns(details: tuple[tuple[str, str], ...]) -> str:
    width = max(len(label) for label, _ in details)
    indent = "\n" + " " * (width + 2)
    return "\n".join(
        f"{label:<{width}}  " + value.replace("\n", indent) for label, value in details
    )

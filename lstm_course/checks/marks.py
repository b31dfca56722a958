"""Find the digits in which two rows of numbers differ."""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)")
Row = tuple[str, str]
Span = tuple[int, int]


def differing(rows: Sequence[Row]) -> dict[str, list[Span]]:
    """Return, for each row "yours …", where it differs from "expected …" beside it.

    Parameters
    ----------
    rows : sequence of (label, text)

    Returns
    -------
    dict of str to list of (start, end)
        Label to places in its text: from the first digit that differs to the number's end.
        A row is left out where the two do not hold equally many numbers.
    """
    texts = dict(rows)
    spans = {
        label: _apart(text, texts.get(label.replace("yours", "expected", 1), ""))
        for label, text in rows
        if label.split(" ")[0] == "yours"
    }
    return {label: found for label, found in spans.items() if found}


def _apart(mine: str, other: str) -> list[Span]:
    numbers, others = list(_NUMBER.finditer(mine)), _NUMBER.findall(other)
    if len(numbers) != len(others):
        return []
    pairs = ((n, _in_common(n[0], o)) for n, o in zip(numbers, others, strict=True) if n[0] != o)
    return [(n.start() + common, n.end()) for n, common in pairs]


def _in_common(mine: str, other: str) -> int:
    """Return how many digits at the start are the same; at least one is left to mark."""
    same = (a == b for a, b in zip(mine, other, strict=False))
    count = next((k for k, equal in enumerate(same) if not equal), min(len(mine), len(other)))
    return min(count, len(mine) - 1)


def underlined(text: str, spans: Sequence[Span]) -> str:
    """Return text with ^ below the marked places, line by line."""
    lines, start = [], 0
    for line in text.split("\n"):
        marks = "".join(
            "^" if any(a <= start + k < b for a, b in spans) else " " for k in range(len(line))
        )
        lines += [line, marks.rstrip()] if marks.strip() else [line]
        start += len(line) + 1
    return "\n".join(lines)

"""What several reports count and call the same."""

from collections.abc import Iterable

from ..run import NotebookResult


def points_of(results: Iterable[NotebookResult]) -> tuple[int, int]:
    """Return the points earned and the points to be had."""
    results = list(results)
    return sum(r.points for r in results), sum(r.max_points for r in results)


def place(result: NotebookResult) -> str:
    """Return whose notebook it is and which: anna/04-forget-gate."""
    return "/".join(filter(None, (result.learner, result.name)))

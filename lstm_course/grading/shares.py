"""Shares of a class that outgrows one machine: taken apart by learner, put together again."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain

from .batch import Grades
from .notebooks.finding import Submission
from .run import NotebookResult

_Named = tuple[str, Grades]


def share_of(submissions: Sequence[Submission], number: int, of: int) -> list[Submission]:
    """Return one share of a class.

    A learner's share follows from the name alone. So it stays the same on every machine,
    in whatever order files lie there and whoever hands in late.

    Parameters
    ----------
    submissions : sequence of Submission
        The whole class.
    number, of : int
        Which share, from 1, and how many there are.
    """
    return [one for one in submissions if _share(one.learner, of) == number]


def put_together(runs: Iterable[_Named]) -> Grades:
    """Return the results of several runs as those of one.

    Parameters
    ----------
    runs : iterable of (str, Grades)
        Each with the name of the file that it comes from.

    Returns
    -------
    Grades
        Learners in the order of their names. A missing share and a result that stands twice
        are among its gaps; of two results the one with more points counts.
    """
    runs = list(runs)
    results, twice = _each_once(runs)
    gaps = [*chain.from_iterable(run.gaps for _, run in runs), *_missing(runs), *twice]
    order = {name: k for k, name in enumerate(sorted({r.learner for r in results}))}
    results.sort(key=lambda result: (order[result.learner], result.name))
    seed = runs[0][1].seed if len({run.seed for _, run in runs}) == 1 else None
    return Grades(tuple(results), seed, None, tuple(dict.fromkeys(gaps)))


def _share(learner: str, of: int) -> int:
    name = unicodedata.normalize("NFC", learner).encode()  # macOS writes é as two characters
    return int.from_bytes(hashlib.sha256(name).digest()[:8]) % of + 1


def _missing(runs: Sequence[_Named]) -> list[str]:
    """Return a line for each way a class was divided, where a share of it is not there."""
    shares = [run.share for _, run in runs if run.share]
    lines = []
    for of in sorted({of for _, of in shares}):
        have = {number for number, its in shares if its == of}
        gone = [f"{k}/{of}" for k in range(1, of + 1) if k not in have]
        if gone:
            lines.append(f"Missing: {', '.join(gone)}. Their learners stand in no row.")
    return lines


def _each_once(runs: Sequence[_Named]) -> tuple[list[NotebookResult], list[str]]:
    """Return one result for each notebook of each learner, and a line for each double one."""
    best: dict[tuple[str, str], NotebookResult] = {}
    files: dict[tuple[str, str], list[str]] = {}
    for file, run in runs:
        for result in run.results:
            key = (result.learner, result.name)
            files.setdefault(key, []).append(file)
            best[key] = max(best.get(key, result), result, key=_worth)
    lines = []
    for (learner, name), where in files.items():
        if len(where) > 1:
            whose = "/".join(filter(None, (learner, name)))
            lines.append(f"{whose} stands in {' and in '.join(where)}; the better result counts.")
    return list(best.values()), lines


def _worth(result: NotebookResult) -> tuple[int, bool, bool]:
    return result.points, not result.grader_failed, result.path is not None

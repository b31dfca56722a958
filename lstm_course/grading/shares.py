"""Shares of a class that outgrows one machine: taken apart by learner, put together again."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .batch import Grades
from .notebooks.finding import Collected, Remark
from .run import NotebookResult

_Named = tuple[str, Grades]


def share_of(class_: Collected, number: int, of: int) -> Collected:
    """Return one share of a class.

    A learner's share follows from the name alone. So it stays the same on every machine,
    in whatever order files lie there and whoever hands in late. What is nobody's is said
    with every share.

    Parameters
    ----------
    class_ : Collected
        All that was handed in.
    number, of : int
        Which share, from 1, and how many there are.
    """

    def inside(learner: str) -> bool:
        return _share(learner, of) == number

    return replace(
        class_,
        submissions=tuple(one for one in class_.submissions if inside(one.learner)),
        remarks=tuple(r for r in class_.remarks if not r.learner or inside(r.learner)),
        ids={learner: its for learner, its in class_.ids.items() if inside(learner)},
    )


def put_together(runs: Iterable[_Named]) -> Grades:
    """Return the results of several runs as those of one.

    Parameters
    ----------
    runs : iterable of (str, Grades)
        Each with the name of the file that it comes from.

    Returns
    -------
    Grades
        Learners in the order of their names. A missing share, a result that stands twice and
        a name that two people have are among its remarks, and unclear; of two results the one
        with more points counts.
    """
    runs = list(runs)
    results, twice = _each_once(runs)
    ids, namesakes = _ids(runs)
    remarks = [remark for _, run in runs for remark in run.remarks]
    remarks += [Remark(line, unclear=True) for line in (*_missing(runs), *twice, *namesakes)]
    results.sort(key=lambda result: (result.learner, result.name))
    seed = runs[0][1].seed if len({run.seed for _, run in runs}) == 1 else None
    return Grades(tuple(results), seed, tuple(dict.fromkeys(remarks)), ids)


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


def _ids(runs: Sequence[_Named]) -> tuple[dict[str, str], list[str]]:
    """Return each learner's number, and a line for each name that has two."""
    numbers: dict[str, list[str]] = {}
    for _, run in runs:
        for learner, number in run.ids.items():
            if number not in numbers.setdefault(learner, []):
                numbers[learner].append(number)
    lines = [
        f"{learner} has the numbers {' and '.join(its)}: two people of one name? No number is kept."
        for learner, its in numbers.items()
        if len(its) > 1
    ]
    return {learner: its[0] for learner, its in numbers.items() if len(its) == 1}, lines


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

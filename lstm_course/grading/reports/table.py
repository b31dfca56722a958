"""Results on the terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...checks.outcome import GRADER_FAILED, NOT_ATTEMPTED, PASSED, Outcome
from ...exercises import find
from ..batch import Grades
from ..run import NotebookResult

_MISSING, _FAILED = "–", "!"
_STYLE = {PASSED: "green", NOT_ATTEMPTED: "dim", GRADER_FAILED: "bold magenta"}


def print_grades(grades: Grades, console: Console) -> None:
    """Print one learner's exercises, or a class with one row a learner."""
    if not grades.results:
        console.print("No learner falls into this share.")
    elif len(grades.learners) == 1:
        console.print(_exercises(grades))
    else:
        console.print(_class(grades))
        if grades.causes():
            console.print(_causes(grades))
    for line in _notes(grades):
        console.print(line)
    console.print(_sum(grades))


def _notes(grades: Grades) -> Iterator[str]:
    """Yield what is odd: who handed in no notebook, what was left out, what is unclear."""
    for learner, why in grades.without_notebook().items():
        yield f"[yellow]nothing to grade[/] {escape(learner)}: {escape(why)}"
    for result in grades.results:
        for note in result.notes:
            yield f"[yellow]note[/] {escape(_place(result))}: {escape(note)}"
    for remark in grades.remarks:
        mark = "[bold red]unclear[/]" if remark.unclear else "[yellow]note[/]"
        yield f"{mark} {escape(remark.text)}"


def print_progress(progress: Sequence[Any], console: Console) -> None:
    """Print one row a notebook: which exercises passed at the last run of their checks."""
    table = Table(caption="as of the last run of each check", caption_justify="left")
    for head in ("notebook", "passed", "points", "exercises"):
        table.add_column(head, no_wrap=head == "notebook", overflow="fold")
    marks = {"passed": "[green]✓[/]", "started": "[yellow]·[/]", "not started": "[dim]–[/]"}
    for one in progress:
        done = sum(state == "passed" for state in one.states.values())
        listed = "  ".join(f"{marks[state]} {name}" for name, state in one.states.items())
        note = f"\n[yellow]{escape(one.note)}[/]" if one.note else ""
        best = sum(find(name).points for name in one.states)
        row = (one.name, f"{done}/{len(one.states)}", f"{one.points}/{best}", listed + note)
        table.add_row(*row)
    console.print(table)


def _exercises(grades: Grades) -> Table:
    table = Table(title=escape(grades.learners[0]) or None, title_justify="left")
    table.add_column("notebook", no_wrap=True)
    table.add_column("exercise", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("outcome", overflow="fold")
    for result in grades.results:
        if result.path is None:
            points = f"0/{result.max_points}"
            why = next((o.cause for o in result.outcomes), f"there is no {result.name}.ipynb")
            table.add_row(result.name, "", points, f"[dim]{escape(why)}[/]")
        for k, outcome in enumerate(result.outcomes if result.path else ()):
            style = _STYLE.get(outcome.status, "red")
            table.add_row(
                result.name if k == 0 else "",
                outcome.exercise_id,
                f"{outcome.points}/{outcome.max_points}",
                f"[{style}]{escape(outcome.status)}[/]{_why(outcome)}",
            )
        table.add_section()
    return table


def _why(outcome: Outcome) -> str:
    return "" if outcome.passed or not outcome.cause else f"\n{escape(outcome.cause)}"


def _class(grades: Grades) -> Table:
    """Return points by learner and notebook, narrow enough for 80 columns."""
    best = {result.name: result.max_points for result in grades.results}
    table = Table(box=SIMPLE_HEAD, padding=0, caption=_legend(grades), caption_justify="left")
    table.add_column("learner\n[dim]out of[/]", overflow="fold")
    for name, points in best.items():
        head = f"{name.split('-')[0]}\n[dim]{points}[/]"
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    for learner in grades.learners:
        theirs = {result.name: result for result in grades.of(learner)}
        cells = [_points(theirs[name]) if name in theirs else "" for name in best]
        earned, top = (
            sum(getattr(result, kind) for result in theirs.values())
            for kind in ("points", "max_points")
        )
        table.add_row(escape(learner), *cells, f"{earned}/{top}")
    return table


def _legend(grades: Grades) -> str:
    meanings = {
        _MISSING: ("not handed in", any(r.path is None for r in grades.results)),
        _FAILED: ("the grader failed on some", any(r.grader_failed for r in grades.results)),
    }
    return "   ".join(f"{mark} {text}" for mark, (text, seen) in meanings.items() if seen)


def _causes(grades: Grades) -> Table:
    table = Table(title="Most frequent causes", title_justify="left")
    table.add_column("learners", justify="right")
    table.add_column("exercise", no_wrap=True)
    table.add_column("cause", overflow="fold")
    for cause in grades.causes():
        table.add_row(str(cause.learners), cause.exercise_id, escape(cause.cause))
    return table


def _points(result: NotebookResult) -> str:
    if result.grader_failed:
        return f"[magenta]{result.points}{_FAILED}[/]"
    return f"[dim]{_MISSING}[/]" if result.path is None else str(result.points)


def _place(result: NotebookResult) -> str:
    return "/".join(filter(None, (result.learner, f"{result.name}.ipynb")))


def _sum(grades: Grades) -> str:
    done = sum(outcome.passed for r in grades.results for outcome in r.outcomes)
    many = sum(len(result.outcomes) for result in grades.results)
    text = f"{grades.points} of {grades.max_points} points, {done} of {many} exercises passed."
    nothing = len(grades.without_notebook())
    if nothing:
        text += f" {nothing} of {len(grades.learners)} learners handed in no notebook."
    if any(remark.unclear for remark in grades.remarks):
        text += " It is not clear whose some files are; the lines above name them."
    if grades.exit_status == 3:
        text += " The grader itself failed on some; those say nothing about the answers."
    return text

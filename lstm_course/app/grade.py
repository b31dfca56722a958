"""The subcommand `grade`: from paths to results."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from .report import add_outputs, say_and_write
from .talk import Stop, notebook_names


def add_grade(commands) -> None:
    """Add the subcommand `grade`."""
    grade = commands.add_parser("grade", help="grade notebooks and say what went wrong")
    grade.set_defaults(work=_grade)
    grade.add_argument(
        "paths", nargs="*", type=Path, default=[Path("exercises")], metavar="PATH",
        help="notebooks, folders or ZIP archives, of one learner or of a class",
    )  # fmt: skip
    add_outputs(grade)
    grade.add_argument("--jobs", type=int, default=0, metavar="N", help="notebooks at a time")
    grade.add_argument("--seed", type=int, metavar="N", help="draw the same inputs again")
    grade.add_argument(
        "--shard", type=_share, metavar="K/N", help="the K-th of N shares of the learners"
    )
    grade.add_argument(
        "--expect", nargs="+", default=[], metavar="NAME",
        help="notebooks that everyone has to hand in, such as 03 04, or all",
    )  # fmt: skip
    grade.add_argument(
        "--timeout", type=float, default=30.0, metavar="S", help="seconds for one exercise"
    )
    grade.add_argument(
        "--memory", type=float, default=2.0, metavar="GB", help="memory of a learner's process"
    )


def _grade(options: argparse.Namespace) -> int:
    from ..grading.batch import grade_all
    from ..grading.notebooks.finding import NothingToGrade, collect
    from ..grading.process.kernel import Limits
    from ..grading.shares import share_of

    try:
        collected = collect(options.paths, notebook_names(options.expect))
    except NothingToGrade as nothing:
        raise Stop(str(nothing)) from None
    if options.timeout <= 0 or options.memory <= 0:
        raise Stop("--timeout and --memory need a number above 0.")
    if options.shard:
        collected = share_of(collected, *options.shard)
    limits = Limits(seconds=options.timeout, memory=int(options.memory * 1e9))
    jobs = options.jobs or min(len(collected.submissions), os.cpu_count() or 1)
    with _progress(len(collected.submissions)) as step:
        grades = grade_all(collected, limits, jobs, options.seed, on_result=step)
    return say_and_write(replace(grades, share=options.shard), options)


def _share(text: str) -> tuple[int, int]:
    """Return a share given as 3/20."""
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise argparse.ArgumentTypeError(f"expected K/N such as 3/20, got {text!r}")
    return int(number), int(of)


def _progress(total: int):
    """Return a context whose value is called after each notebook."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    @contextmanager
    def bar():
        console = Console(stderr=True)
        columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn())
        if not console.is_terminal:  # a log keeps no progress
            yield lambda result: None
            return
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=total)
            yield lambda result: progress.advance(task)

    return bar()

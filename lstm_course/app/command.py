"""The command `lstm-course`: open the lessons, grade, keep exercise notebooks in order."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .. import __version__
from .gradescope import add_gradescope
from .report import add_outputs, add_report, say_and_write
from .talk import Stop, console


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand.

    Returns
    -------
    int
        0: done; for grade, every exercise passed. 1: some exercise did not pass.
        2: the call cannot be carried out, said in one line. 3: the grader itself failed.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    _print_what_the_encoding_lacks_as_marks()
    if arguments[:1] == ["lab"]:  # everything after it belongs to JupyterLab, -h too
        from .lab import start_lab

        return start_lab(arguments[1:])
    options = parser().parse_args(arguments)
    try:
        return options.work(options)
    except Stop as stop:
        print(f"lstm-course {options.command}: {stop}", file=sys.stderr)
        return 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        text = f"lstm-course {options.command}: {where}{error.strerror or error}"
        print(text, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _print_what_the_encoding_lacks_as_marks() -> None:
    """Print "?" for a letter such as σ where the output cannot hold it: a pipe on Windows."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all subcommands; each result carries its `work`."""
    parser = argparse.ArgumentParser(prog="lstm-course", description=__doc__)
    parser.add_argument("--version", action="version", version=f"lstm-course {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("lab", help="open JupyterLab on the start page", add_help=False)
    _add_grade(commands.add_parser("grade", help="grade notebooks and say what went wrong"))
    add_report(commands)
    add_gradescope(commands, _names)
    _add_workspace(commands)
    return parser


def _add_workspace(commands) -> None:
    reset = commands.add_parser("reset", help="put a template back, after saving a dated copy")
    reset.set_defaults(work=_reset)
    reset.add_argument(
        "what", nargs="+", metavar="NN|EXERCISE",
        help="a notebook by its number, such as 03, or one exercise by its id",
    )  # fmt: skip
    update = commands.add_parser("update", help="bring exercise notebooks to a newer course")
    update.set_defaults(work=_update)
    update.add_argument("what", nargs="*", metavar="NN", help="notebooks; all when none is named")
    update.add_argument(
        "--from", dest="newer", type=Path, metavar="FOLDER",
        help="a newer course's folder; without it, the solutions/ of this one are the measure",
    )  # fmt: skip
    pull = commands.add_parser("pull", help="take a newer course; saves first what you changed")
    pull.set_defaults(work=_pull)
    pull.add_argument(
        "--from", dest="source", default="upstream", metavar="WHERE",
        help="a remote of git's, an address, or the folder of a newer course",
    )  # fmt: skip
    status = commands.add_parser("status", help="show how far you are; runs nothing")
    status.set_defaults(work=_status)


def _reset(options: argparse.Namespace) -> int:
    from .workspace import Workspace, WorkspaceError, notebook_or_exercise

    try:
        space = Workspace.around(Path.cwd())
        for what in map(notebook_or_exercise, options.what):
            if isinstance(what, str):
                label, copy = f"exercises/{what}.ipynb", space.reset(what)
            else:
                label, copy = what.id, space.reset_exercise(what)
            print(f"{label} is as it was handed out.{_saved(copy, space.root)}")
    except WorkspaceError as error:
        raise Stop(str(error)) from None
    print("If it is open in JupyterLab, load it again: File, Reload Notebook from Disk.")
    return 0


def _update(options: argparse.Namespace) -> int:
    from .workspace import Workspace, WorkspaceError

    failed = 0
    try:
        space = Workspace.around(Path.cwd(), options.newer)
        names = _names(options.what) or space.names()
    except WorkspaceError as error:
        raise Stop(str(error)) from None
    for name in names:
        try:
            done, copy = space.update(name)
            print(f"{name}: {done}.{_saved(copy, space.root)}")
        except WorkspaceError as error:
            failed = 2
            print(f"{name}: left as it is. {error}", file=sys.stderr)
    return failed


def _pull(options: argparse.Namespace) -> int:
    """Replace the course, then bring `exercises/` along with the newer course's own command."""
    import subprocess

    from .pulling import pull
    from .workspace import Workspace, WorkspaceError

    try:
        root = Workspace.around(Path.cwd()).root
        pulled = pull(root, options.source)
    except WorkspaceError as error:
        raise Stop(str(error)) from None
    said = f"The course is that of {pulled.version} now; {pulled.replaced} files changed."
    if pulled.saved:
        where = pulled.saved.relative_to(root)
        said += f" {pulled.kept} of them were no version of the course's; copies: {where}"
    print(said, flush=True)
    newer = [sys.executable, "-m", "lstm_course.app.command", "update"]
    return subprocess.run(newer, cwd=root).returncode


def _status(options: argparse.Namespace) -> int:
    from ..grading.reports.table import print_progress
    from .workspace import Workspace, WorkspaceError

    try:
        space = Workspace.around(Path.cwd())
        progress = [space.progress(name) for name in space.names()]
    except WorkspaceError as error:
        raise Stop(str(error)) from None
    print_progress(progress, console())
    return 0


def _saved(copy: Path | None, root: Path) -> str:
    return f" Your copy: {copy.relative_to(root)}" if copy else ""


def _add_grade(grade: argparse.ArgumentParser) -> None:
    grade.set_defaults(work=_grade)
    grade.add_argument(
        "paths", nargs="*", type=Path, default=[Path("exercises")], metavar="PATH",
        help="a notebook, a folder of notebooks, or a folder of learners' folders",
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
        collected = collect(options.paths, _names(options.expect))
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


def _names(wanted: Sequence[str]) -> list[str]:
    """Return the notebooks meant by numbers or names."""
    from ..exercises import notebooks

    if "all" in wanted:
        return notebooks()
    return [_one_name(text) for text in wanted]


def _one_name(text: str) -> str:
    from ..exercises import notebooks

    stem = Path(text).name.removesuffix(".ipynb")
    matching = [name for name in notebooks() if name == stem or name.split("-")[0] == stem.zfill(2)]
    if not matching:
        raise Stop(f"There is no exercise notebook {text!r}; there are {', '.join(notebooks())}.")
    return matching[0]


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


if __name__ == "__main__":
    sys.exit(main())

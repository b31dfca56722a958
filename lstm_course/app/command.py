"""The command `lstm-course`: open the lessons, grade, keep exercise notebooks in order."""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from .grade import add_grade
from .gradescope import add_gradescope
from .report import add_report
from .talk import Stop, console, notebook_names

GUESSES = "guesses"


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
    commands.add_parser("lab", help="open the start page, and JupyterLab beside it", add_help=False)
    add_grade(commands)
    add_report(commands)
    add_gradescope(commands)
    _add_workspace(commands)
    return parser


def _add_workspace(commands) -> None:
    reset = commands.add_parser("reset", help="put a template back, after saving a dated copy")
    reset.set_defaults(work=_reset)
    reset.add_argument(
        "what", nargs="+", metavar="NN|EXERCISE|guesses",
        help="a notebook by its number, such as 03, one exercise by its id, or all guesses",
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
        for what in options.what:
            what = what if what == GUESSES else notebook_or_exercise(what)
            if what == GUESSES:
                label, copy = "Guesses", space.forget_guesses()
            elif isinstance(what, str):
                label, copy = f"exercises/{what}.ipynb", space.reset(what)
            else:
                label, copy = what.id, space.reset_exercise(what)
            is_so = "are forgotten" if what == GUESSES else "is as it was handed out"
            print(f"{label} {is_so}.{_saved(copy, space.root)}")
    except WorkspaceError as error:
        raise Stop(str(error)) from None
    print("If it is open in JupyterLab, load it again: File, Reload Notebook from Disk.")
    return 0


def _update(options: argparse.Namespace) -> int:
    from .workspace import Workspace, WorkspaceError

    failed = 0
    try:
        space = Workspace.around(Path.cwd(), options.newer)
        names = notebook_names(options.what) or space.names()
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


if __name__ == "__main__":
    sys.exit(main())

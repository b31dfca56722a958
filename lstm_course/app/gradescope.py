"""The subcommand `gradescope`: write the archive for an assignment there."""

import argparse
from pathlib import Path

from .talk import Stop, notebook_names


def add_gradescope(commands) -> None:
    """Add the subcommand `gradescope`."""
    parser = commands.add_parser("gradescope", help="write an assignment's archive for Gradescope")
    parser.set_defaults(work=_gradescope)
    parser.add_argument(
        "what", nargs="+", metavar="NN", help="the notebooks to hand in, such as 04"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("autograder.zip"), metavar="FILE",
        help="where the archive goes; autograder.zip unless you say else",
    )  # fmt: skip


def _gradescope(options: argparse.Namespace) -> int:
    from ..grading.gradescope.archive import write_archive

    out, what = options.out, notebook_names(options.what)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_archive(out, what)
    except OSError as error:
        raise Stop(f"{error.filename} cannot be written: {error.strerror}.") from None
    print(f"{out} grades {', '.join(what)}. Upload it under Configure Autograder.")
    return 0

"""The subcommand `gradescope`: write the archive for an assignment there."""

from pathlib import Path

from .talk import Stop


def add_gradescope(commands, names) -> None:
    """Add the subcommand.

    Parameters
    ----------
    commands : subparsers
        Those of the command.
    names : function
        Returns the notebooks that numbers or names stand for.
    """
    parser = commands.add_parser("gradescope", help="write an assignment's archive for Gradescope")
    parser.set_defaults(work=lambda options: _gradescope(names(options.what), options.out))
    parser.add_argument(
        "what", nargs="+", metavar="NN", help="the notebooks to hand in, such as 04"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("autograder.zip"), metavar="FILE",
        help="where the archive goes; autograder.zip unless you say else",
    )  # fmt: skip


def _gradescope(names: list[str], out: Path) -> int:
    from ..grading.gradescope.archive import write_archive

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_archive(out, names)
    except OSError as error:
        raise Stop(f"{error.filename} cannot be written: {error.strerror}.") from None
    print(f"{out} grades {', '.join(names)}. Upload it under Configure Autograder.")
    return 0

"""How every subcommand speaks and is spoken to: its console, its end, names of notebooks."""

from collections.abc import Sequence
from pathlib import Path


class Stop(Exception):
    """Something to say in one line, and nothing more to do."""


def console():
    """Return a console that is wide enough in a file or a CI log, too."""
    from rich.console import Console

    made = Console()
    return made if made.is_terminal else Console(width=120)


def notebook_names(wanted: Sequence[str]) -> list[str]:
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

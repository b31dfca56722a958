"""How every subcommand speaks: its console, and the one line with which it gives up."""


class Stop(Exception):
    """Something to say in one line, and nothing more to do."""


def console():
    """Return a console that is wide enough in a file or a CI log, too."""
    from rich.console import Console

    made = Console()
    return made if made.is_terminal else Console(width=120)

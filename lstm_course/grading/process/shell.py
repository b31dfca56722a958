"""IPython as the learner's process runs it: a cell goes on where only an import is missing."""

import re
from collections.abc import Callable
from typing import Any

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from .confine import report_not_run
from .startup.sitecustomize import Kept

_ONLY_ITSELF = (ImportError, UsageError, Kept)
_INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")


class Shell(InteractiveShell):
    """IPython as in a notebook, without screen, history or a way out.

    A statement that fails to import something, or needs what such a statement would have
    defined, costs only itself: the statements below it run all the same.

    Attributes
    ----------
    passed_over : list of dict
        The statements of this cell that failed like that: error, message and line.
    missing : dict of str to str
        Names that such statements would have defined, and what went wrong.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.passed_over: list[dict[str, Any]] = []
        self.missing: dict[str, str] = {}
        for name in _INSTALLERS:
            self.register_magic_function(_not_run(name), "line", name)

    async def run_code(self, code_obj: Any, result: Any = None, *, async_: bool = False) -> bool:
        """Run one statement; return whether the cell ends here."""
        failed = await super().run_code(code_obj, result, async_=async_)
        error = result.error_in_exec if failed and result is not None else None
        why = self._only_itself(error)
        if not why:
            return failed
        message = self.explained(str(error))
        found = {"error": _kind(error), "message": message[:2000], "line": self.line_of(error)}
        self.passed_over.append(found)
        self.missing |= {n: why for n in code_obj.co_names if n not in self.user_ns}
        result.error_in_exec = None
        return False

    def explained(self, message: str) -> str:
        """Return an error's text; of a name whose import failed, with the reason."""
        named = re.match(r"name '(\w+)' is not defined", message)
        why = self.missing.get(named[1]) if named else None
        return f"{named[0]}, because of: {why}" if why else message

    def line_of(self, error: BaseException) -> int | None:
        """Return the line of the cell in which the error arose."""
        frames, line = error.__traceback__, None
        while frames is not None:
            frame = frames.tb_frame
            if frame.f_code.co_name == "<module>" and frame.f_globals is self.user_ns:
                line = frames.tb_lineno
            frames = frames.tb_next
        return line

    def enable_gui(self, gui: str | None = None) -> None:
        """Accept `%gui …`; there is no window."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str | None, str]:
        """Accept `%matplotlib …`, whatever it names: nobody sees the pictures."""
        return gui, "agg"

    def ask_exit(self) -> None:
        """Go on: `exit` in a cell ends nothing here."""

    def _only_itself(self, error: BaseException | None) -> str:
        """Return what went wrong when it costs only its own statement; otherwise nothing."""
        if isinstance(error, _ONLY_ITSELF):
            return str(error).split("\n")[0]
        return self.missing.get(error.name or "", "") if isinstance(error, NameError) else ""


def _kind(error: BaseException) -> str:
    return "PermissionError" if isinstance(error, Kept) else type(error).__name__


def _not_run(name: str) -> Callable[[str], None]:
    def magic(line: str) -> None:
        report_not_run(f"{name} {line}")

    magic.__doc__ = f"Say that {name} is not run while grading."
    return magic

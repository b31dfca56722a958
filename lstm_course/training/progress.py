"""A progress bar that leaves the same stored output every time.

In a notebook it is a live widget beside a fixed sentence; the sentence is what a stored
notebook keeps. In a terminal it is one line on stderr; elsewhere nothing.
"""

import sys
from types import TracebackType


class Progress:
    """Show how far a loop has come.

    Parameters
    ----------
    total : int
        Steps in all.
    show : bool
        False shows nothing anywhere.
    """

    def __init__(self, total: int, show: bool = True) -> None:
        self.total = total
        self.stride = max(1, total // 100)  # a hundred redraws at most, however long the loop
        self.bar = _notebook_bar(total) if show else None
        self.line = show and self.bar is None and sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        """Return the bar itself."""
        return self

    def update(self, done: int, note: str = "") -> None:
        """Move the bar.

        Parameters
        ----------
        done : int
            Steps done so far.
        note : str
            What to say beside it; shown only while the loop runs.
        """
        if done % self.stride and done != self.total:
            return
        if self.bar is not None:
            self.bar.value, self.bar.description = done, f"{done}/{self.total}"
            self.bar.tooltip = note
        elif self.line:
            print(f"\r{done}/{self.total} {note}", end="", file=sys.stderr, flush=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the line in a terminal; color the bar when the loop did not end by itself."""
        if self.line:
            print(file=sys.stderr)
        if self.bar is not None and kind is not None:
            self.bar.bar_style = "warning"


def _notebook_bar(total: int):  # an ipywidgets.IntProgress, or None outside a notebook
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if getattr(shell, "kernel", None) is None:
        return None
    try:
        from IPython.display import display
        from ipywidgets import IntProgress
    except ImportError:
        return None
    bar = IntProgress(0, 0, total, layout={"width": "60%"})
    bundle = bar._repr_mimebundle_()
    data = dict(bundle[0] if isinstance(bundle, tuple) else bundle)
    data["text/plain"] = f"Progress bar: {total} training steps."
    display(data, raw=True)
    return bar

"""Which parts of the diagram a lesson is about, and which come later: those are drawn quietly."""

NEW = {  # boxes and wires, in the order of lessons 03 to 09
    "i_t": ("sigma_i", "i_t", "times_i", "written"),
    "f_t": ("sigma_f", "f_t", "times_f", "kept"),
    "o_t": ("sigma_o", "o_t", "times_o", "h_t"),
    "c_tilde": ("tanh_c", "c_tilde"),
    "c_t": ("plus", "c_t"),
    "h_t": ("tanh", "shown", "h_t"),
    "y_t": ("softmax", "y_t"),
}
MEMORY = ("plus", "c_t")  # the line that every gate acts on is never quiet
QUIET = 0.35  # opacity


def when(part: str, today: str) -> str:
    """Tell whether a box or a wire is "today"'s, "known" by then, or comes "later".

    Parameters
    ----------
    part : str
        Name of a box or a wire.
    today : str
        The quantity of the lesson, a key of `NEW`; with "" all parts are known.
    """
    if not today or part in MEMORY and today != "c_t":
        return "known"
    if part in NEW[today]:
        return "today"
    days = list(NEW)
    first = next((day for day in days if part in NEW[day]), today)
    return "later" if days.index(first) > days.index(today) else "known"


def marks(part: str, today: str) -> str:
    """Return what the drawing of a part says of it, as SVG attributes."""
    then = when(part, today)
    quiet = f' opacity="{QUIET}"' if then == "later" else ""
    return "" if then == "known" else f' data-when="{then}"{quiet}'


def checked(today: str) -> str:
    """Return the name of a quantity.

    Raises
    ------
    ValueError
        When no lesson is about it, with those that there are.
    """
    if today not in NEW:
        raise ValueError(f"no lesson is about {today!r}; there are {', '.join(NEW)}")
    return today

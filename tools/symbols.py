r"""Symbols in displayed equations wear the color that they have in diagrams and plots.

The source writes `f_t`; the notebook has `{\color{#C25600}{f_t}}`, which MathJax of both ages,
GitHub, KaTeX and the site's MathML read in the same way.
"""

import re

from lstm_course.plots.palette import EQUATION

_DISPLAYED = re.compile(r"\$\$.+?\$\$", re.S)
_SYMBOL = re.compile(r"(?<![A-Za-z\\_])(\\tilde(?:\{c\}| c)|[ifo])_(?:\{t[^}]*\}|t)")


def colored(text: str) -> str:
    """Return Markdown with the gates and the candidate of displayed equations in their colors."""
    return _DISPLAYED.sub(lambda block: _SYMBOL.sub(_color, block[0]), text)


def _color(symbol: re.Match) -> str:
    name = "c_tilde" if symbol[1].startswith("\\tilde") else symbol[1]
    return rf"{{\color{{{EQUATION[name].light}}}{{{symbol[0]}}}}}"

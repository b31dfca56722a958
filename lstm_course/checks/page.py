"""What a check looks like in a notebook: the words of the text, laid out.

One bar in the colour of the outcome, labels and values that line up, symbols as the lessons set
them. Colours are the theme's own. A list, because JupyterLab stripes the rows of every table;
the ground that it gives to code is taken back. On a page that strips all styles the same words
stand in the same order.
"""

import re
from collections.abc import Sequence
from html import escape

from .marks import Row, Span, differing

_MONO = "font-family:var(--jp-code-font-family,monospace);background:none;color:inherit;padding:0"
_ROW = "display:flex;flex-wrap:wrap;column-gap:1em;margin:.15em 0"
_LABEL = "font-weight:normal;margin:0;padding:0;color:var(--jp-content-font-color2,inherit)"
_VALUE = "flex:1 1 14em;margin:0;padding:0"
_LETTERS = "[abcdfghimnoruvwxyzW]"
_SYMBOL = re.compile(
    rf"(?<![\w.])(d?{_LETTERS})_(?:(prev|ih|hh|[a-z]|\d{{1,3}})(?!\w)|\{{([\w+-]+)\}})"
)
_CODE = re.compile(r'(`[^`]+`|hint\("[^"]+"\))')
_POWER = re.compile(r"(?<=\w)\^(\w+)")


def bar(color: str, parts: Sequence[str]) -> str:
    """Return parts of a page beside a bar of that colour."""
    style = f"border-left:4px solid {color};padding:.3em .9em;margin:.2em 0;overflow-wrap:anywhere"
    return f'<div style="{style}">{"".join(parts)}</div>'


def paragraph(html: str, above: str = ".35em") -> str:
    """Return a paragraph that is never too wide to read."""
    return f'<p style="margin:{above} 0 0;max-width:50em">{html}</p>'


def prose(text: str) -> str:
    """Return a sentence with its `code` and its symbols set: b_f gets a subscript."""
    parts = _CODE.split(text)
    return "".join(
        code(part.strip("`")) if k % 2 else _symbols(escape(part)) for k, part in enumerate(parts)
    )


def code(text: str, spans: Sequence[Span] = ()) -> str:
    """Return code or numbers, with the marked places in bold and underlined."""
    pieces, at = [], 0
    for start, end in spans:
        mark = f'<strong style="text-decoration:underline">{escape(text[start:end])}</strong>'
        pieces += [escape(text[at:start]), mark]
        at = end
    pieces.append(escape(text[at:]))
    return f'<code style="{_MONO};white-space:pre-wrap">{"".join(pieces)}</code>'


def listed(rows: Sequence[Row]) -> str:
    """Return labels and values that line up; where it is narrow, a value stands below its label."""
    marks = differing(rows)
    width = f"flex:0 0 {max(len(label) for label, _ in rows)}ch"
    lines = "".join(
        f'<div style="{_ROW}"><dt style="{_LABEL};{width}">{prose(label)}</dt>'
        f'<dd style="{_VALUE}">{_value(text, marks.get(label, ()))}</dd></div>'
        for label, text in rows
    )
    return f'<dl style="margin:.35em 0 0;padding:0">{lines}</dl>'


def folded(summary: str, text: str) -> str:
    """Return text that opens on a click."""
    style = f"{_MONO};margin:.35em 0 0;white-space:pre-wrap"
    return (
        f'<details style="margin:.35em 0 0"><summary>{escape(summary)}</summary>'
        f'<pre style="{style}">{escape(text)}</pre></details>'
    )


def _value(text: str, spans: Sequence[Span]) -> str:
    """Return a value; where it is a row of small ones, each stays in one piece."""
    if spans or "   " not in text or "\n" in text:
        return code(text, spans)
    one = "display:inline-block;vertical-align:top;margin-right:1.6em"
    return " ".join(f'<span style="{one}">{code(part)}</span>' for part in text.split("   "))


def _symbols(html: str) -> str:
    def typeset(found: re.Match) -> str:
        return f"<i>{found[1]}</i><sub>{found[2] or found[3]}</sub>"

    return _POWER.sub(r"<sup>\1</sup>", _SYMBOL.sub(typeset, html))

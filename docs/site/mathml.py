r"""Formulas as MathML: browsers draw them, screen readers speak them, no script is loaded.

An equation's number, `\tag{2}`, is set beside the formula and not inside it.
"""

import html
import re
from xml.etree.ElementTree import tostring
from xml.sax.saxutils import unescape

from docutils import nodes
from latex2mathml.converter import convert_to_element

_TAG = re.compile(r"\\tag\{([^}]*)\}")
_SCRIPTS = {"msub", "msup", "msubsup"}


def split_tag(latex):
    r"""Return the formula without `\tag{…}`, and the tag."""
    match = _TAG.search(latex)
    return _TAG.sub("", latex).strip(), match[1] if match else ""


def to_mathml(latex, display="inline"):
    """Return a formula as MathML; a command that is not known is an error."""
    tree = convert_to_element(latex, display=display)
    for script in tree.iter():
        if script.tag in _SCRIPTS:
            for sign in (sign for part in script[1:] for sign in part.iter("mo")):
                sign.attrib |= {"lspace": "0", "rspace": "0"}  # t-1 is set tight below the line
    text = unescape(tostring(tree, encoding="unicode"))
    if "\\" in text:
        raise ValueError(f"formula {latex!r}: no MathML for a command in it; use another one")
    return text


def visit_inline(translator, node):
    """Write a formula inside a line."""
    translator.body.append(to_mathml(node.astext()))
    raise nodes.SkipNode


def visit_block(translator, node):
    """Write a formula on a line of its own, with its number."""
    latex, tag = split_tag(node.astext())
    number = f'<span class="number">({html.escape(tag)})</span>' if tag else ""
    formula = to_mathml(latex, display="block")
    translator.body.append(f'<div class="formula-line"><div>{formula}</div>{number}</div>')
    raise nodes.SkipNode


def setup(app):
    """Register the renderer under the name "mathml"."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}

r"""Formulas as MathML: browsers draw them, screen readers speak them, no script is loaded.

An equation's number, `\tag{2}`, is set beside the formula and not inside it.
"""

import html
import re

from docutils import nodes
from latex2mathml.converter import convert

_TAG = re.compile(r"\\tag\{([^}]*)\}")


def split_tag(latex):
    r"""Return the formula without `\tag{…}`, and the tag."""
    match = _TAG.search(latex)
    return _TAG.sub("", latex).strip(), match[1] if match else ""


def visit_inline(translator, node):
    """Write a formula inside a line."""
    translator.body.append(convert(node.astext()))
    raise nodes.SkipNode


def visit_block(translator, node):
    """Write a formula on a line of its own, with its number."""
    latex, tag = split_tag(node.astext())
    number = f'<span class="number">({html.escape(tag)})</span>' if tag else ""
    formula = convert(latex, display="block")
    translator.body.append(f'<div class="formula-line"><div>{formula}</div>{number}</div>')
    raise nodes.SkipNode


def setup(app):
    """Register the renderer under the name "mathml"."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}

r"""Formulas as MathML: browsers draw them, screen readers speak them, no script is loaded.

An equation's number, `\tag{2}`, is set beside the formula and not inside it. A browser needs a
font made for mathematics to place hats and roots, and many machines have none: the part of STIX
Two Math that the course uses comes with the pages.
"""

import html
import re
from importlib.resources import as_file, files
from pathlib import Path
from xml.etree.ElementTree import tostring
from xml.sax.saxutils import unescape

from docutils import nodes
from fontTools import subset
from latex2mathml.converter import convert_to_element

FONT = files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"  # SIL Open Font License 1.1
# Latin, accents, Greek, punctuation, letter-like signs, arrows, operators, italic letters
SIGNS = "20-7E,A0-FF,2C6-2DC,300-36F,370-3FF,2000-206F,2100-214F,2190-2193,2200-22FF,1D400-1D7FF"
_TAG = re.compile(r"\\tag\{([^}]*)\}")
_INLINE = re.compile(r"\$([^$\n]+)\$")
_MINUS = ("-", "\u2212", "&#x02212;")
_SCRIPTS = {"msub", "msup", "msubsup"}


def split_tag(latex):
    r"""Return the formula without `\tag{…}`, and the tag."""
    match = _TAG.search(latex)
    return _TAG.sub("", latex).strip(), match[1] if match else ""


def to_mathml(latex, display="inline"):
    """Return a formula as MathML; a command that is not known is an error."""
    tree = convert_to_element(latex, display=display)
    for part in tree.iter():
        if part.tag == "mover":  # hat and tilde stand clear of their letter and keep their size
            part.attrib.pop("accent", None)
            part[1].set("stretchy", "false")
        if part.tag in _SCRIPTS:  # t-1 is set tight below the line
            for sign in (sign for script in part[1:] for sign in script.iter("mo")):
                sign.attrib |= {"lspace": "0", "rspace": "0"}
        _mark_signs(list(part))
    text = unescape(tostring(tree, encoding="unicode"))
    if "\\" in text:
        raise ValueError(f"formula {latex!r}: no MathML for a command in it; use another one")
    return text


def _mark_signs(row):
    """Set a minus that is a sign tight to its number, after a bracket, a comma or another sign."""
    for before, sign in zip([None, *row], row, strict=False):
        opens = before is None or (before.tag == "mo" and before.text not in (")", "]"))
        if sign.tag == "mo" and sign.text in _MINUS and opens and len(row) > 1:
            sign.attrib |= {"form": "prefix", "lspace": "0", "rspace": "0"}


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


def set_in_html(app, doctree):
    """Set the formulas of HTML that stands in Markdown, such as the folds of *Check yourself*.

    MyST leaves HTML as it is; JupyterLab and GitHub set its formulas.
    """
    for node in doctree.findall(nodes.raw):
        if node.get("format") == "html" and not _is_output(node):
            text = _INLINE.sub(lambda part: to_mathml(html.unescape(part[1])), node.astext())
            node.children[:] = [nodes.Text(text)]


def _is_output(node):
    """Whether a node is what a cell gave."""
    while node.parent is not None:
        node = node.parent
        if node.get("nb_element") == "cell_code":
            return True
    return False


def write_font(app):
    """Put the font's part beside the other static files; its name table keeps the license."""
    target = Path(app.srcdir) / "_static" / "math.woff2"
    with as_file(FONT) as font:
        subset.main(
            [
                str(font),
                f"--unicodes={SIGNS}",
                f"--output-file={target}",
                "--flavor=woff2",
                "--no-hinting",
                "--name-IDs=*",
            ]
        )


def setup(app):
    """Register the renderer under the name "mathml"."""
    app.connect("builder-inited", write_font)
    app.connect("doctree-read", set_in_html)
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}

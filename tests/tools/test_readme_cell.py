"""The picture that opens the README is what the script makes, small, and still where asked."""

import re
from xml.etree import ElementTree

from tools import readme_cell

DRAWN = readme_cell.TARGET.read_text(encoding="utf-8")


def test_it_is_what_the_script_makes():
    assert DRAWN == readme_cell.picture(), "run python tools/readme_cell.py"


def test_it_is_smaller_than_100_kB():
    assert len(DRAWN.encode()) < 100_000


def test_one_word_is_shown_after_the_other_and_the_verb_comes_last():
    root = ElementTree.fromstring(DRAWN)
    lines = ["".join(text.itertext()) for text in root.iter(f"{{{readme_cell.SVG}}}text")][:4]
    assert lines == ["the cats which already ate …"] * 3 + ["the cats which already ate → were"]


def test_without_motion_the_last_word_stands_alone():
    still, moving = DRAWN.split("@media (prefers-reduced-motion:no-preference)")
    assert "animation:turn" not in still and "animation:turn" in moving
    assert re.search(r"\.turn\{opacity:0;animation:none\}\.turn3\{opacity:1\}", still)


def test_the_readme_has_a_still_picture_for_less_motion():
    readme = (readme_cell.TARGET.parent.parent / "README.md").read_text(encoding="utf-8")
    assert '<source media="(prefers-reduced-motion: reduce)" srcset="docs/lstm.svg">' in readme
    assert re.search(r'<img src="docs/cell-reads.svg"[^>]* alt="[^"]{60,}"', readme)

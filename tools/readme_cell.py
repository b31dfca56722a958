"""Draw the picture that opens the README: the cell reads a sentence, word by word.

    uv run python tools/readme_cell.py [--check]

Writes docs/cell-reads.svg. One drawing of the diagram per word; what is the same in all of them
stands once, the rest is shown in turn by CSS. With reduced motion the last word stands still.
`--check` writes nothing and ends with status 1 when the file is not what would be written.
"""

import copy
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from lstm_course import running_example as cell
from lstm_course.plots.diagram.draw import lstm_diagram
from lstm_course.plots.diagram.layout import HEIGHT, WIDTH
from lstm_course.plots.diagram.reader import FEATURES, SENTENCE, Step, before_verb, explore

TARGET = Path(__file__).resolve().parent.parent / "docs" / "cell-reads.svg"
SVG = "http://www.w3.org/2000/svg"
SECONDS, LAST = 1.8, 3.6  # for a word, and for the one before the verb
TOP = 64  # the line of words above the diagram
ALT = (
    "An LSTM cell reads “{words} …”, word by word. Values run along its wires; the memory goes "
    "from 0 to {memory} at “{noun}” and is {left} before the verb: P(were) = {were}, "
    "P(was) = {was}."
)


def picture(sentence: str = SENTENCE) -> str:
    """Return the animated drawing of a sentence, up to its verb."""
    steps = before_verb(explore(sentence))
    drawings = [ET.fromstring(drawing(step)) for step in steps]
    root = ET.Element("svg", xmlns=SVG, viewBox=f"0 0 {WIDTH} {HEIGHT + TOP}", role="img")
    root.set("class", "lstm-diagram")
    root.set("font-family", "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif")
    root.set("font-size", "16")
    root.set("aria-label", alt(steps))
    ET.SubElement(root, "title").text = alt(steps)
    style = next(part for part in drawings[0] if part.tag.endswith("style")).text
    ET.SubElement(root, "style").text = style + timing(len(steps))
    ET.SubElement(root, "rect", {"class": "page", "width": str(WIDTH), "height": str(HEIGHT + TOP)})
    root.extend(line_of_words(steps))
    below = ET.SubElement(root, "g", transform=f"translate(0 {TOP})")
    below.extend(shared_and_own([parts(one) for one in drawings]))
    for part in root.iter():
        part.tag = part.tag.removeprefix(f"{{{SVG}}}")
    return ET.tostring(root, encoding="unicode") + "\n"


def drawing(step: Step) -> str:
    """Return the diagram with the values of a step."""
    return lstm_diagram(
        step.values, word=step.word, weights=cell, features=FEATURES, classes=cell.CLASSES
    )


def parts(drawing: ET.Element) -> list[ET.Element]:
    """Return what is drawn, without what only a page with a pointer needs."""
    kept = [one for one in drawing if one.tag.split("}")[1] not in ("title", "desc", "style")]
    kept = [one for one in kept if one.get("class") != "page"]
    for part in kept:
        for one in list(part.iter()):
            for name in [n for n in one.attrib if n.startswith(("data-", "aria-", "tabindex"))]:
                del one.attrib[name]
            for child in list(one):
                if child.tag.endswith("title") or child.get("class") == "hit":
                    one.remove(child)
    return kept


def shared_and_own(drawings: list[list[ET.Element]]) -> list[ET.Element]:
    """Return the parts of all drawings, once what they share, and the rest in turn."""
    out = []
    for same in zip(*drawings, strict=True):
        if len({ET.tostring(one) for one in same}) == 1:
            out.append(same[0])
            continue
        for k, one in enumerate(same):
            group = ET.Element("g", {"class": f"turn turn{k}"})
            group.append(copy.deepcopy(one))
            out.append(group)
    return out


def line_of_words(steps: list[Step]) -> list[ET.Element]:
    """Return the sentence with the word that is read in bold, and the verb it asks for."""
    line = []
    for k in range(len(steps)):
        group = ET.Element("g", {"class": f"turn turn{k}"})
        text = ET.SubElement(group, "text", x=str(WIDTH / 2), y="40")
        text.set("text-anchor", "middle")
        text.set("font-size", "26")
        text.text = "the "
        for j, step in enumerate(steps):
            look = {"font-weight": "700"} if j == k else {"opacity": "0.45" if j > k else "0.8"}
            ET.SubElement(text, "tspan", look).text = step.word + " "
        ends = f"→ {steps[k].verb}" if k == len(steps) - 1 else "…"
        ET.SubElement(text, "tspan", {"font-weight": "700"}).text = ends
        line.append(group)
    return line


def timing(count: int) -> str:
    """Return the CSS that shows one turn after the other, and the last alone without motion."""
    whole = SECONDS * (count - 1) + LAST
    rules = [".turn{opacity:0;animation:none}", f".turn{count - 1}{{opacity:1}}"]
    moves = []
    for k in range(count):
        start, end = 100 * SECONDS * k / whole, 100 * min(SECONDS * (k + 1), whole) / whole
        end = 100 if k == count - 1 else end
        shown = f"{start:.2f}%{{opacity:1}}" if k else ""
        before = "0%{opacity:0}" if k else "0%{opacity:1}"
        after = f"{end:.2f}%{{opacity:0}}100%{{opacity:0}}" if k < count - 1 else "100%{opacity:1}"
        moves.append(f"@keyframes turn{k}{{{before}{shown}{after}}}")
        moves.append(f".turn{k}{{animation:turn{k} {whole:.1f}s step-end infinite}}")
    return "".join(rules) + f"@media (prefers-reduced-motion:no-preference){{{''.join(moves)}}}"


def alt(steps: list[Step]) -> str:
    """Return the picture in words."""
    memory = [float(step.values["c_t"][0]) for step in steps]
    first = max(range(len(steps)), key=lambda k: abs(memory[k]))
    was, were = (f"{float(p):.2f}" for p in steps[-1].values["y_t"][:2])
    words = " ".join(step.word for step in steps)
    return ALT.format(
        words=f"the {words}", noun=steps[first].word, memory=f"{memory[first]:.2f}",
        left=f"{memory[-1]:.2f}", was=was, were=were,
    )  # fmt: skip


def main() -> int:
    """Write the file, or compare it."""
    text = picture()
    if "--check" in sys.argv:
        same = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        print(f"{TARGET.name}: {'up to date' if same else 'out of date'}")
        return int(not same)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(text.encode()) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

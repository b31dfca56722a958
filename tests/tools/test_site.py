"""The site to read: what is staged for it, what is folded, and what the link check finds."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lstm_course.plots.diagram.frames import explorer_frames
from lstm_course.widgets import cell_today, half_life_demo, stored
from lstm_course.widgets.stored import stored_bundle, unpacked
from tools import site
from tools.site_demos import STILL, place_pictures
from tools.site_links import check_links

ROOT = site.ROOT
NAMES = sorted(path.name for path in (ROOT / "exercises").glob("*.ipynb"))


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    source = tmp_path_factory.mktemp("site") / "source"
    site.stage(ROOT, source)
    return source


def read(path):
    return nbformat.read(path, as_version=4)


def stored_outputs(notebook):
    """Everything but the HTML, to which the site adds a note."""
    datas = [o.get("data", {}) for c in notebook.cells for o in c.get("outputs", [])]
    return [{k: v for k, v in data.items() if k != "text/html"} for data in datas]


# ---- staging


def test_every_notebook_and_page_is_staged(staged):
    for folder in ("notebooks", "exercises"):
        names = {path.name for path in (ROOT / folder).glob("*.ipynb")}
        assert names and {path.name for path in (staged / folder).glob("*.ipynb")} == names
    pages = ("explorer.md", "using.md", "reproduced.md", "measured.md", "the-post.md")
    for name in ("conf.py", "index.md", "start.html", *pages):
        assert (staged / name).is_file(), name
    assert not (staged / "solutions").exists()


def test_a_cell_that_opens_folded_is_a_fold_on_its_page():
    cell = nbformat.v4.new_code_cell("import numpy", metadata={"jupyter": {"source_hidden": True}})
    [folded] = site.lesson_page(nbformat.v4.new_notebook(cells=[cell])).cells
    assert folded.metadata.tags == ["hide-input"]
    assert folded.metadata.mystnb.code_prompt_show == "Show the code"


def test_staging_again_leaves_nothing_old_behind(staged):
    (staged / "notebooks" / "old.ipynb").write_text("{}")
    site.stage(ROOT, staged)
    assert not (staged / "notebooks" / "old.ipynb").exists()


def test_lessons_keep_their_results_and_lose_links_to_solutions(staged):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        page, lesson = read(staged / "notebooks" / path.name), read(path)
        assert stored_outputs(page) == stored_outputs(lesson)
        assert "../solutions/" not in "".join(cell.source for cell in page.cells)


def test_pictures_keep_their_alt_texts(staged):
    found = 0
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        alts = alt_texts(read(path))
        assert alt_texts(read(staged / "notebooks" / path.name)) == alts
        found += len(alts)
    assert found > 40


def alt_texts(notebook):
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    html = [o.get("data", {}).get("text/html", "") for o in outputs]
    words = r'(?:alt|role="img" aria-label)="([^"]+)"'  # an image, or drawn into the page
    return [alt for text in html for alt in re.findall(words, text)]


def test_a_demo_without_frames_is_marked_as_a_still_picture():
    data, _ = stored_bundle(half_life_demo())
    page = new_notebook(cells=[new_code_cell("demo()", outputs=[display(dict(data))])])
    assert place_pictures(page, "04") == {}
    drawn = page.cells[0].outputs[0].data["text/html"]
    assert drawn.startswith("<svg ") and drawn.endswith(STILL)


def test_the_whole_cell_of_a_lesson_has_its_frames_on_the_page(monkeypatch):
    monkeypatch.setattr(stored, "with_frames", True)
    data, _ = cell_today("f_t")._repr_mimebundle_()
    page = new_notebook(cells=[new_code_cell("cell()", outputs=[display(dict(data))])])
    frames = place_pictures(page, "04")
    assert stored.unpacked(frames["04-0"])["spec"]["today"] == "f_t"
    assert '<div class="today" data-today="04-0">' in page.cells[0].outputs[0].data["text/html"]


def display(data):
    return new_output("display_data", data=data)


def test_the_explorer_of_lesson_10_is_live(staged):
    text = nbformat.writes(read(staged / "notebooks" / "10-the-whole-cell.ipynb"))
    assert json.dumps(f'<div class="explorer" data-sentence="{site.SENTENCE}">')[1:-1] in text


# ---- exercises


@pytest.mark.parametrize("name", NAMES)
def test_each_answer_is_followed_by_its_folded_solution(name, staged):
    page, solution = read(staged / "exercises" / name), read(ROOT / "solutions" / name)
    answers = [cell for cell in solution.cells if role(cell) == "answer"]
    assert answers
    ids = [cell.id for cell in page.cells]
    for answer in answers:
        folded = page.cells[ids.index(answer.id) + 1]
        assert folded.metadata.tags == ["hide-cell"]
        assert folded.source == re.sub(r"[ \t]*### (BEGIN|END) SOLUTION\n?", "", answer.source)
        assert folded.source != page.cells[ids.index(answer.id)].source


@pytest.mark.parametrize("name", NAMES)
def test_the_open_part_of_an_exercise_page_gives_no_answer_away(name, staged):
    page, exercise = read(staged / "exercises" / name), read(ROOT / "exercises" / name)
    answers = (["hide-cell"], ["hide-output"])
    folded = [cell for cell in page.cells if cell.metadata.get("tags") in answers]
    opened = [cell for cell in page.cells if cell not in folded and cell.id != "to-read"]
    checks = [cell for cell in folded if cell.metadata.tags == ["hide-output"]]
    assert {cell.id for cell in opened + checks} == {cell.id for cell in exercise.cells}
    assert all("check(" in cell.source for cell in checks)
    assert "passed" not in "".join(nbformat.writes(new_notebook(cells=opened)))


def role(cell):
    return cell.metadata.get("lstm_course", {}).get("role")


def test_links_to_solutions_lead_to_the_exercise():
    line = "← [Lesson 03](03-a.ipynb) · [Exercise 04](../exercises/04-b.ipynb) · [Solution 04](x)"
    assert site.without_solution_links(line) == line.removesuffix(" · [Solution 04](x)")
    assert site.without_solution_links("[Solution 04](x) · [Lesson 05](y)") == "[Lesson 05](y)"
    assert site.without_solution_links("[it](../solutions/04-b.ipynb)") == (
        "[it](../exercises/04-b.ipynb)"
    )


# ---- other pages


@pytest.mark.parametrize(
    ("link", "on_site"),
    [
        ("[a](../notebooks/04-forget-gate.ipynb)", "[a](notebooks/04-forget-gate.ipynb)"),
        ("[a](../solutions/04-forget-gate.ipynb)", "[a](exercises/04-forget-gate.ipynb)"),
        ("[a](reproduced.md#run-them-again)", "[a](reproduced.md#run-them-again)"),
        ("[a](#here)", "[a](#here)"),
        ("[a](https://numpy.org)", "[a](https://numpy.org)"),
        ("[the table](../CONTRIBUTING.md)", "the table"),
        ("![a cell](lstm.svg)", "![a cell](lstm.svg)"),
    ],
)
def test_links_of_other_pages_lead_to_the_site_or_are_dropped(link, on_site):
    assert site.without_outside_links(link) == on_site


def test_the_stored_sentences_come_with_their_frames(staged):
    text = (staged / "_static" / "explorer-frames.js").read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.lstmExplorer = ").removesuffix(";\n"))
    frames = {s: unpacked(packed)["frames"] for s, packed in data["sentences"].items()}
    assert tuple(frames) == site.SENTENCES and len(frames) > 3
    assert all(frames[s][""]["steps"] == explorer_frames(s)["steps"] for s in frames)
    wrong = [s for s in frames if "it has it wrong" in frames[s][""]["verdict"]]
    assert wrong, "the page asks for a sentence where the cell expects the wrong verb"


def test_the_explorer_is_one_plain_script(staged):
    code = (staged / "_static" / "explorer.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(export|import)\b", code, re.M)
    assert not list((staged / "_static").glob("*-page.js"))


def test_the_first_page_is_that_of_lab_with_links_to_pages_and_without_progress(staged):
    text = (staged / "start.html").read_text(encoding="utf-8")
    assert 'class="reading"' in text and "data-progress" not in text
    links = re.findall(r'href="([^"]*)"', text)
    assert {link.partition("/")[0] for link in links} == {"notebooks", "exercises"}
    assert all((staged / link).with_suffix(".ipynb").is_file() for link in links)
    code = (staged / "_static" / "start.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(export|import)\b", code, re.M)


def test_the_cell_that_reads_is_played_from_its_frames_in_lesson_00(staged):
    page = read(staged / "notebooks" / "00-start-here.ipynb")
    outputs = [o for cell in page.cells for o in cell.get("outputs", [])]
    text = "".join(o.get("data", {}).get("text/html", "") for o in outputs)
    places = re.findall(r'class="reading" data-reading="([^"]*)"', text)
    frames = (staged / "_static" / "demos-00-start-here.js").read_text(encoding="utf-8")
    assert len(places) == 3 and all(f'"{place}"' in frames for place in places)


# ---- links


PAGE = '<h1 id="top">A</h1><a href="b.html#part">b</a><img src="a.png" alt="a curve">'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text('<p id="part">B</p><a href="https://numpy.org">numpy</a>')
    (tmp_path / "a.png").write_bytes(b"")
    return tmp_path


def test_a_sound_folder_has_no_problem(folder):
    assert check_links(folder) == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ('<a href="c.html">', "link to c.html: there is no such file"),
        ('<a href="../x.html">', "link to ../x.html: there is no such file"),
        ('<a href="b.html#gone">', "link to b.html#gone: the page has no such anchor"),
        ('<a href="#gone">', "link to #gone: the page has no such anchor"),
        ("<p>the gate $f_t$</p>", "formula not set: $f_t$"),
        ('<img src="gone.png" alt="">', "link to gone.png: there is no such file"),
        ('<img src="a.png">', "1 picture(s) without alt text"),
        ('<img src="data:image/png;base64," alt="x">', "an empty picture"),
        ('<script src="https://x.org/a.js"></script>', "loads https://x.org/a.js from the network"),
        ('<link rel="stylesheet" href="//x.org/a.css">', "loads //x.org/a.css from the network"),
    ],
)
def test_each_kind_of_broken_link_is_named(folder, html, problem):
    (folder / "a.html").write_text(PAGE + html)
    assert check_links(folder) == [f"a.html: {problem}"]


def test_a_style_sheet_that_loads_a_font_is_named(folder):
    (folder / "s.css").write_text("@font-face { src: url('https://x.org/f.woff2') }")
    assert check_links(folder) == ["s.css: loads https://x.org/f.woff2 from the network"]


def test_an_empty_folder_is_a_problem(tmp_path):
    assert check_links(tmp_path) == [f"{tmp_path}: no page there; build the site first"]


def test_the_command_fails_on_a_broken_link(folder, capsys):
    built = folder / "dist" / "site"
    built.mkdir(parents=True)
    (built / "index.html").write_text('<a href="gone.html">')
    assert site.main(["--check"], root=folder) == 1
    assert "index.html: link to gone.html: there is no such file" in capsys.readouterr().out


def test_the_command_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(site, "_is_there", lambda module: module != "furo")
    assert site.main([]) == 1
    assert capsys.readouterr().err == f"error: furo not installed; try: {site.COMMAND}\n"

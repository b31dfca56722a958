"""Nothing that a learner wrote is lost by reset, update, or an interruption of either."""

import copy
import json
import os
import re
import tempfile
import zlib
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_course.app import command as cli
from lstm_course.app import workspace
from lstm_course.app.workspace import Workspace, WorkspaceError
from lstm_course.exercises import find
from lstm_course.grading.notebooks.templates import fresh, is_stub, mark_of, text_of
from lstm_course.guesses import FILE, Guess, keep, read

ROOT = Path(__file__).parents[2]
NAME = "04-forget-gate"
SOLUTION = json.loads((ROOT / "solutions" / f"{NAME}.ipynb").read_text(encoding="utf-8"))


def make(folder, cells=None, version="0.1.0", newer=None):
    """Return a workspace with one notebook of the learner's."""
    folder = Path(folder)
    (folder / "solutions").mkdir()
    (folder / "exercises").mkdir()
    text = json.dumps(newer or SOLUTION)
    (folder / "solutions" / f"{NAME}.ipynb").write_text(text, encoding="utf-8")
    if cells is not None:
        learner = fresh(SOLUTION)
        learner["metadata"]["lstm_course"]["version"] = version
        workspace.write(folder / "exercises" / f"{NAME}.ipynb", {**learner, "cells": cells})
    return Workspace(folder)


def template():
    return copy.deepcopy(fresh(SOLUTION)["cells"])


def cells_of(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))["cells"]


def answer_cell(cells, exercise="forget-gate"):
    mark = {"exercise": exercise, "role": "answer"}
    return next(c for c in cells if mark.items() <= mark_of(c).items())


def own(text, kind="code"):
    cell = {
        "cell_type": kind,
        "source": text,
        "metadata": {},
        "id": f"own-{zlib.crc32(text.encode())}",
    }
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def test_the_template_is_what_the_course_hands_out():
    for path in sorted((ROOT / "exercises").glob("*.ipynb")):
        handed_out = json.loads(path.read_text(encoding="utf-8"))
        solved = json.loads((ROOT / "solutions" / path.name).read_text(encoding="utf-8"))
        made = fresh(solved)
        assert [text_of(c) for c in made["cells"]] == [text_of(c) for c in handed_out["cells"]]
        assert [c["metadata"] for c in made["cells"]] == [
            c["metadata"] for c in handed_out["cells"]
        ]
        assert made["metadata"] == handed_out["metadata"]


# ---- the property


def rename(cell, text):
    return {**cell, "source": text}


@st.composite
def edited(draw):
    """Return cells after edits as a learner makes them, and the words that the edits added."""
    cells, words = template(), []
    for k in range(draw(st.integers(0, 8))):
        word = f"word{k}"
        at = draw(st.integers(0, len(cells) - 1)) if cells else 0
        edit = draw(st.sampled_from(["add", "text", "move", "delete", "change", "copy", "split",
                                     "merge", "strip", "answer"]))  # fmt: skip
        if edit == "add" or not cells:
            cells.insert(at, own(f"{word} = {k}"))
        elif edit == "text":
            cells.insert(at, own(f"I wonder about {word}.", "markdown"))
        elif edit == "move":
            cells.insert(draw(st.integers(0, len(cells) - 1)), cells.pop(at))
        elif edit == "delete":
            del cells[at]
        elif edit == "copy":
            cells.insert(at, {**copy.deepcopy(cells[at]), "id": f"copy-{k}"})
        elif edit == "strip":
            cells[at] = {**cells[at], "metadata": {}}
        elif edit == "split":
            cut = len(text_of(cells[at])) // 2
            text = text_of(cells[at])
            cells[at : at + 1] = [
                {**cells[at], "source": text[:cut], "id": f"cut-{k}"},
                {**cells[at], "source": text[cut:] + f"\n# {word}"},
            ]
        elif edit == "merge" and at + 1 < len(cells):
            other = cells.pop(at + 1)
            cells[at] = rename(cells[at], f"{text_of(cells[at])}\n{text_of(other)}\n# {word}")
        elif edit == "answer":
            answers = [c for c in cells if mark_of(c).get("role") == "answer"]
            if answers:
                chosen = draw(st.sampled_from(range(len(answers))))
                place = cells.index(answers[chosen])
                cells[place] = rename(cells[place], f"{text_of(cells[place])}\n{word} = {k}")
        else:
            cells[at] = rename(cells[at], f"{text_of(cells[at])}\n# {word}")
    everything = "\n".join(map(text_of, cells))
    words = [f"word{k}" for k in range(8) if f"word{k}" in everything]
    return cells, words


def kept(space, path):
    """Return the texts of all cells in the notebook and in the copies."""
    files = [path, *sorted((space.root / "saved").glob("*"))]
    return [text_of(cell) for file in files for cell in cells_of(file)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(edited(), st.sampled_from(["reset", "exercise", "update"]))
def test_every_cell_of_the_learner_is_in_the_notebook_or_in_the_copy(learner, action):
    cells, words = learner
    with tempfile.TemporaryDirectory() as folder:
        space = make(folder, cells, version="0.0.9")
        path = space.path(NAME)
        if action == "reset":
            space.reset(NAME)
        elif action == "exercise":
            space.reset_exercise(find("forget-gate"))
        else:
            space.update(NAME)
            inside = "\n".join(map(text_of, cells_of(path)))
            assert all(word in inside for word in words), "update keeps it in the notebook"
        remaining = kept(space, path)
        assert all(text_of(cell) in remaining for cell in cells)
        nbformat.validate(nbformat.read(path, as_version=4))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(edited())
def test_a_second_update_changes_nothing(learner):
    with tempfile.TemporaryDirectory() as folder:
        space = make(folder, learner[0], version="0.0.9")
        space.update(NAME)
        before = space.path(NAME).read_bytes()
        assert space.update(NAME) == ("up to date", None)
        assert space.path(NAME).read_bytes() == before


@pytest.mark.parametrize("action", ["reset", "update", "reset_exercise"])
@pytest.mark.parametrize("broken", ["open", "fsync", "replace"])
def test_interrupted_half_way_nothing_is_lost(tmp_path, monkeypatch, action, broken):
    cells = template()
    answer_cell(cells)["source"] = "def forget_gate(): return 'mine'"
    space = make(tmp_path, cells, version="0.0.9")
    before = space.path(NAME).read_bytes()

    def interrupt(*arguments, **more):
        raise KeyboardInterrupt

    target = workspace if broken == "open" else os
    monkeypatch.setattr(target, broken, interrupt, raising=False)
    argument = find("forget-gate") if action == "reset_exercise" else NAME
    with pytest.raises(KeyboardInterrupt):
        getattr(space, action)(argument)
    assert space.path(NAME).read_bytes() == before
    assert [p.name for p in space.path(NAME).parent.iterdir()] == [f"{NAME}.ipynb"]


@pytest.mark.parametrize("action", ["reset", "update", "reset_exercise"])
@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_full_disk_is_one_line_and_changes_nothing(tmp_path, monkeypatch, action, broken):
    space = make(tmp_path, template(), version="0.0.9")
    before = space.path(NAME).read_bytes()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, full)
    argument = find("forget-gate") if action == "reset_exercise" else NAME
    with pytest.raises(WorkspaceError, match="No space left on device") as told:
        getattr(space, action)(argument)
    assert "\n" not in str(told.value)
    assert space.path(NAME).read_bytes() == before
    if broken == "fsync":
        assert not list((tmp_path / "saved").iterdir()), "no copy that is not whole stays"


@pytest.mark.parametrize("arguments", [["reset", "04"], ["reset", "forget-gate"], ["update"]])
def test_a_folder_in_place_of_a_notebook_is_one_line(tmp_path, capsys, monkeypatch, arguments):
    space = make(tmp_path)
    space.path(NAME).mkdir()
    status, said = run(capsys, tmp_path, monkeypatch, *arguments)
    assert status == 2 and said.count("\n") == 1 and NAME in said
    status, said = run(capsys, tmp_path, monkeypatch, "status")
    assert status == 0 and "It is no file" in " ".join(said.split())


# ---- what each command does


def test_reset_gives_back_the_template_and_a_copy(tmp_path):
    space = make(tmp_path, [own("x = 1")])
    before = space.path(NAME).read_bytes()
    copied = space.reset(NAME)
    assert copied.read_bytes() == before
    assert re.fullmatch(rf"exercises-{NAME}-\d{{8}}-\d{{6}}\.ipynb", copied.name)
    assert [text_of(c) for c in cells_of(space.path(NAME))] == [text_of(c) for c in template()]


def test_copies_never_overwrite_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace.time, "strftime", lambda form: "20260101-000000")
    space = make(tmp_path, template())
    copies = {space.reset(NAME) for _ in range(3)}
    assert len(copies) == 3 and all(c.exists() for c in copies)


def test_reset_saves_a_damaged_file_byte_by_byte(tmp_path):
    space = make(tmp_path, template())
    space.path(NAME).write_bytes(b'{"cells": [ \xff half')
    assert space.reset(NAME).read_bytes() == b'{"cells": [ \xff half'
    assert len(cells_of(space.path(NAME))) == len(template())


def test_reset_of_one_exercise_leaves_the_others(tmp_path):
    cells = template()
    answer_cell(cells, "forget-gate")["source"] = "def forget_gate(): return 'gone'"
    answer_cell(cells, "fading-memory")["source"] = "def fade(): return 'stays'"
    cells.append(own("note = 'stays, too'"))
    space = make(tmp_path, cells)
    space.reset_exercise(find("forget-gate"))
    after = cells_of(space.path(NAME))
    assert is_stub(text_of(answer_cell(after, "forget-gate")))
    assert text_of(answer_cell(after, "fading-memory")) == "def fade(): return 'stays'"
    assert text_of(after[-1]) == "note = 'stays, too'"


@pytest.fixture
def newer():
    """Return a course in which texts, a stub's docstring and a given cell have changed."""
    course = copy.deepcopy(SOLUTION)
    course["metadata"]["lstm_course"]["version"] = "0.2.0"
    for cell in course["cells"]:
        text = text_of(cell)
        if "f_t = σ([h_prev, x_t] W_f + b_f)" in text and mark_of(cell):
            cell["source"] = text.replace("Return f_t", "Return the gate, f_t")
        elif "## Write the gate" in text:
            cell |= {"source": "## Write the forget gate", "id": "0123456789ab"}
        elif text.startswith("import numpy"):
            cell |= {"source": text + "\nimport math", "id": "ba9876543210"}
    return course


def test_update_brings_new_texts_and_keeps_answers(tmp_path, newer):
    cells = template()
    mine = "def forget_gate(h, x, W, b):\n    return 'mine'"
    answer_cell(cells)["source"] = mine
    at = cells.index(answer_cell(cells))
    cells.insert(at + 1, own("print(forget_gate(1, 2, 3, 4))"))
    space = make(tmp_path, cells, newer=newer)
    done, copied = space.update(NAME)
    after = cells_of(space.path(NAME))
    texts = [text_of(c) for c in after]
    assert done == "updated" and copied.exists()
    assert texts.index("print(forget_gate(1, 2, 3, 4))") == texts.index(mine) + 1
    assert "## Write the forget gate" in texts and "## Write the gate" not in "\n".join(texts)
    assert any(text.endswith("import math") for text in texts)
    saved = json.loads(space.path(NAME).read_text(encoding="utf-8"))
    assert saved["metadata"]["lstm_course"]["version"] == "0.2.0"


def test_update_gives_the_new_stub_where_nothing_was_written(tmp_path, newer):
    space = make(tmp_path, template(), newer=newer)
    space.update(NAME)
    stub = text_of(answer_cell(cells_of(space.path(NAME))))
    assert "Return the gate, f_t" in stub and is_stub(stub)


def test_update_parks_an_answer_whose_exercise_is_gone(tmp_path):
    newer = copy.deepcopy(SOLUTION)
    newer["cells"] = [c for c in newer["cells"] if mark_of(c).get("exercise") != "memory-left"]
    cells = template()
    answer_cell(cells, "memory-left")["source"] = "left = 0.35"
    space = make(tmp_path, cells, newer=newer)
    space.update(NAME)
    last = cells_of(space.path(NAME))[-1]
    assert last["cell_type"] == "markdown" and "left = 0.35" in last["source"]


def test_update_keeps_an_answer_that_lost_its_metadata_and_adds_no_stub_below(tmp_path):
    cells = template()
    cell = answer_cell(cells)
    cell |= {"source": "def forget_gate(): return 1", "metadata": {}, "id": "new-id"}
    space = make(tmp_path, cells, version="0.0.9")
    space.update(NAME)
    texts = [text_of(c) for c in cells_of(space.path(NAME))]
    assert sum("def forget_gate" in text for text in texts) == 1


def test_update_keeps_every_copy_and_piece_of_an_answer(tmp_path):
    cells = template()
    at = cells.index(answer_cell(cells))
    cells[at]["source"] = "first = 'mine'"
    cells.insert(at + 1, {**copy.deepcopy(cells[at]), "source": "second = 'mine'", "id": "copied"})
    space = make(tmp_path, cells, version="0.0.9")
    space.update(NAME)
    texts = [text_of(c) for c in cells_of(space.path(NAME))]
    assert texts.index("second = 'mine'") == texts.index("first = 'mine'") + 1


def in_colab(cells, marks):
    """Return cells as Google Colab saves them: ids in the metadata, `marks` kept or not."""
    after = [own("Open in Colab", "markdown")]
    for k, cell in enumerate(cells):
        kept = copy.deepcopy(cell["metadata"]) if marks else {}
        after.append({**cell, "metadata": {**kept, "id": f"Zx{k}"}, "source": text_of(cell) + " "})
        del after[-1]["id"]
    return after


@pytest.mark.parametrize("marks", [True, False])
def test_update_after_colab_doubles_no_given_cell_and_keeps_the_answers(tmp_path, marks):
    cells = template()
    answer_cell(cells)["source"] = "def forget_gate(h_prev, x_t, W_f, b_f):\n    return 'mine'"
    cells.insert(cells.index(answer_cell(cells)) + 1, own("print('my own cell')"))
    space = make(tmp_path, in_colab(cells, marks))
    space.update(NAME)
    after = cells_of(space.path(NAME))
    assert len(after) == len(template()) + 2
    assert "return 'mine'" in text_of(answer_cell(after))
    given = [c["id"] for c in template()]
    assert [c["id"] for c in after if c["id"] in given] == given
    assert space.update(NAME) == ("up to date", None)


@pytest.mark.parametrize("marks", [True, False])
def test_progress_and_reset_know_the_cells_after_colab(tmp_path, marks):
    cells = template()
    answer_cell(cells)["source"] = "def forget_gate(h_prev, x_t, W_f, b_f):\n    return 'mine'"
    space = make(tmp_path, in_colab(cells, marks))
    assert space.progress(NAME).states["forget-gate"] == "started"
    space.reset_exercise(find("forget-gate"))
    after = cells_of(space.path(NAME))
    assert is_stub(text_of(answer_cell(after)))
    assert "return 'mine'" not in "".join(map(text_of, after))


@pytest.mark.parametrize("marks", [True, False])
def test_reset_of_an_exercise_keeps_scratch_cells_that_set_its_names(tmp_path, marks):
    name, number = "07-cell-state", "add-up"
    solution = json.loads((ROOT / "solutions" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = copy.deepcopy(fresh(solution)["cells"])
    for one in ("hold-through-noise", number, "replace-at-10"):
        answer_cell(cells, one)["source"] = f"f = i = '{one}'"
    at = cells.index(answer_cell(cells, number))
    cells[at:at] = [own("for i in range(3):\n    print(i)"), own("f, i = 1, 2")]
    space = make(tmp_path)
    text = json.dumps(solution)
    (tmp_path / "solutions" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    cells = cells if marks else in_colab(cells, False)
    workspace.write(space.path(name), {**fresh(solution), "cells": cells})
    space.reset_exercise(find(number))
    after = "\n".join(map(text_of, cells_of(space.path(name))))
    assert "for i in range(3)" in after and "f, i = 1, 2" in after
    assert "'add-up'" not in after
    assert "'hold-through-noise'" in after and "'replace-at-10'" in after


def test_update_makes_a_notebook_that_is_not_there(tmp_path):
    space = make(tmp_path)
    assert space.update(NAME) == ("new", None)
    assert [text_of(c) for c in cells_of(space.path(NAME))] == [text_of(c) for c in template()]


@pytest.mark.parametrize("content", [b"", b"{", b"<<<<<<< a\n=======\n>>>>>>> b\n", b"[]", b"\xff"])
def test_update_leaves_a_damaged_file_alone(tmp_path, content):
    space = make(tmp_path, template())
    space.path(NAME).write_bytes(content)
    with pytest.raises(WorkspaceError, match=NAME):
        space.update(NAME)
    assert space.path(NAME).read_bytes() == content


def test_progress_is_read_from_the_checks(tmp_path):
    cells = template()
    for exercise, said in {"memory-left": "passed, 1 of 1 points.", "forget-gate": "error"}.items():
        answer_cell(cells, exercise)["source"] = "left = 1\ndef forget_gate(): pass"
        check = next(c for c in cells if mark_of(c) and "check" == mark_of(c).get("role")
                     and mark_of(c)["exercise"] == exercise)  # fmt: skip
        check["outputs"] = [{"output_type": "execute_result",
                             "data": {"text/plain": [f"{exercise}: {said}"]}}]  # fmt: skip
    progress = make(tmp_path, cells).progress(NAME)
    assert progress.points == 1 and progress.note == ""
    assert list(progress.states.values()) == ["passed", "started", "not started", "not started"]


def test_another_version_is_said(tmp_path):
    note = make(tmp_path, template(), version="0.0.9").progress(NAME).note
    assert note == "made with course version 0.0.9"


# ---- the commands


def run(capsys, folder, monkeypatch, *arguments):
    monkeypatch.chdir(folder)
    status = cli.main(arguments)
    said = capsys.readouterr()
    return status, said.out + said.err


def test_commands_say_what_they_did(tmp_path, capsys, monkeypatch):
    make(tmp_path, [own("x = 1")], version="0.0.9")
    status, said = run(capsys, tmp_path / "exercises", monkeypatch, "status")
    assert status == 0 and "0.0.9" in said
    status, said = run(capsys, tmp_path, monkeypatch, "update")
    assert status == 0 and f"{NAME}: updated. Your copy: saved" in said
    status, said = run(capsys, tmp_path, monkeypatch, "reset", "4")
    assert status == 0 and "is as it was handed out. Your copy: saved" in said
    status, said = run(capsys, tmp_path, monkeypatch, "reset", "forget-gate")
    assert status == 0 and said.startswith("forget-gate is as it was handed out")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reset", "forget-gat"], "Did you mean forget-gate?"),
        (["reset", "99"], "expected a notebook's number"),
        (["update", "99"], "There is no exercise notebook '99'"),
        (["update", "--from", "nowhere"], "nowhere holds no folder solutions"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, capsys, monkeypatch, arguments, words):
    make(tmp_path, template())
    status, said = run(capsys, tmp_path, monkeypatch, *arguments)
    assert status == 2 and words in said and said.count("\n") == 1


def test_outside_the_course_it_says_where_to_go(tmp_path, capsys, monkeypatch):
    for command in (["status"], ["update"], ["reset", "04"]):
        status, said = run(capsys, tmp_path, monkeypatch, *command)
        assert status == 2 and "not inside the course" in said


@pytest.mark.parametrize("command", [["reset", "04"], ["reset", "forget-gate"], ["update"]])
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, capsys, monkeypatch, command):
    make(tmp_path, [own("x = 1")])
    before = (tmp_path / "exercises" / f"{NAME}.ipynb").read_bytes()

    def refuse(path, *arguments, **options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    status, said = run(capsys, tmp_path, monkeypatch, *command)
    assert status == 2 and said.count("\n") == 1
    assert "saved cannot be written: Permission denied." in said and "copy it to a place" in said
    assert (tmp_path / "exercises" / f"{NAME}.ipynb").read_bytes() == before


def test_guesses_are_forgotten_and_a_copy_is_kept(tmp_path, monkeypatch, capsys):
    make(tmp_path)
    keep(tmp_path / FILE, Guess("left-after-20", "What is left?", "0.40", "0.12", 0.28, 0.4))
    monkeypatch.chdir(tmp_path)
    assert cli.main(["reset", "guesses"]) == 0
    assert read(tmp_path / FILE) == {}
    [copied] = (tmp_path / "saved").iterdir()
    assert read(copied).keys() == {"left-after-20"}
    assert "Guesses are forgotten. Your copy: saved/" in capsys.readouterr().out
    assert cli.main(["reset", "guesses"]) == 0  # nothing to forget

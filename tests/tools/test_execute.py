"""Outputs are stored in a form that the next run and another machine give again."""

import sys
from pathlib import Path

import pytest
from nbformat import v4

from tools.execute import WIDGET_VIEW, execute, merge_streams, unstable
from tools.notebooks import BuildError

ROOT = Path("/home/someone/course")


def stream(text, name="stdout"):
    return v4.new_output("stream", name=name, text=text)


def shown(**data):
    return v4.new_output("display_data", data={k.replace("_", "/", 1): v for k, v in data.items()})


def test_neighboring_pieces_of_a_stream_become_one():
    outputs = [stream("a"), stream("b"), stream("c", "stderr"), stream("d"), shown(), stream("e")]
    merged = merge_streams(outputs)
    assert [output.get("text") for output in merged] == ["ab", "c", "d", None, "e"]


@pytest.mark.parametrize(
    ("output", "what"),
    [
        (stream("<object at 0x7f3a5c0b9d50>"), "a memory address"),
        (shown(text_plain="<Axes at 0x7f3a5c0b9d50>"), "a memory address"),
        (stream("/tmp/ipykernel_311/1.py:1: Warning", "stderr"), "the path of a temporary file"),
        (stream(f"{ROOT}/lstm_course/cell.py:3: Warning", "stderr"), "a path of this machine"),
        (v4.new_output("error", ename="KeyError", evalue="", traceback=[]), "the error KeyError"),
        (stream("W_f has shape (5, 2), 0x10 is 16\n"), ""),
        (shown(image_png="0x7f3a5c0b9d50"), ""),
        (shown(text_html="<img src='data:image/png;base64,0x7f3a5c0b9d50' alt='x'>"), ""),
    ],
)
def test_what_would_change_from_run_to_run_is_named(output, what):
    assert unstable(output, ROOT) == what


def test_a_live_widget_is_stored_as_its_picture_and_words(tmp_path):
    code = (
        "from IPython.display import display\n"
        f"display({{'{WIDGET_VIEW}': {{'model_id': 'random'}}, 'text/plain': 'A slider at 0.5.'}}, "
        "raw=True)"
    )
    notebook = v4.new_notebook(cells=[v4.new_code_cell(code)])
    assert execute(notebook, tmp_path).cells[0].outputs[0].data == {
        "text/plain": "A slider at 0.5."
    }


def test_a_notebook_runs_in_its_folder_with_this_python(tmp_path):
    code = "import sys, pathlib\nprint(pathlib.Path('here').exists(), sys.prefix)"
    (tmp_path / "here").touch()

    done = execute(v4.new_notebook(cells=[v4.new_code_cell(code)]), tmp_path)
    assert done.cells[0].outputs[0].text == f"True {sys.prefix}\n"


def test_a_dead_kernel_is_named(tmp_path):
    cells = [v4.new_code_cell("a = 1"), v4.new_code_cell("import os\nos._exit(1)")]
    with pytest.raises(BuildError, match="cell 2 failed: import os\n    the kernel died"):
        execute(v4.new_notebook(cells=cells), tmp_path)

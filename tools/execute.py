"""Run a notebook in a fresh kernel and tidy what it printed. The only module with a kernel."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from tools.notebooks import BuildError

CELL_SECONDS = 120
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# A demo keeps its frames only here: to draw them all takes longer than a learner would wait
_WITH_FRAMES = "from lstm_course.widgets import stored\nstored.with_frames = True\n"
_CHANGES_EACH_RUN = {
    "a memory address": re.compile(r"\b0x[0-9a-fA-F]{6,}\b"),
    "the path of a temporary file": re.compile(r"ipykernel_\d+|/tmp/tmp\w+"),
}


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run every cell in `folder`, with the Python that runs this program.

    Returns
    -------
    NotebookNode
        The same notebook with outputs; nothing in them changes from run to run.

    Raises
    ------
    BuildError
        With cell number, first line of the cell and the error.
    """
    metadata = notebook.metadata
    notebook = nbformat.from_dict(notebook)
    specs = KernelSpecManager(kernel_dirs=[])  # python3 is then this interpreter, always
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs),
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
    )
    at: list[int] = [0]
    client.on_cell_start = lambda cell, cell_index: at.__setitem__(0, cell_index)
    with tempfile.TemporaryDirectory() as profile:  # no start-up files of whoever builds
        if any("lstm_course.widgets" in cell.source for cell in notebook.cells):
            startup = Path(profile) / "profile_default" / "startup"
            startup.mkdir(parents=True)
            (startup / "frames.py").write_text(_WITH_FRAMES, encoding="utf-8")
        try:
            client.execute(env={**os.environ, "IPYTHONDIR": profile}, stderr=subprocess.DEVNULL)
        except (CellExecutionError, CellControlSignal, DeadKernelError) as error:
            raise _failure(notebook, at[0], error) from None
    notebook.metadata = metadata  # without the kernel's version and the widgets' state
    _tidy(notebook, folder.parent)
    return notebook


def _failure(notebook: NotebookNode, index: int, error: Exception) -> BuildError:
    """Say which cell failed and why, in a few lines."""
    outputs = notebook.cells[index].get("outputs", [])
    raised = [out for out in outputs if out.output_type == "error"]
    if raised:
        what = f"{raised[-1].ename}: {raised[-1].evalue}"
    elif isinstance(error, DeadKernelError):
        what = "the kernel died in this cell (out of memory, or a crash outside Python)"
    else:
        what = f"no end after {CELL_SECONDS} s"
    return BuildError(f"{_place(notebook, index)}\n    {what}")


def _place(notebook: NotebookNode, index: int) -> str:
    lines = [line for line in notebook.cells[index].source.splitlines() if line.strip()]
    return f"cell {index + 1} failed: {lines[0] if lines else '(empty)'}"


def _tidy(notebook: NotebookNode, root: Path) -> None:
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        cell.metadata.pop("execution", None)
        cell.outputs = merge_streams(cell.outputs)
        for output in cell.outputs:
            _without_view(output)
            trouble = unstable(output, root)
            if trouble:
                raise BuildError(
                    f"{_place(notebook, index)}\n    its output holds {trouble}, which differs "
                    "on the next run or machine; print something else"
                )


def merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighboring pieces of one stream: how it was cut depends on timing."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last is not None and output.output_type == "stream" == last.output_type:
            if last.name == output.name:
                last.text += output.text
                continue
        merged.append(output)
    return merged


def _without_view(output: NotebookNode) -> None:
    """Drop the id of a live widget when a picture or a text stands beside it."""
    data = output.get("data", {})
    if WIDGET_VIEW in data and len(data) > 1:
        del data[WIDGET_VIEW]


def unstable(output: NotebookNode, root: Path) -> str:
    """Name what in an output would differ on the next run or machine, or return ''."""
    if output.output_type == "error":
        return f"the error {output.ename}"
    data = output.get("data", {})
    texts = [output.get("text", ""), *(v for k, v in data.items() if k != "image/png")]
    text = re.sub(r"data:image/[^\"']*", "", "\n".join(map(str, texts)))
    if str(root) in text:
        return "a path of this machine"
    return next((name for name, seen in _CHANGES_EACH_RUN.items() if seen.search(text)), "")

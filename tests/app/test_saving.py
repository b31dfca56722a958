"""A saved notebook keeps a demo's picture and not the id of its live view."""

import copy

from lstm_course.app.saving import WIDGET_VIEW, keep_pictures

VIEW = {"model_id": "0123", "version_major": 2, "version_minor": 0}
PICTURE = {"text/html": "<img>", "text/plain": "Demo"}


def notebook(*outputs):
    cell = {
        "cell_type": "code",
        "outputs": [{"output_type": "display_data", "data": d} for d in outputs],
    }
    return {"type": "notebook", "content": {"cells": [{"cell_type": "markdown"}, cell]}}


def data_of(model):
    return [output["data"] for output in model["content"]["cells"][1]["outputs"]]


def test_a_demo_keeps_its_picture_and_loses_the_id_of_its_view():
    model = notebook({WIDGET_VIEW: VIEW, **PICTURE})
    keep_pictures(model, path="a.ipynb")
    assert data_of(model) == [PICTURE]


def test_all_else_is_saved_as_it_is():
    for model in (
        notebook({WIDGET_VIEW: VIEW, "text/plain": "a slider"}, {"text/plain": "1"}),
        {"type": "notebook", "content": None},
        {"type": "file", "content": "text"},
        {"type": "directory"},
    ):
        before = copy.deepcopy(model)
        keep_pictures(model, path="a")
        assert model == before

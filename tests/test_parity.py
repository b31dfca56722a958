"""Equal to torch.nn.LSTM (live where it is installed, stored always) and to ONNX Runtime."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lstm_course.cell import LSTMParams, init_params
from lstm_course.sequence import lstm_backward, lstm_forward
from tools.make_parity_values import CASES, RESULTS, TARGET, draw_inputs, run_torch, swap_o_c


def run_course(given):
    params = LSTMParams(given["W"], given["b"])
    trace = lstm_forward(params, given["xs"], given["h_0"], given["c_0"])
    g = lstm_backward(params, trace, given["dhs"], given["dh_T"], given["dc_T"])
    return {name: getattr(trace if hasattr(trace, name) else g, name) for name in RESULTS}


def stored_case(k):
    with np.load(TARGET) as file:
        return {name[2:]: file[name] for name in file.files if name.startswith(f"{k}_")}


@pytest.mark.parametrize("k", range(len(CASES)))
@pytest.mark.parametrize("name", RESULTS)
def test_equal_to_the_stored_values_of_pytorch(name, k):
    stored = stored_case(k)
    assert stored["xs"].shape == CASES[k][:3] and stored["xs"].dtype == np.float64
    assert np.abs(stored[name]).max() > 1e-3
    assert_allclose(run_course(stored)[name], stored[name], rtol=0, atol=1e-6)


@pytest.mark.parametrize("size", [(3, 2, 1, 4), (20, 5, 6, 7), (50, 4, 8, 16)], ids=str)
def test_equal_to_pytorch_forward_every_gradient_and_final_states(size):
    pytest.importorskip("torch")
    given = draw_inputs(np.random.default_rng(size), *size)
    given["W"] /= np.sqrt(size[3])
    ours, theirs = run_course(given), run_torch(given)
    for name in RESULTS:
        assert_allclose(ours[name], theirs[name], rtol=0, atol=1e-6, err_msg=name)


def test_the_stored_values_are_what_the_script_writes():
    pytest.importorskip("torch")
    for k, size in enumerate(CASES):
        given, stored = draw_inputs(np.random.default_rng(k), *size), stored_case(k)
        assert stored.keys() == given.keys() | set(RESULTS)
        for name, array in (given | run_torch(given)).items():
            assert_allclose(stored[name], array, rtol=0, atol=1e-12, err_msg=name)


def test_swapping_the_blocks_twice_changes_nothing():
    W = np.arange(16.0).reshape(2, 8)
    assert_allclose(swap_o_c(W)[0], [0, 1, 2, 3, 6, 7, 4, 5])
    assert_allclose(swap_o_c(swap_o_c(W)), W)


def run_onnx(params, xs, h_0, c_0):
    """Run ONNX's LSTM operator, whose blocks stand in the order i, o, f, c."""
    H = params.H
    i, f, o, c = np.split(params.W, 4, axis=1)
    W = np.concatenate([i, o, f, c], axis=1).T
    bias = np.concatenate([params.b_i, params.b_o, params.b_f, params.b_c, np.zeros(4 * H)])
    feeds = {"X": xs, "W": W[None, :, H:], "R": W[None, :, :H], "B": bias[None]}
    feeds |= {"h_0": h_0[None], "c_0": c_0[None]}
    onnx, onnxruntime = (pytest.importorskip(name) for name in ("onnx", "onnxruntime"))
    helper, single = onnx.helper, onnx.TensorProto.FLOAT
    names = [*list(feeds)[:4], "", "h_0", "c_0"]
    node = helper.make_node("LSTM", names, ["Y", "Y_h", "Y_c"], hidden_size=H)
    graph = helper.make_graph(
        [node],
        "lstm",
        [helper.make_tensor_value_info(name, single, a.shape) for name, a in feeds.items()],
        [helper.make_tensor_value_info(name, single, None) for name in node.output],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    feeds = {name: np.ascontiguousarray(a, np.float32) for name, a in feeds.items()}
    hs, h_T, c_T = session.run(None, feeds)
    return hs[:, 0], h_T[0], c_T[0]


def test_equal_to_onnx_runtime_in_float32():
    rng = np.random.default_rng(2)
    params = init_params(rng, 6, 8, dtype=np.float32)
    params.b[:] = rng.normal(size=32)
    xs, h_0, c_0 = (rng.normal(size=s).astype(np.float32) for s in [(30, 4, 6), (4, 8), (4, 8)])
    trace = lstm_forward(params, xs, h_0, c_0)
    assert trace.hs.dtype == np.float32
    ours = trace.hs, trace.h_T, trace.c_T
    for a, b in zip(ours, run_onnx(params, xs, h_0, c_0), strict=True):
        assert_allclose(a, b, rtol=0, atol=1e-5)

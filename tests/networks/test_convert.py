"""Weights of four kinds, there and back; equal outputs to 1e-6 with what others computed."""

from itertools import permutations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lstm_course import sigmoid
from lstm_course.cell import LSTMParams, init_params
from lstm_course.networks.convert import (
    KerasWeights,
    PyTorchWeights,
    from_keras,
    from_onnx,
    from_pytorch,
    reorder,
    to_keras,
    to_onnx,
    to_pytorch,
)
from lstm_course.networks.frameworks import PARTS, load_framework_values
from lstm_course.running_example import params as example_params
from lstm_course.sequence import lstm_forward
from tools.make_framework_values import make, run_pytorch

PAIRS = {"pytorch": (to_pytorch, from_pytorch), "keras": (to_keras, from_keras)}
PAIRS |= {"onnx": (to_onnx, from_onnx)}


def drawn(D=3, H=5, dtype=np.float64):
    """Return weights with a bias that differs in every entry."""
    rng = np.random.default_rng(D + 10 * H)
    params = init_params(rng, D, H, dtype=dtype)
    params.b[:] = rng.normal(size=4 * H)
    return params


def equal(hs, others):
    assert_allclose(hs, others, rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(("D", "H"), [(3, 5), (5, 3), (4, 4), (1, 1), (8, 2)])
def test_there_and_back_changes_nothing(name, D, H):
    to, back = PAIRS[name]
    params = drawn(D, H)
    W, b = back(*to(params.W, params.b))
    assert_array_equal(W, params.W)
    assert_array_equal(b, params.b)


def test_the_running_example_gives_what_pytorch_computed():
    stored = load_framework_values("example")
    words = np.array([[1, 1, 0], [0, 0, -1], [0, 0, 0], [0, 0, 1], [0, 1, 1], [0, 0, 0]], float)
    h_0, c_0 = np.array([[-0.5, 0.5]]), np.array([[-1.0, 1.0]])
    trace = lstm_forward(example_params(), words[:, None], h_0, c_0)
    equal(trace.hs, stored["hs"])
    equal(trace.c_T, stored["c_T"])


def test_weights_of_pytorch_give_what_pytorch_computed():
    stored = load_framework_values("fresh")
    weights = [stored[name] for name in PyTorchWeights._fields]
    trace = lstm_forward(LSTMParams(*from_pytorch(*weights)), stored["xs"])
    equal(trace.hs, stored["hs"])
    equal(trace.c_T, stored["c_T"])


def test_weights_of_keras_give_what_keras_computed():
    stored = load_framework_values("keras")
    weights = [stored[name] for name in KerasWeights._fields]
    equal(lstm_forward(LSTMParams(*from_keras(*weights)), stored["xs"]).hs, stored["hs"])


def test_blocks_left_in_the_order_of_this_course_give_pytorch_another_sentence():
    right, wrong = (load_framework_values(part)["hs"][:, 0] for part in ("example", "unordered"))
    assert np.abs(wrong - right)[0].max() < 1e-6 < 0.1 < np.abs(wrong - right)[1:].max()


@pytest.mark.parametrize(
    ("part", "reading"), [("foreign", ("ocif", "p + q")), ("unnamed", ("fcio", "q"))]
)
def test_a_file_that_names_no_order_fits_one_order_and_one_bias(part, reading):
    file = load_framework_values(part)
    W, fits = np.concatenate([file["v"].T, file["u"].T]), []
    for order in map("".join, permutations("ifoc")):
        for name, b in (("p", file["p"]), ("q", file["q"]), ("p + q", file["p"] + file["q"])):
            read = LSTMParams(reorder(W, order, "ifoc"), reorder(b, order, "ifoc"))
            if np.abs(lstm_forward(read, file["xs"]).hs - file["hs"]).max() < 1e-6:
                fits.append((order, name))
    assert fits == [reading]


def test_keras_applies_the_reset_gate_after_the_product():
    file = load_framework_values("gru")
    x, h, H = file["kernel"], file["recurrent_kernel"], 2
    b_x, b_h = file["bias"]
    state, hs = np.zeros((4, H)), []
    for x_t in file["xs"]:
        from_x, from_h = x_t @ x + b_x, state @ h + b_h
        u, r = (sigmoid(from_x + from_h)[:, k * H : (k + 1) * H] for k in (0, 1))
        n = np.tanh(from_x[:, 2 * H :] + r * from_h[:, 2 * H :])
        state = u * state + (1 - u) * n
        hs.append(state)
    equal(np.array(hs), file["hs"])


def test_a_wrong_order_is_seen_in_the_outputs():
    stored = load_framework_values("fresh")
    W, b = from_pytorch(*(stored[name] for name in PyTorchWeights._fields))
    for order in ("ifco", "iofc", "fioc"):
        wrong = LSTMParams(reorder(W, "ifoc", order), reorder(b, "ifoc", order))
        assert np.abs(lstm_forward(wrong, stored["xs"]).hs - stored["hs"]).max() > 1e-2


def test_live_pytorch_gives_the_same():
    pytest.importorskip("torch")
    params, rng = drawn(), np.random.default_rng(0)
    xs, h_0, c_0 = rng.normal(size=(20, 4, 3)), rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    made = run_pytorch(to_pytorch(params.W, params.b)._asdict(), xs, h_0, c_0)
    trace = lstm_forward(params, xs, h_0, c_0)
    for name in ("hs", "h_T", "c_T"):
        equal(getattr(trace, name), made[name])


def test_a_state_dict_of_pytorch_goes_in_as_it_is():
    torch = pytest.importorskip("torch")
    layer = torch.nn.LSTM(3, 5, dtype=torch.float64)
    W, b = from_pytorch(**layer.state_dict())
    back = to_pytorch(W, b)
    assert_array_equal(back.weight_ih_l0, layer.weight_ih_l0.detach())
    assert_allclose(back.bias_ih_l0, (layer.bias_ih_l0 + layer.bias_hh_l0).detach(), atol=0)


def test_live_onnx_runtime_gives_the_same():
    params, rng = drawn(6, 8, np.float32), np.random.default_rng(2)
    xs = rng.normal(size=(30, 4, 6)).astype(np.float32)
    equal(lstm_forward(params, xs).hs, run_onnx(to_onnx(params.W, params.b), xs, params.H))


def run_onnx(weights, xs, H):
    """Run ONNX's LSTM operator over xs (T, N, D)."""
    onnx, onnxruntime = (pytest.importorskip(name) for name in ("onnx", "onnxruntime"))
    feeds = {"X": xs} | weights._asdict()
    value = onnx.helper.make_tensor_value_info
    node = onnx.helper.make_node("LSTM", list(feeds), ["Y"], hidden_size=H)
    inputs = [value(name, onnx.TensorProto.FLOAT, a.shape) for name, a in feeds.items()]
    outputs = [value("Y", onnx.TensorProto.FLOAT, None)]
    graph = onnx.helper.make_graph([node], "lstm", inputs, outputs)
    opset = onnx.helper.make_opsetid("", 14)
    model = onnx.helper.make_model(graph, opset_imports=[opset], ir_version=8)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    feeds = {name: np.ascontiguousarray(a, np.float32) for name, a in feeds.items()}
    return session.run(None, feeds)[0][:, 0]


def test_two_biases_are_added():
    _, b = from_pytorch(np.zeros((8, 3)), np.zeros((8, 2)), np.ones(8), np.ones(8))
    assert_array_equal(b, np.full(8, 2.0))
    _, b = from_onnx(np.zeros((1, 8, 3)), np.zeros((1, 8, 2)), np.ones((1, 16)))
    assert_array_equal(b, np.full(8, 2.0))


@pytest.mark.parametrize("name", PAIRS)
def test_results_are_copies_and_float32_stays(name):
    to, back = PAIRS[name]
    params = drawn(dtype=np.float32)
    before = params.W.copy(), params.b.copy()
    arrays = to(params.W, params.b)
    results = [*arrays, *back(*arrays)]
    assert {array.dtype for array in results} == {np.dtype(np.float32)}
    for array in results:
        array[...] = 7
    assert_array_equal(params.W, before[0])
    assert_array_equal(params.b, before[1])


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("which", [0, 1])
def test_a_transposed_array_is_refused_with_both_shapes(name, which):
    to, back = PAIRS[name]
    arrays = list(to(*vars(drawn(3, 5)).values()))
    arrays[which] = np.swapaxes(arrays[which], -1, -2)
    with pytest.raises(ValueError, match="transposed") as caught:
        back(*arrays)
    assert str(arrays[which].shape[-2:])[1:] in str(caught.value)


def test_a_bias_of_the_wrong_length_is_refused():
    arrays = to_keras(*vars(drawn(3, 5)).values())
    with pytest.raises(ValueError, match=r"bias has shape \(5,\); expected \(20,\)"):
        from_keras(*arrays[:2], arrays.bias[:5])


def test_two_directions_of_onnx_are_refused():
    arrays = [np.concatenate([a, a]) for a in to_onnx(*vars(drawn(3, 5)).values())]
    with pytest.raises(ValueError, match="one direction"):
        from_onnx(*arrays)


@pytest.mark.parametrize("order", ["ifo", "ifog", "iffo"])
def test_an_order_that_is_none_is_refused(order):
    with pytest.raises(ValueError, match="each once"):
        reorder(np.zeros(8), order, "ifoc")


def test_blocks_that_cannot_be_cut_are_refused():
    with pytest.raises(ValueError, match="four blocks"):
        reorder(np.zeros(6), "ifco", "ifoc")


def test_the_stored_values_are_what_the_script_writes():
    pytest.importorskip("torch")
    pytest.importorskip("keras")
    stored = {f"{part}_{k}": a for part in PARTS for k, a in load_framework_values(part).items()}
    for name, array in make().items():
        if name != "xs":
            equal(stored[name], array)


def test_an_unknown_part_is_named():
    with pytest.raises(ValueError, match="expected one of example, unordered, fresh"):
        load_framework_values("jax")

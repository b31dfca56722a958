"""Losses, clipping, Adam and the loop: numbers checked against numbers."""

import io
import sys

import numpy as np
import pytest

from lstm_course.training import Adam, clip_by_global_norm, global_norm, train
from lstm_course.training.history import History
from lstm_course.training.losses import cross_entropy, mean_squared_error


def slope(loss, at, eps=1e-5):
    """Central difference for every entry."""
    out = np.empty_like(at)
    for place in np.ndindex(at.shape):
        high, low = at.copy(), at.copy()
        high[place] += eps
        low[place] -= eps
        out[place] = (loss(high) - loss(low)) / (2 * eps)
    return out


def assert_close(got, expected, limit=1e-6):
    size = np.maximum(np.abs(got) + np.abs(expected), 1e-8)
    assert (np.abs(got - expected) / size).max() < limit


def test_cross_entropy_by_hand():
    # p = softmax([0, log 3]) = [1/4, 3/4]
    loss, dlogits = cross_entropy([[0.0, np.log(3)]], [0])
    assert loss == pytest.approx(np.log(4)) and np.allclose(dlogits, [[-0.75, 0.75]])


@pytest.mark.parametrize("shape", [(4,), (3, 4), (5, 2, 4)])
def test_cross_entropy_gradient_agrees_with_numbers(shape):
    rng = np.random.default_rng(0)
    logits, targets = 2 * rng.standard_normal(shape), rng.integers(0, 4, shape[:-1])
    if targets.ndim:
        targets[0] = -1
        targets.flat[-1] = 2
    _, dlogits = cross_entropy(logits, targets)
    numbers = slope(lambda a: cross_entropy(a, targets)[0], logits)
    counted = np.broadcast_to((targets != -1)[..., None], shape)
    assert_close(dlogits[counted], numbers[counted])
    assert (dlogits[~counted] == 0).all() and (numbers[~counted] == 0).all()


def test_cross_entropy_is_finite_where_a_probability_rounds_to_zero():
    with np.errstate(all="raise", under="ignore"):
        loss, dlogits = cross_entropy([[1e4, -1e4]], [1])
    assert loss == 2e4 and dlogits.tolist() == [[1, -1]]


def test_cross_entropy_leaves_its_inputs_and_float32_alone():
    logits, targets = np.ones((2, 3), np.float32), np.array([-1, 2])
    _, dlogits = cross_entropy(logits, targets)
    assert dlogits.dtype == np.float32 and (logits == 1).all() and targets.tolist() == [-1, 2]


@pytest.mark.parametrize(
    ("logits", "targets", "message"),
    [
        (np.zeros((2, 3)), [0], r"expected one class per row of logits, shape \(2,\)"),
        (np.zeros((2, 3)), [0.0, 1.0], "targets holds float64"),
        (np.zeros((2, 3)), [0, 3], "from 0 to 3; expected 0 to 2"),
        (np.zeros((2, 3)), [-1, -1], "all targets are -1"),
    ],
)
def test_cross_entropy_says_what_is_wrong(logits, targets, message):
    with pytest.raises(ValueError, match=message):
        cross_entropy(logits, targets)


def test_mean_squared_error_by_hand_and_by_numbers():
    ys, targets = np.array([[1.0], [3.0]]), np.array([[0.0], [1.0]])
    loss, dys = mean_squared_error(ys, targets)
    assert loss == 2.5 and dys.tolist() == [[1], [2]]
    assert_close(dys, slope(lambda y: mean_squared_error(y, targets)[0], ys))
    with pytest.raises(ValueError, match=r"targets\[:, None\]"):
        mean_squared_error(ys, targets[:, 0])


def test_clipping_shortens_all_arrays_together_and_keeps_the_direction():
    gradients = {"W": np.array([[3.0, 0.0]]), "b": np.array([4.0])}
    clipped, norm = clip_by_global_norm(gradients, 1.0)
    assert norm == 5 and global_norm(clipped) == pytest.approx(1)
    assert np.allclose(clipped["W"], [[0.6, 0]]) and np.allclose(clipped["b"], [0.8])
    assert gradients["b"][0] == 4  # the input is left alone


def test_clipping_leaves_short_and_zero_gradients_as_they_are():
    for value in (0.0, 0.5):
        clipped, norm = clip_by_global_norm({"b": np.array([value])}, 1.0)
        assert norm == value and clipped["b"][0] == value
    with pytest.raises(ValueError, match="limit is 0"):
        clip_by_global_norm({"b": np.ones(1)}, 0)


# p after 2, 10 and 30 steps on the gradient p³ - [3, -0.1], from torch.optim.Adam 2.13
ADAM_STORED = [
    [0.1999990231178816, -0.19996932611701956],
    [0.9926282433260357, -0.4918813116976722],
    [1.3804822611841612, -0.4757904969315155],
]


def adam_path(steps, lr=0.1, betas=(0.8, 0.9)):
    p, adam, path = np.zeros(2), Adam(lr, betas), []
    for _ in range(steps):
        adam.step({"p": p}, {"p": p**3 - np.array([3.0, -0.1])})
        path.append(p.copy())
    return np.array(path)


def test_adam_takes_its_first_step_with_size_lr_whatever_the_gradient():
    assert np.allclose(adam_path(1), [[0.1, -0.1]], atol=1e-8)


def test_adam_agrees_with_stored_values():
    assert np.allclose(adam_path(30)[[1, 9, 29]], ADAM_STORED, atol=1e-12)


def test_adam_agrees_with_pytorch():
    torch = pytest.importorskip("torch")
    p = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam([p], lr=0.1, betas=(0.8, 0.9))
    path = []
    for _ in range(30):
        p.grad = p.detach() ** 3 - torch.tensor([3.0, -0.1], dtype=torch.float64)
        adam.step()
        path.append(p.detach().numpy().copy())
    assert np.allclose(adam_path(30), path, atol=1e-12)


def test_adam_changes_arrays_in_place_and_keeps_float32():
    p = np.zeros(2, np.float32)
    view = p[:1]
    Adam(0.1).step({"p": p}, {"p": np.ones(2, np.float32)})
    assert p.dtype == np.float32 and view[0] == pytest.approx(-0.1)


class Slope:
    """A model with one weight p: loss ½ (p - x)²; `events` act at given steps."""

    def __init__(self, events=None):
        self.p, self.calls, self.events = np.zeros(1), 0, events or {}

    def parameters(self):
        return {"p": self.p}

    def loss_and_gradients(self, xs, targets):
        self.calls += 1
        event = self.events.get(self.calls)
        if isinstance(event, type):
            raise event
        difference = self.p - xs if event is None else np.array([event])
        return float(0.5 * difference[0] ** 2), {"p": difference}


def batch():
    return np.array([2.0]), None


def descend(*arguments, **options):
    return train(*arguments, objective=Slope.loss_and_gradients, **options)


def test_training_finds_the_minimum_and_keeps_a_history():
    model = Slope()
    history = descend(model, batch, 300, lr=0.05, progress=False)
    assert model.p[0] == pytest.approx(2, abs=1e-3)
    assert len(history.losses) == len(history.gradient_norms) == 300
    assert history.losses[0] == 2 and history.gradient_norms[0] == 2
    assert not history.interrupted


def test_training_stops_with_the_batches_when_they_run_out():
    assert len(descend(Slope(), [batch()] * 7, 100, progress=False).losses) == 7


def test_clip_none_leaves_gradients_as_they_are_and_clip_shortens_them():
    class Recorder(Adam):
        def step(self, parameters, gradients):
            self.seen = gradients["p"][0]

    seen = {}
    for clip in (None, 0.5):
        optimizer = Recorder()
        descend(Slope(), batch, 1, clip=clip, optimizer=optimizer, progress=False)
        seen[clip] = optimizer.seen
    assert seen == {None: -2, 0.5: -0.5}


def test_measures_are_taken_before_the_first_step_and_then_every_so_often():
    model = Slope()
    history = descend(
        model, batch, 20, measure=lambda: {"p": model.p[0]}, every=8, lr=0.1, progress=False
    )
    assert history.measured_at == [0, 8, 16] and history.measures["p"][0] == 0
    assert history.last("p") == history.measures["p"][2] > history.measures["p"][1] > 0
    with pytest.raises(KeyError, match="no measure is named 'q'"):
        history.last("q")


def test_until_ends_the_run_as_soon_as_a_measure_is_good_enough():
    model = Slope()
    history = descend(
        model,
        batch,
        500,
        lr=0.1,
        measure=lambda: {"p": model.p[0]},
        every=5,
        until=lambda history: history.last("p") > 1,
        progress=False,
    )
    assert 10 <= len(history.losses) <= 15


def test_interruption_keeps_what_was_learned_and_says_so(capsys):
    model, undisturbed = Slope({11: KeyboardInterrupt}), Slope()
    history = descend(model, batch, 100, progress=False)
    descend(undisturbed, batch, 10, progress=False)
    assert history.interrupted and len(history.losses) == 10
    assert model.p[0] == undisturbed.p[0] != 0
    assert "Stopped after 10 steps; the model keeps what it learned" in capsys.readouterr().out


def test_a_run_can_go_on_where_it_ended_with_the_same_optimizer():
    whole, parts, optimizer = Slope(), Slope(), Adam(0.05)
    descend(whole, batch, 20, lr=0.05, progress=False)
    for _ in range(2):
        descend(parts, batch, 10, optimizer=optimizer, progress=False)
    assert parts.p[0] == whole.p[0]


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
def test_a_number_that_is_not_finite_stops_the_run_with_the_cause_and_the_last_weights(bad):
    model = Slope({6: bad})
    with pytest.raises(FloatingPointError) as error, np.errstate(over="ignore"):
        descend(model, batch, 100, lr=0.3, clip=None, progress=False)
    message = str(error.value)
    assert "step 6" in message and "smaller lr than 0.3" in message and "clip=1.0" in message
    undisturbed = Slope()
    descend(undisturbed, batch, 5, lr=0.3, clip=None, progress=False)
    assert np.isfinite(model.p[0]) and model.p[0] == undisturbed.p[0]


def test_outside_a_notebook_and_a_terminal_the_bar_prints_nothing(capsys):
    descend(Slope(), batch, 50)
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_in_a_terminal_the_bar_is_one_line(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    descend(Slope(), batch, 300)
    assert screen.getvalue().count("\n") == 1 and "300/300" in screen.getvalue()


def test_in_a_notebook_the_stored_output_is_one_fixed_sentence():
    InteractiveShell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    shell.kernel = object()  # what tells a notebook from a terminal
    try:
        stored = []
        for events in (None, {3: KeyboardInterrupt}):
            with capture_output() as captured:
                descend(Slope(events), batch, 10)
            (output,) = captured.outputs
            stored.append(output.data["text/plain"])
            assert "application/vnd.jupyter.widget-view+json" in output.data
    finally:
        InteractiveShell.clear_instance()
    assert stored == ["Progress bar: 10 training steps."] * 2


def test_history_smooths_over_the_latest_steps():
    history = History(losses=[4.0, 2.0, 0.0, 1.0])
    assert history.smooth(2).tolist() == [4, 3, 1, 0.5]


def test_history_draws_itself_with_labels():
    history = History(losses=[3.0, 2.0, 1.0], gradient_norms=[1.0, 1.0, 1.0])
    ax = history.plot()
    assert ax.get_xlabel() == "step" and ax.get_ylabel() == "loss"
    assert ax.lines[0].get_ydata().tolist() == [3, 2, 1]
    assert history.plot(ax) is ax
    assert repr(history) == "History of 3 steps"


def test_importing_training_loads_no_plotting():
    import subprocess

    code = "import sys, lstm_course.training as t; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

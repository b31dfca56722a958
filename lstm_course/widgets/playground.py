"""The gate playground: a memory, and its gates at every step, to be dragged one by one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..networks.by_hand import NOISE, PRESETS, STEPS, gradients, play, show_memory
from .base import Demo
from .controls import Control, Handle, Play, choice, slider
from .playground_picture import PlaygroundPicture

GOAL = 2.0
PACE = 0.7  # seconds a step while playing
GUESS, SHOW = "guess first", "show"


def story() -> dict[str, NDArray]:
    """Return where the playground starts.

    Something is written at steps 2 and 5, kept, and lost at step 14.

    Returns
    -------
    dict of name to array (STEPS,)
        f, i, c̃ and o at each step.
    """
    rows = {"f": np.ones(STEPS), "i": np.zeros(STEPS), "c_tilde": NOISE.round(1)}
    rows["i"][[1, 4]] = 1
    rows["c_tilde"][[1, 4]] = 0.6, 0.4
    rows["f"][13] = 0
    return {**rows, "o": np.ones(STEPS)}


class GatePlayground(Demo):
    """A memory whose gates are set at each step, by dragging, sliders and words.

    Parameters
    ----------
    with_output : bool
        Also show the output gate o and the hidden state h.
    with_gradient : bool
        Add a switch for the gradient of L = ½ (c_20 - 2)² at the gates of all steps.
    start : dict
        Values to start from.

    Attributes
    ----------
    memory : array (STEPS,)
        The memory after each step.
    df, di, dc : array (STEPS,)
        Gradients of L at the gates and the memory.
    """

    def __init__(
        self, *, with_output: bool = False, with_gradient: bool = False, start: dict | None = None
    ) -> None:
        self.with_output, self.with_gradient = with_output, with_gradient
        rows = ["f", "i", "c_tilde", *(["o"] if with_output else [])]
        self.picture = PlaygroundPicture(rows, GOAL, with_gradient=with_gradient)
        super().__init__(
            self.picture.memory,
            self._controls(rows),
            self.picture.moving,
            self._show,
            title="A memory and its gates over 20 steps",
            question=self._question(),
            hint=self._hint(),
            handles=self._handles(rows),
            presets={name: _preset(preset) for name, preset in PRESETS.items()},
            presets_label="from this step on",
            play=Play("step", PACE),
            stored=self._stored(),
            start=start,
            arrange=self.picture.arrange,
        )

    def _controls(self, rows: list[str]) -> dict[str, Control]:
        labels = {
            "f": ("forget gate f", 0, 1, "f_t"),
            "i": ("input gate i", 0, 1, "i_t"),
            "c_tilde": ("offer c̃", -1, 1, "c_tilde"),
            "o": ("output gate o", 0, 1, "o_t"),
        }
        controls, begin = {}, story()
        for row in rows:
            label, low, high, quantity = labels[row]
            look = {"quantity": quantity, "count": STEPS, "chosen_by": "step"}
            controls[row] = slider(label, begin[row], low, high, 0.1, 1, **look)
        controls["step"] = slider("this step", 8, 1, STEPS, 1, 0)
        if self.with_gradient:
            controls["helped"] = choice("what would have helped?", [GUESS, SHOW], GUESS)
        return controls

    def _stored(self) -> dict[str, list]:
        """Without a kernel the story can be played; other gates would be too many pictures."""
        asked = {"helped": [GUESS, SHOW]} if self.with_gradient else {}
        return {"step": list(range(1, STEPS + 1)), **asked}

    def _handles(self, rows: list[str]) -> list[Handle]:
        """Every entry of every row can be dragged, and the point that marks this step."""

        def entry(row: str, k: int) -> Handle:
            at = lambda k=k, row=row, **values: (k + 1, values[row][k])  # noqa: E731
            return Handle(row, at, ax=self.picture.rows[row], entry=k, fixed=True)

        def this_step(step: float, **_: Any) -> tuple[float, float]:
            return step, self.memory[int(step) - 1]

        return [Handle("step", this_step), *(entry(row, k) for row in rows for k in range(STEPS))]

    def _question(self) -> str:
        if self.with_gradient:
            return "L = ½ (c_{20} − 2)². Which gates, at which steps, would have lowered L?"
        return "Bring the memory to 2 and hold it there."

    def _hint(self) -> str:
        if self.with_gradient:
            return "A bar that points down: a larger gate would have lowered L."
        return "Drag the bars of single steps; a word sets all from this step on."

    def _show(self, step: float, helped: str = GUESS, **rows: NDArray) -> str:
        """Move the lines and say what they show."""
        step = int(step)
        f, i, c_tilde = (rows[name] for name in ("f", "i", "c_tilde"))
        self.memory = play(f, i, c_tilde)
        self.df, self.di, self.dc = gradients(f, i, c_tilde, goal=GOAL)
        shown = show_memory(rows["o"], self.memory) if self.with_output else None
        self.picture.move(step, rows, self.memory, shown)
        if self.with_gradient:
            self.picture.move_gradient(self.df, self.di, visible=helped == SHOW)
        said = [self._this_step(step, f, i, c_tilde)]
        if shown is not None:
            said.append(f"It shows {_number(shown[step - 1])}.")
        said.append(_end_of(self.memory))
        if helped == SHOW:
            said.append(self._gradient_said(step))
        return " ".join(said)

    def _this_step(self, step: int, f: NDArray, i: NDArray, c_tilde: NDArray) -> str:
        before, k = np.append(0.0, self.memory), step - 1
        return (
            f"Step {step}: {f[k]:.2f} · {_factor(before[k])} + {i[k]:.2f} · "
            f"{_factor(c_tilde[k])} = {_number(before[step])}."
        )

    def _gradient_said(self, step: int) -> str:
        at = f"At step {step} ∂L/∂f is {_number(self.df[step - 1])}"
        return f"{at} and ∂L/∂i is {_number(self.di[step - 1])}."


def _preset(preset: Any) -> dict[str, float]:
    """Return what a word sets; where nothing is written the offers stay as they are."""
    gates = {"f": preset.f, "i": preset.i}
    return {**gates, "c_tilde": preset.c_tilde} if preset.i else gates


def _end_of(memory: NDArray) -> str:
    """Say whether the goal is reached, and from which step on."""
    missed = np.flatnonzero(np.abs(memory - GOAL) > 0.005)
    if not missed.size or missed[-1] < STEPS - 2:
        return f"From step {missed[-1] + 2 if missed.size else 1} on it stays at 2."
    return f"After step {STEPS} the memory is {_number(memory[-1])}."


def _number(value: float) -> str:
    text = f"{round(float(value), 2) + 0.0:.2f}"
    return text.replace("-", "−")


def _factor(value: float) -> str:
    text = _number(value)
    return f"({text})" if text.startswith("−") else text


def gate_playground(
    *, with_output: bool = False, with_gradient: bool = False, **start: Any
) -> GatePlayground:
    """Return the gate playground of lesson 07 and, with the gradient, of lesson 11.

    Parameters
    ----------
    with_output : bool
        Also show o and h.
    with_gradient : bool
        Add the switch *what would have helped?*
    **start
        Values to start from: `step`, and one number or 20 for f, i, c_tilde; one number holds
        from this step on.

    Returns
    -------
    GatePlayground
        Put it on the last line of a cell.
    """
    return GatePlayground(with_output=with_output, with_gradient=with_gradient, start=start)

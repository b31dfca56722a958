"""A sentence as plain numbers and strings: all that a page needs to draw the explorer.

The same frames feed the live widget and a page with no kernel.
"""

from collections.abc import Sequence
from typing import Any

from ... import running_example as cell
from .cuts import cut_words
from .draw import list_number, lstm_diagram
from .reader import FEATURES, SENTENCE, Overrides, Step, explore
from .readings import Reading, describe_step, read_wires
from .wires import Cut

GATES = {"f_t": "forget gate", "i_t": "input gate", "o_t": "output gate"}
BY_HAND = {**GATES, "c_tilde": "candidate"}


def explorer_frames(
    sentence: str = SENTENCE, overrides: Overrides | None = None, cut: Cut = None
) -> dict[str, Any]:
    """Read a sentence and return every step of it, ready for JSON.

    Parameters
    ----------
    sentence : str
        Words of the lesson.
    overrides : dict, optional
        Gates set by hand, as for `explore`.
    cut : pair of boxes or several, optional
        Wires that carry 0, as for `explore`.

    Returns
    -------
    dict
        "sentence", "verdict", "verb" and "steps"; each step has word, z, y, and for each unit
        its wires, gates, memory and text.

    Raises
    ------
    ValueError
        See `explore`.
    """
    steps = explore(sentence, overrides, cut=cut)
    return {
        "sentence": sentence,
        "verdict": verdict(steps),
        "verb": _verb(steps),
        "steps": [step_frame(step, overrides or {}) for step in steps],
    }


def step_frame(step: Step, overrides: Overrides) -> dict[str, Any]:
    """Return one step, ready for JSON; without probabilities where it has no read-out."""
    v = step.values
    H = len(v["h_prev"])
    return {
        "word": step.word,
        "z": [list_number(k, H, value) for k, value in enumerate(v["z_t"])],
        "y": [[round(float(p), 4), f"{p:.2f}"] for p in v.get("y_t", ())],
        "units": [_unit(step, unit, overrides) for unit in range(H)],
    }


def _unit(step: Step, unit: int, overrides: Overrides) -> dict[str, Any]:
    v = step.values
    wires = read_wires(v, unit=unit, weights=cell, classes=cell.CLASSES)
    return {
        "c": round(float(v["c_t"][unit]), 4),
        "wires": {name: _changing(reading) for name, reading in wires.items()},
        "gates": {g: round(float(v[g][unit]), 4) for g in BY_HAND},
        "by_you": [g for g in BY_HAND if (step.t, g, unit) in overrides],
        "said": describe_step(v, unit=unit, word=step.word, classes=cell.CLASSES),
    }


def _changing(reading: Reading) -> dict[str, Any]:
    """Return what of a wire is another in each step; `wire_words` has the rest."""
    return {key: getattr(reading, key) for key in ("text", "sign", "width", "numbers")}


def verdict(steps: Sequence[Step]) -> str:
    """Say whether the verb that the cell expects is the one that comes.

    Parameters
    ----------
    steps : list of Step
        What `explore` returns.

    Returns
    -------
    str
        One sentence for the first *was* or *were* after another word; otherwise what the
        cell expects next.
    """
    at = _asked(steps)
    before = steps[at - 1]
    p = before.values["y_t"][:2]
    tie = before.verb == "neither"
    expects = (
        f'After "{before.word}" the cell {"cannot tell" if tie else f"expects {before.verb}"} '
        f"(was {p[0]:.2f}, were {p[1]:.2f})"
    )
    cut = cut_words(before.values["cut"])
    expects = f"With {cut} cut: {expects[0].lower()}{expects[1:]}" if cut else expects
    if at == len(steps):
        return f"{expects}."
    came = steps[at].word
    wrong = "" if tie or came == before.verb else ": it has it wrong"
    return f"{expects}, and {came} comes{wrong}."


def _asked(steps: Sequence[Step]) -> int:
    """Return where the verb comes: the first *was* or *were* after another word, or the end."""
    verbs = (k for k, s in enumerate(steps) if k and s.word in ("was", "were"))
    return next(verbs, len(steps))


def _verb(steps: Sequence[Step]) -> dict[str, Any]:
    """Return what the cell expects where the verb comes."""
    before = steps[_asked(steps) - 1]
    p = [round(float(share), 4) for share in before.values["y_t"][:2]]
    return {"after": before.word, "p": p, "prefers": before.verb}


def explorer_svg(
    sentence: str = SENTENCE,
    overrides: Overrides | None = None,
    *,
    t: int = 0,
    unit: int = 0,
    scissors: bool = False,
    today: str = "",
) -> str:
    """Draw one step of a sentence, standing still.

    Parameters
    ----------
    sentence : str
        Words of the lesson.
    overrides : dict, optional
        Gates set by hand, as for `explore`.
    t, unit : int
        Which word after *the* and which unit, counted from 0.
    scissors : bool
        Add what a page needs to cut wires.
    today : str
        Quantity that the lesson is about; see `lstm_diagram`.

    Returns
    -------
    str
        An SVG element.
    """
    step = explore(sentence, overrides)[t]
    return lstm_diagram(
        step.values,
        unit=unit,
        word=step.word,
        weights=cell,
        features=FEATURES,
        classes=cell.CLASSES,
        scissors=scissors,
        today=today,
    )

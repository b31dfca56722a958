"""Where boxes, wires and labels of the way back stand, in a wide and in a narrow picture.

One unit is one point, and y grows downwards. The diagram is that of the cell explorer: columns
and rows are named, so that both pictures are drawn by the same lines.
"""

from typing import Any, NamedTuple

Point = tuple[float, float]


class Grid(NamedTuple):
    """Columns, rows and sizes of one picture; `words` are the first word and the distance."""

    width: float
    height: float
    left: float
    join: float
    fork_z: float
    weights: float
    squash: float
    times_f: float
    times_i: float
    plus: float
    fork_c: float
    fork_h: float
    right: float
    c: float
    f: float
    i: float
    middle: float
    c_tilde: float
    h: float
    read_out: float
    tanh: float
    gate: Point
    weight: Point
    join_size: Point
    loss: Point
    pill: tuple[float, float]
    ring: float
    font: float
    words: Point
    bars: dict[str, float]


WIDE = Grid(
    width=560,
    height=432,
    left=4,
    join=50,
    fork_z=96,
    weights=148,
    squash=222,
    times_f=322,
    times_i=346,
    plus=398,
    fork_c=468,
    fork_h=512,
    right=556,
    c=112,
    f=166,
    i=220,
    middle=251,
    c_tilde=282,
    h=348,
    read_out=402,
    tanh=226,
    gate=(40, 26),
    weight=(26, 22),
    join_size=(38, 50),
    loss=(62, 24),
    pill=(234, 66),
    ring=11,
    font=9.5,
    words=(156, 78),
    bars={"along c": 52, "through h": 64},
)
NARROW = Grid(
    width=230.4,
    height=450,
    left=2,
    join=28,
    fork_z=46,
    weights=60,
    squash=101,
    times_f=158,
    times_i=166,
    plus=183,
    fork_c=202,
    fork_h=215,
    right=229,
    c=118,
    f=182,
    i=246,
    middle=276,
    c_tilde=306,
    h=372,
    read_out=422,
    tanh=242,
    gate=(26, 22),
    weight=(17, 17),
    join_size=(20, 40),
    loss=(50, 20),
    pill=(98, 56),
    ring=8.5,
    font=9,
    words=(66, 37),
    bars={"along c": 52, "through h": 63},
)


def paths_of(g: Grid) -> dict[str, list[list[Point]]]:
    """Return the lines of each wire, from where the gradient comes to where it goes."""
    out_of_box, into_w = g.squash - g.gate[0] / 2, g.weights + g.weight[0] / 2
    behind_w, into_box = g.weights - g.weight[0] / 2, g.squash + g.gate[0] / 2
    rows = {"i": g.i, "f": g.f, "o": g.h, "c": g.c_tilde}
    edge, above, below = g.join - g.join_size[0] / 2, g.h - 12, g.h + 12
    paths = {
        "dc_next": [[(g.right, g.c), (g.fork_c, g.c)]],
        "dc_t": [
            [(g.fork_c, g.c), (g.plus + g.ring, g.c)],
            [(g.plus - g.ring, g.c), (g.times_f + g.ring, g.c)],
            [(g.plus, g.c + g.ring), (g.plus, g.middle), (g.times_i + g.ring, g.middle)],
        ],
        "dc_prev": [
            [(g.times_f - g.ring, g.c), (g.pill[0] + g.pill[1] / 2, g.c)],
            [(g.pill[0] - g.pill[1] / 2, g.c), (g.left, g.c)],
        ],
        "from_h": [[(g.fork_c, g.tanh - g.gate[1] / 2), (g.fork_c, g.c + 2)]],
        "d_shown": [[(g.fork_c, g.h - g.ring), (g.fork_c, g.tanh + g.gate[1] / 2)]],
        "dh_next": [[(g.right, g.h), (g.fork_h, g.h)]],
        "dh_loss": [
            [
                (g.fork_h - 46 + g.loss[0] / 2, g.read_out),
                (g.fork_h, g.read_out),
                (g.fork_h, g.h),
            ]
        ],
        "dh_t": [[(g.fork_h, g.h), (g.fork_c + g.ring, g.h)]],
        "do_t": [[(g.fork_c - g.ring, g.h), (into_box, g.h)]],
        "df_t": [[(g.times_f, g.c + g.ring), (g.times_f, g.f), (into_box, g.f)]],
        "di_t": [[(g.times_i, g.middle - g.ring), (g.times_i, g.i), (into_box, g.i)]],
        "dc_tilde": [
            [(g.times_i, g.middle + g.ring), (g.times_i, g.c_tilde), (into_box, g.c_tilde)]
        ],
        "dh_prev": [[(edge, above), (g.left, above)]],
    }
    for letter, y in rows.items():
        paths[f"da_{letter}"] = [[(out_of_box, y), (into_w, y)]]
        paths[f"z_{letter}"] = [[(behind_w, y), (g.fork_z, y), (g.fork_z, g.h)]]
    paths["z_o"] = [[(behind_w, g.h), (g.fork_z, g.h)]]
    # the sum of the four, on its way to h_{t-1} and x_t
    paths["dz"] = [[(g.fork_z, g.h), (g.join + g.join_size[0] / 2, g.h)]]
    paths["dx"] = [[(edge, below), (g.left, below)]]
    return paths


class Label(NamedTuple):
    """Where a number stands, and how it is written; {} is the number."""

    x: float
    y: float
    anchor: str
    text: str


def labels_of(g: Grid) -> dict[str, Label]:
    """Return the label of each gradient and, under "× name", of each factor."""
    wide = g.width > NARROW.width
    box = g.squash + g.gate[0] / 2 + (8 if wide else 4)
    upon, under = 6, g.font + 3
    stub = (g.squash - g.gate[0] / 2 + g.weights + g.weight[0] / 2) / 2
    kept = (g.plus + g.times_f) / 2 + (8 if wide else -9)
    by_f, by_i, by_c = g.times_f - 5, g.times_i - 5, g.fork_c + 6
    labels = {
        "dc_next": Label(g.right, g.c - 12, "right", "{}"),
        "dc_t": Label(kept, g.c - 12, "center", "$dc_t$ {}"),
        "dc_prev": Label(g.left, g.c - 12, "left", "$dc_{t-1}$ {}"),
        "dh_next": Label(g.right, g.h - 9, "right", "{}"),
        "dh_loss": Label(g.right, g.read_out + 23, "right", "loss {}"),
        "dh_t": Label(g.fork_h - 5, g.h + 25, "right", "$dh_t$ {}"),
        "do_t": Label(box, g.h - upon, "left", "$do_t$ {}"),
        "df_t": Label(box, g.f - upon, "left", "$df_t$ {}"),
        "di_t": Label(box, g.i - upon, "left", "$di_t$ {}"),
        "dc_tilde": Label(box, g.c_tilde + under, "left", r"$d\tilde{c}_t$ {}"),
        "from_h": Label(by_c, g.c + 28, "left", "{}"),
        "d_shown": Label(by_c, (g.tanh + g.h) / 2 + 4, "left", "{}"),
        "dh_prev": Label(g.left, g.h - g.join_size[1] / 2 - 6, "left", "$dh_{t-1}$ {}"),
        "× f_t": Label(g.pill[0], g.c + 3.5, "center", "× $f_t$ {}"),
        "× c_prev": Label(by_f, g.f - 20, "right", "× $c_{t-1}$ {}"),
        "× c_tilde": Label(by_i, g.i + under, "right", r"× $\tilde{c}_t$ {}"),
        "× i_t": Label(by_i, g.c_tilde - upon, "right", "× $i_t$ {}"),
        "× o_t": Label(g.fork_c - 5, g.h - 22, "right", "× $o_t$ {}"),
        "× slope_shown": Label(by_c, g.tanh - g.gate[1] / 2 - 8, "left", "× {}" if wide else "×{}"),
        "× shown": Label(box, g.h + under, "left", "× tanh($c_t$) {}" if wide else "× {}"),
    }
    for letter, y in {"i": g.i, "f": g.f, "o": g.h, "c": g.c_tilde}.items():
        labels[f"da_{letter}"] = Label(stub, y - (upon if wide else 12), "center", "{}")
        labels[f"× slope_{letter}"] = Label(g.squash, y + g.gate[1] / 2 + 10, "center", "× {}")
        if wide:
            labels[f"z_{letter}"] = Label(g.fork_z + 5, y - upon, "left", "{}")
    return labels


def boxes_of(g: Grid) -> dict[str, tuple[Any, ...]]:
    """Return the boxes: middle, size, sign inside, whose color."""
    rows = {"i": (g.i, "i_t"), "f": (g.f, "f_t"), "o": (g.h, "o_t"), "c": (g.c_tilde, "c_tilde")}
    boxes = {
        "join": (g.join, g.h, g.join_size, "$[h,x]$" if g.width > NARROW.width else "$h,x$", ""),
        "tanh": (g.fork_c, g.tanh, g.gate, "tanh", ""),
        "read_out": (g.fork_h - 46, g.read_out, g.loss, "read-out", "y_t"),
    }
    for letter, (y, tone) in rows.items():
        sign = "tanh" if letter == "c" else "σ"
        boxes[f"squash_{letter}"] = (g.squash, y, g.gate, sign, tone)
        boxes[f"W_{letter}"] = (g.weights, y, g.weight, f"$W_{letter}$", tone)
    return boxes


def rings_of(g: Grid) -> dict[str, tuple[float, float, str]]:
    """Return the round places, ⊙ and +: middle and sign."""
    return {
        "times_f": (g.times_f, g.c, "⊙"),
        "times_i": (g.times_i, g.middle, "⊙"),
        "times_o": (g.fork_c, g.h, "⊙"),
        "plus": (g.plus, g.c, "+"),
    }


def forks_of(g: Grid) -> dict[str, Point]:
    """Return where values are used twice on the way forward."""
    return {"c": (g.fork_c, g.c), "h": (g.fork_h, g.h), "z": (g.fork_z, g.h)}

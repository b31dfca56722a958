"""The cell that lessons 03 to 10 compute by hand: 2 units, 3 numbers a word.

A word is three numbers: is it a noun (1 or 0), is it plural (1 or 0), and what it does to
a relative clause (-1 opens one: *which*; +1 closes one: a verb). Unit 1 remembers the
number of the subject (plus: plural, minus: singular), unit 2 where we are (plus: main
clause, minus: inside a relative clause).

The step shown reads *cats*, with *the* read before it and a singular subject from the
sentence before still in memory. Read on from there, the same weights carry *the cats
which already ate were full*: the gates of unit 1 look at unit 2, so that a noun inside
the clause does not overwrite the subject.

Rows of every W: h unit 1, h unit 2, noun, plural, clause. With z_t = [-0.5, 0.5, 1, 1, 0]:
a_i = [2, -1], a_f = [-1, 2], a_o = [1, -1], a_c = [1, -1].
"""

import numpy as np

from .cell import LSTMParams

WORDS = {
    "the": [0, 0, 0],
    "cat": [1, 0, 0],
    "cats": [1, 1, 0],
    "dog": [1, 0, 0],
    "dogs": [1, 1, 0],
    "which": [0, 0, -1],
    "already": [0, 0, 0],
    "ate": [0, 0, 1],
    "saw": [0, 0, 1],
    "was": [0, 0, 1],
    "were": [0, 1, 1],
    "full": [0, 0, 0],
}

x_t = np.array([1.0, 1.0, 0.0])
h_prev = np.array([-0.5, 0.5])
c_prev = np.array([-1.0, 1.0])

W_i = np.array([[0.0, 0], [4, 0], [3, -2], [0, 0], [0, 0]])
b_i = np.array([-3.0, 1.0])

W_f = np.array([[0.0, 0], [-4, 0], [-2, 0], [0, 0], [0, 3]])
b_f = np.array([3.0, 2.0])

W_o = np.array([[0.0, 0], [2, 0], [0, -2], [0, 0], [3, 0]])
b_o = np.array([0.0, 1.0])

W_c = np.array([[0.0, 0], [0, 0], [-1, -1], [2, 0], [0, 2]])
b_c = np.array([0.0, 0.0])

CLASSES = ("was", "were", "another word")
W_y = np.array([[-4.0, 4, 0], [0, 0, 2]])
b_y = np.array([0.0, 0.0, 0.0])


def params() -> LSTMParams:
    """Return the weights of the four blocks as one set of parameters."""
    return LSTMParams.from_parts(
        W_i=W_i, W_f=W_f, W_o=W_o, W_c=W_c, b_i=b_i, b_f=b_f, b_o=b_o, b_c=b_c
    )

"""Exercises of lesson 08: show the memory."""

from . import asked, equation, showing

_HIDDEN_STATE, _LARGE, _OLD = equation.EXERCISES
EXERCISES = (_HIDDEN_STATE, _LARGE, *showing.EXERCISES, *asked.EXERCISES, _OLD)

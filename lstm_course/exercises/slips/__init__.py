"""Mistakes composed from the right answer: each stands once and fits wherever its form occurs."""

from .compose import Instead, Slip, slips_of
from .tree import Right

__all__ = ["Instead", "Right", "Slip", "slips_of"]

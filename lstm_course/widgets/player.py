"""Play: a button that moves a slider to its end, or by one step where motion is unwanted."""

import asyncio
from typing import Any

import ipywidgets

from .base import Demo

STILL = "Play takes one step at each press, because your system asks for less motion."


class Player(ipywidgets.ToggleButton):
    """Moves one slider of a demo step by step until its end; released, it pauses.

    At the end it begins anew. Where the reader's system asks for reduced motion, a press is
    one step, and the sentence says why.

    Parameters
    ----------
    demo : Demo
        Whose picture follows.
    name : str
        The slider's name among its controls.
    pace : float
        Seconds for a step.
    """

    def __init__(self, demo: Demo, name: str, pace: float) -> None:
        super().__init__(description="Play", tooltip="Step by step to the end")
        self.layout.width = "6.5em"
        self.demo, self.control, self.pace = demo, demo.controls[name], pace
        self.observe(self._pressed, names="value")
        demo.reset.on_click(lambda _: setattr(self, "value", False))

    def step(self) -> None:
        """Move by one step; stay at the end."""
        self.control.value = min(self.control.value + self.control.step, self.control.max)

    def _pressed(self, change: Any) -> None:
        if not change["new"]:
            return
        if self.demo.picture.reduced_motion:
            self._step_once()
        else:
            self.task = asyncio.get_running_loop().create_task(self._run())

    def _step_once(self) -> None:
        self.value = False
        self.demo.aside = STILL
        if not self._rewind():
            self.step()
        self.demo.aside = ""

    def _rewind(self) -> bool:
        """Go from the end to the start; return whether that was a move."""
        at_end = self.control.value >= self.control.max
        if at_end:
            self.control.value = self.control.min
        return at_end

    async def _run(self) -> None:
        self._rewind()
        while self._goes_on():
            self.step()
            await asyncio.sleep(self.pace)
        self.value = False

    def _goes_on(self) -> bool:
        wanted = self.value and not self.demo.picture.reduced_motion
        return wanted and self.control.value < self.control.max

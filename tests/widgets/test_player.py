"""Play: step by step to the end, one step where motion is unwanted."""

import asyncio

import pytest

from lstm_course.widgets import gate_playground, training_demo
from lstm_course.widgets.player import STILL


@pytest.fixture(params=[gate_playground, training_demo])
def demo(request):
    demo = request.param()
    demo.player.pace = 0
    return demo


def values_seen(demo):
    seen = []
    demo.player.control.observe(lambda change: seen.append(change["new"]), names="value")
    return seen


async def play(player, until=lambda: False):
    """Press Play; press again once `until` is true; wait for the end."""
    player.value = True
    while not until() and not player.task.done():
        await asyncio.sleep(0)
    player.value = False
    await player.task


def test_play_takes_every_step_to_the_end_and_begins_anew_there(demo):
    control, seen = demo.player.control, values_seen(demo)
    steps = round((control.max - control.value) / control.step)
    asyncio.run(play(demo.player))
    assert len(seen) == steps and seen[-1] == control.max
    assert all(b - a == control.step for a, b in zip(seen, seen[1:], strict=False))
    assert demo.player.value is False
    seen.clear()
    asyncio.run(play(demo.player, until=lambda: len(seen) >= 3))
    assert seen == [control.min, control.min + control.step, control.min + 2 * control.step]


def test_reset_stops_the_player(demo):
    seen, start = values_seen(demo), demo.player.control.value

    async def reset_while_playing():
        demo.player.value = True
        while len(seen) < 2:
            await asyncio.sleep(0)
        demo.reset.click()
        await demo.player.task

    asyncio.run(reset_while_playing())
    assert demo.player.value is False and demo.player.control.value == start


def test_with_reduced_motion_a_press_is_one_step_and_the_sentence_says_so(demo):
    seen, start = values_seen(demo), demo.player.control.value
    demo.picture.reduced_motion = True
    for presses in (1, 2):  # outside a running loop: nothing could be played on
        demo.player.value = True
        assert demo.player.value is False
        assert len(seen) == presses
        assert demo.sentence.endswith(STILL) and demo.picture.alt.endswith(STILL)
    assert seen[-1] == start + 2 * demo.player.control.step
    demo.player.control.value = start
    assert STILL not in demo.sentence


def test_motion_that_becomes_unwanted_stops_the_player(demo):
    seen = values_seen(demo)

    async def ask_for_less():
        demo.player.value = True
        while len(seen) < 2:
            await asyncio.sleep(0)
        demo.picture.reduced_motion = True
        await demo.player.task

    asyncio.run(ask_for_less())
    assert len(seen) == 2 and demo.player.value is False

"""Count how often the grader is wrong, what it names, and how long it takes.

Over the catalogue (every mistake that an exercise lists, in several ways of writing: see
tests/other_ways.py), the answers of strangers (tests/data/answers.json), the same mistakes in
another learner's words (tests/wrong_answers.py), right answers, and 50 draws of the inputs.

    uv run python benchmarks/grader_accuracy.py [--fast]

Prints: wrong answers accepted, right answers refused, causes named right, the share of the
strangers' wrong answers that get a cause and a line, verdicts that a draw decides, and the
slowest check. A cause is true or false only to a reader: tests/data/reviewed.json holds, for
each stranger's answer, the cause that somebody read beside the code and found true; what has
no such entry, or another cause by now, is counted as unread. Exit status 0 when all goals are
met.
"""

import contextlib
import hashlib
import io
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from beside import answer_of
from other_ways import ways
from right_answers import RIGHT
from wrong_answers import OTHER_WORDS

from lstm_course.checks.compare import close
from lstm_course.checks.diagnose import diagnose
from lstm_course.checks.explain import frozen, run
from lstm_course.checks.outcome import Outcome
from lstm_course.checks.reply import Handed
from lstm_course.exercises import Exercise, Predict, SetValues, WriteFunction, all_exercises, find

TESTS = Path(__file__).resolve().parent.parent / "tests"
FAST = "--fast" in sys.argv
DRAWS, SEEDS = (1, 5) if FAST else (3, 50)
# answers whose author took them for the opposite: one number in a list is that number, the
# course's own function behind another name is not the learner's, and update is now asked for h
# before c, as everywhere; what was written when it was c before h still passes
_UPDATE, _C = "def update(f_t, c_prev, i_t, c_tilde, o_t):\n", "f_t * c_prev + i_t * c_tilde"
TURNED = {
    ("plural-nouns-only", "w = [5, 5, 0]\nb = [-7.5]"): "right",
    ("stable-sigmoid", "def stable_sigmoid(a):\n    return course_sigmoid(a)"): "wrong",
    ("old-memory", f"{_UPDATE}    c_t = {_C}\n    h_t = o_t * np.tanh(c_t)\n    return h_t, c_t"): (
        "right"
    ),
}
PLAIN = ("function returns", "comes back;", "place of another", "has shape", "overflow on")


class Counts:
    """What is counted, with its goal, and the rows that miss it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, int, int, str]] = []
        self.missed = False

    def add(self, what: str, count: int, of: int, goal: str, met: bool) -> None:
        """Keep one row; `met` says whether its goal is reached."""
        self.rows.append((what, count, of, goal))
        self.missed |= not met

    def show(self) -> None:
        """Print the rows."""
        for what, count, of, goal in self.rows:
            share = f"({count / of:.1%})" if of else ""
            print(f"{what:28} {count:6d} of {of:6d} {share:9} goal {goal}")


def judge(exercise: Exercise, answers: tuple, draw: int = 0) -> Outcome:
    """Return the outcome of one answer on one draw of inputs."""
    with contextlib.redirect_stdout(io.StringIO()):
        return diagnose(exercise, Handed(answers), np.random.default_rng(draw))


def own_mistakes(exercise: Exercise) -> list:
    """Return the mistakes that an exercise lists itself."""
    return [*exercise.wrong, *(s for s in getattr(exercise, "slips", ()) if s.rank < 0)]


def catalogue() -> Iterator[tuple[Exercise, tuple, str]]:
    """Yield exercise, answer, and words of the cause that it should get."""
    for exercise in all_exercises().values():
        for one in own_mistakes(exercise):
            if isinstance(exercise, WriteFunction):
                for way in ways(one.answer).values():
                    yield exercise, (way,), one.cause
            else:
                many = isinstance(exercise, SetValues)
                yield exercise, one.answer if many else (one.answer,), one.cause
    for exercise_id, pairs in OTHER_WORDS.items():
        for words, answer in pairs:
            yield find(exercise_id), (answer,), words


def right_answers() -> Iterator[tuple[Exercise, tuple]]:
    """Yield exercise and answer."""
    for exercise_id, answers in RIGHT.items():
        for answer in answers:
            for way in ways(answer).values():
                yield find(exercise_id), (way,)
    for exercise in all_exercises().values():
        if isinstance(exercise, SetValues):
            yield from ((exercise, setting) for setting in exercise.right)
        elif isinstance(exercise, Predict):
            yield exercise, (exercise.answer,)


def spoiled_answers() -> Iterator[tuple[Exercise, tuple]]:
    """Yield right answers spoiled in ways that no catalogue lists."""
    for exercise_id, answers in RIGHT.items():
        for answer in answers:
            exercise = find(exercise_id)
            yield exercise, (lambda *a, f=answer: _change(f(*a), lambda v: v * (1 + 1e-3)),)
            yield exercise, (lambda *a, f=answer: _change(f(*a), lambda v: v[..., None]),)
            yield exercise, (lambda *a, f=answer: _change(f(*a), lambda v: v.astype(str)),)
            yield exercise, (lambda *a: None,)
    for exercise in all_exercises().values():
        for course in getattr(exercise, "course", ()):
            yield exercise, (course,)


def _change(value: object, change: object) -> object:
    if isinstance(value, tuple):
        return tuple(_change(part, change) for part in value)
    return change(np.asarray(value, dtype=float))


def count_catalogue(counts: Counts) -> None:
    """Judge every listed mistake and every spoiled answer."""
    accepted = named = wrongs = 0
    for exercise, answers, words in catalogue():
        for draw in range(DRAWS):
            outcome = judge(exercise, answers, draw)
            wrongs, accepted = wrongs + 1, accepted + outcome.passed
            right_cause = words in outcome.cause or any(p in outcome.cause for p in PLAIN)
            named += right_cause
            if outcome.passed or not right_cause:
                print(f"  not named: {exercise.id}: {words:.60} -> {outcome.cause:.60}")
    counts.add("causes named right", named, wrongs, "all", named == wrongs)
    for exercise, answers in spoiled_answers():
        outcome = judge(exercise, answers)
        wrongs, accepted = wrongs + 1, accepted + outcome.passed
        if outcome.passed:
            print(f"  accepted: {exercise.id}")
    counts.add("wrong accepted", accepted, wrongs, "0", accepted == 0)


def count_rights(counts: Counts) -> None:
    """Judge every right answer."""
    refused = rights = 0
    for exercise, answers in right_answers():
        for draw in range(DRAWS):
            outcome = judge(exercise, answers, draw)
            rights, refused = rights + 1, refused + (not outcome.passed)
            if not outcome.passed:
                print(f"  refused: {exercise.id}: {outcome.cause:.80}")
    counts.add("right refused", refused, rights, "0", refused == 0)


def key(row: dict) -> str:
    """Return the name of an answer in tests/data/reviewed.json."""
    return hashlib.sha256(f"{row['exercise']}\n{row['code']}".encode()).hexdigest()[:16]


def strangers() -> Iterator[tuple[dict, Exercise, tuple]]:
    """Yield the answers that strangers wrote from the tasks' text, where Python can run them."""
    for row in json.loads((TESTS / "data" / "answers.json").read_text(encoding="utf-8")):
        with contextlib.suppress(SyntaxError, NameError, KeyError, TypeError, ImportError):
            row["kind"] = TURNED.get((row["exercise"], row["code"].strip()), row["kind"])
            yield row, find(row["exercise"]), answer_of(row["exercise"], row["code"])


def count_strangers(counts: Counts) -> None:
    """Judge the strangers' answers: functions and values apart."""
    read = json.loads((TESTS / "data" / "reviewed.json").read_text(encoding="utf-8"))
    of: Counter[str] = Counter()
    slowest = (0.0, "")
    for row, exercise, answers in strangers():
        started = time.process_time()
        outcome = judge(exercise, answers)
        slowest = max(slowest, (time.process_time() - started, exercise.id))
        kind = "functions" if isinstance(exercise, WriteFunction) else "values"
        of[row["kind"]] += 1
        if outcome.passed != (row["kind"] == "right"):
            of[f"{row['kind']}, judged otherwise"] += 1
            print(f"  {row['kind']}: {exercise.id}: {row['code']:.60} -> {outcome.cause:.60}")
        if row["kind"] == "wrong":
            of[kind] += 1
            of[f"{kind} named"] += outcome.named
            of[f"{kind} with a line"] += bool(outcome.line)
            if kind == "functions" and outcome.named and read.get(key(row)) != outcome.cause:
                of["unread"] += 1
                print(f"  not read: {exercise.id}: {outcome.cause:.80}")
    accepted, refused = of["wrong, judged otherwise"], of["right, judged otherwise"]
    counts.add("strangers: accepted", accepted, of["wrong"], "0", accepted == 0)
    counts.add("strangers: refused", refused, of["right"], "0", refused == 0)
    for kind in ("functions", "values"):
        named = of[f"{kind} named"]
        counts.add(f"strangers: {kind} named", named, of[kind], "90 %", named >= 0.9 * of[kind])
    counts.add("strangers: with a line", of["functions with a line"], of["functions"], "–", True)
    counts.add("strangers: cause not read", of["unread"], of["functions"], "0", not of["unread"])
    print(f"slowest check {slowest[0]:.2f} s of processor time ({slowest[1]}), goal 1 s")
    counts.missed |= slowest[0] > 1


def count_draws(counts: Counts) -> None:
    """Run every composed mistake on many draws: none may pass with one and fail with another."""
    decided = slips = 0
    for exercise in all_exercises().values():
        if not isinstance(exercise, WriteFunction):
            continue
        draws = [exercise.cases(np.random.default_rng(seed)) for seed in range(SEEDS)]
        cases = [[frozen(case.inputs.values()) for case in cases] for cases in draws]
        rights = [[run(exercise.answer, case).value for case in draw] for draw in cases]
        for slip in exercise.slips:
            passes = [_passes(slip.answer, *pair) for pair in zip(cases, rights, strict=True)]
            slips, decided = slips + 1, decided + (any(passes) and not all(passes))
            if any(passes) and not all(passes):
                print(f"  the draw decides: {exercise.id}: {slip.cause} ({sum(passes)} passes)")
    counts.add(f"decided by the draw ({SEEDS})", decided, slips, "0", decided == 0)


@np.errstate(all="ignore")
def _passes(answer: object, cases: list, rights: list) -> bool:
    for case, right in zip(cases, rights, strict=True):
        did = run(answer, case)
        if did.error or not close(did.value, right):
            return False
    return True


def main() -> int:
    """Print the counts and return the exit status."""
    warnings.simplefilter("ignore")
    counts = Counts()
    for count in (count_catalogue, count_rights, count_strangers, count_draws):
        count(counts)
    every = all_exercises().values()
    listed = sum(len(own_mistakes(exercise)) for exercise in every)
    composed = sum(len(getattr(exercise, "slips", ())) for exercise in every)
    print(f"{len(every)} exercises, {listed} mistakes of their own, {composed} composed")
    counts.show()
    return int(counts.missed)


if __name__ == "__main__":
    sys.exit(main())

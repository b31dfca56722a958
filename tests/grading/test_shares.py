"""A class in shares, and the results of several runs put together."""

import json
import random
import unicodedata

import pytest
from learners import ANSWERS, NAME, save, solved

from lstm_course.app import command as cli
from lstm_course.checks.outcome import GRADER_FAILED, PASSED, Outcome
from lstm_course.grading.batch import Grades
from lstm_course.grading.notebooks.finding import Collected, Remark, Submission
from lstm_course.grading.reports.data import from_json
from lstm_course.grading.run import NotebookResult
from lstm_course.grading.shares import put_together, share_of

SWAPPED = ANSWERS["forget-gate"].replace("[h_prev, x_t]", "[x_t, h_prev]")
CLASS = [
    Submission(name, None, f"learner{k}") for k in range(200) for name in ("03-input-gate", NAME)
]


def share(class_, number, of):
    return share_of(Collected(tuple(class_)), number, of).submissions


def run(*pairs, seed=7, **more):
    """Return the results of a run, from learners and how their only exercise stands."""
    results = [
        NotebookResult(
            NAME, None, (Outcome("forget-gate", status, 2 * (status == PASSED), 2),), (), who
        )
        for who, status in pairs
    ]
    return Grades(tuple(results), seed, **more)


def together(*runs):
    return put_together([(f"{k}.json", one) for k, one in enumerate(runs)])


# ---- shares


def test_every_learner_falls_into_one_share_with_all_notebooks():
    shares = [share(CLASS, k, 7) for k in range(1, 8)]
    assert sorted(sum(shares, ()), key=CLASS.index) == CLASS
    owners = [{one.learner for one in part} for part in shares]
    assert sum(map(len, owners)) == 200
    assert min(map(len, owners)) > 200 / 7 / 2


def test_a_share_depends_on_the_name_alone():
    mixed = CLASS[::2]
    random.Random(3).shuffle(mixed)
    here = {one.learner for one in share(CLASS, 2, 5)}
    assert {one.learner for one in share(mixed, 2, 5)} == here


def test_a_name_is_the_same_however_the_system_writes_its_accents():
    def number(form):
        name = unicodedata.normalize(form, "Zoé Müller")
        return [k for k in range(1, 21) if share([Submission(NAME, None, name)], k, 20)]

    assert number("NFC") == number("NFD")


def test_a_share_says_what_was_left_out_of_it_and_what_is_nobodys():
    remarks = (Remark("a", "learner1"), Remark("b", "learner2"), Remark("c"))
    class_ = Collected(tuple(CLASS), remarks, {"learner1": "11", "learner2": "22"})
    for k in range(1, 6):
        part = share_of(class_, k, 5)
        here = {one.learner for one in part.submissions}
        assert {r.learner for r in part.remarks} == here & {"learner1", "learner2"} | {""}
        assert set(part.ids) == here & {"learner1", "learner2"}


# ---- put together


def test_several_runs_become_one_in_the_order_of_names():
    whole = together(run(("cem", PASSED), share=(2, 2)), run(("anna", PASSED), share=(1, 2)))
    assert whole.learners == ["anna", "cem"]
    assert (whole.points, whole.seed, whole.share, whole.remarks) == (4, 7, None, ())
    assert whole.exit_status == 0


def test_a_missing_share_is_named_and_never_status_0():
    whole = together(run(("anna", PASSED), share=(1, 4)), run(("cem", PASSED), share=(3, 4)))
    assert lines(whole) == ["Missing: 2/4, 4/4. Their learners stand in no row."]
    assert whole.exit_status == 1


def test_a_result_that_stands_twice_is_named_and_the_better_one_counts():
    first = run(("anna", GRADER_FAILED), ("ben", PASSED))
    whole = together(first, run(("anna", "wrong values"), ("ben", "error")))
    assert lines(whole) == [
        "anna/04-forget-gate stands in 0.json and in 1.json; the better result counts.",
        "ben/04-forget-gate stands in 0.json and in 1.json; the better result counts.",
    ]
    assert [r.outcomes[0].status for r in whole.results] == ["wrong values", PASSED]
    assert whole.exit_status == 1


def test_a_name_with_two_numbers_is_named_and_keeps_neither():
    whole = together(
        run(("anna", PASSED), ids={"anna": "1", "ben": "2"}),
        run(("anna", "error"), ids={"anna": "3"}),
    )
    assert lines(whole)[1:] == [
        "anna has the numbers 1 and 3: two people of one name? No number is kept."
    ]
    assert whole.ids == {"ben": "2"}


def test_remarks_are_handed_on_once_and_so_is_the_graders_failure():
    said = (Remark("nobody's"),)
    whole = together(run(("anna", GRADER_FAILED), remarks=said), run(("b", PASSED), remarks=said))
    assert (whole.remarks, whole.exit_status) == (said, 3)


def lines(grades):
    return [remark.text for remark in grades.remarks if remark.unclear]


# ---- the commands


def test_shares_graded_apart_and_put_together_are_the_class(tmp_path, capsys):
    for who in ("anna", "ben", "cem"):
        save(tmp_path / "class" / who, solved(forget_gate=SWAPPED) if who == "cem" else solved())
    everything = tmp_path / "all.json"
    graded = ["grade", str(tmp_path / "class"), "--seed", "5"]
    assert cli.main([*graded, "--json", str(everything)]) == 1
    files = [tmp_path / f"{k}.json" for k in (1, 2, 3)]
    statuses = [
        cli.main([*graded, "--shard", f"{k}/3", "--json", str(file)])
        for k, file in zip((1, 2, 3), files, strict=True)
    ]
    assert sorted(statuses) in ([0, 0, 1], [0, 1, 1])
    capsys.readouterr()
    reports = {kind: tmp_path / kind for kind in ("junit", "csv", "summary", "json", "gradescope")}
    arguments = [part for kind, path in reports.items() for part in (f"--{kind}", str(path))]
    assert cli.main(["report", *map(str, files), *arguments]) == 1
    assert "19 of 21 points, 11 of 12 exercises passed." in capsys.readouterr().out
    assert all(path.stat().st_size for path in reports.values())

    def told(path):
        results = from_json(path.read_text(encoding="utf-8")).results
        return [(r.learner, r.outcomes) for r in results]

    assert told(reports["json"]) == told(everything)


def test_a_share_in_which_nobody_falls_is_status_0_and_has_its_file(tmp_path, capsys):
    path, file = save(tmp_path, solved()), tmp_path / "x.json"
    empty = next(k for k in range(1, 4) if not share([Submission(NAME, path)], k, 3))
    assert cli.main(["grade", str(path), "--shard", f"{empty}/3", "--json", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["share"] == [empty, 3]
    assert "No learner falls into this share." in capsys.readouterr().out


@pytest.mark.parametrize("share", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_a_share_that_cannot_be_is_told_so(share, capsys):
    with pytest.raises(SystemExit):
        cli.main(["grade", f"--shard={share}"])
    assert "expected K/N such as 3/20" in capsys.readouterr().err


def test_a_report_of_what_is_no_result_is_one_line(tmp_path, capsys):
    other = save(tmp_path, {"a": 1}, name="a.json")
    for path, words in ((other, "holds no results"), (tmp_path / "gone.json", "cannot be read")):
        assert cli.main(["report", str(path)]) == 2
        said = capsys.readouterr().err
        assert words in said and said.count("\n") == 1


def test_csv_is_written_in_several_forms_at_once(tmp_path):
    path = save(tmp_path, solved())
    plain, moodle, canvas = (tmp_path / name for name in ("plain.csv", "m.csv", "c=d.csv"))
    forms = ["--csv", str(plain), "--csv", f"moodle={moodle}", "--csv", f"canvas={canvas}"]
    assert cli.main(["grade", str(path), *forms]) == 0
    heads = [p.read_text(encoding="utf-8").split(",")[0] for p in (plain, moodle, canvas)]
    assert heads == ["learner", "Identifier", "Student"]

"""`lstm-course pull` takes a newer course, and nothing that stood in the old one is lost."""

import os
import shutil
import subprocess

import pytest

from lstm_course.app import command as cli
from lstm_course.app import pulling
from lstm_course.app.pulling import pull
from lstm_course.app.workspace import WorkspaceError

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
IDENTITY = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip


def git(folder, *arguments):
    environment = {**os.environ, **IDENTITY}
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout


def put(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def commit(folder):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "x")


@pytest.fixture
def course(tmp_path):
    """Return the course, and a learner's clone of it with the course as its upstream."""
    course, mine = tmp_path / "course", tmp_path / "my fork"
    put(course, notebooks__a="old a", notebooks__b="old b", gone="g", exercises__e="stub",
        solutions__e="old solution")  # fmt: skip
    git(course, "init", "--quiet")
    commit(course)
    git(tmp_path, "clone", "--quiet", str(course), str(mine))
    git(mine, "remote", "rename", "origin", "upstream")
    return course, mine


def publish(course):
    put(course, notebooks__a="new a", notebooks__b="new b", notebooks__c="new c",
        exercises__e="new stub", solutions__e="new solution")  # fmt: skip
    (course / "gone").unlink()
    commit(course)


def test_an_edit_that_was_not_committed_is_saved_before_it_is_replaced(course):
    course, mine = course
    put(mine, notebooks__a="my own thoughts", exercises__e="my answer")
    publish(course)
    done = pull(mine, "upstream")
    assert (mine / "notebooks" / "a").read_text() == "new a"
    assert (done.saved / "notebooks" / "a").read_text() == "my own thoughts"
    assert done.kept == 1 and [p.name for p in (mine / "saved").rglob("*") if p.is_file()] == ["a"]
    assert (mine / "exercises" / "e").read_text() == "my answer", "answers are update's affair"


def test_what_the_learner_committed_or_added_or_staged_is_saved_too(course):
    course, mine = course
    put(mine, notebooks__a="committed")
    commit(mine)
    put(mine, notebooks__b="staged", notebooks__c="new and never added")
    git(mine, "add", "notebooks/b")
    publish(course)
    done = pull(mine, "upstream")
    kept = {p.name: p.read_text() for p in (done.saved / "notebooks").iterdir()}
    assert kept == {"a": "committed", "b": "staged", "c": "new and never added"}
    assert (mine / "notebooks" / "c").read_text() == "new c"


def test_a_repository_without_a_common_history_is_brought_up_to_date(course, tmp_path):
    course, _ = course
    mine = tmp_path / "from template"
    shutil.copytree(course, mine, ignore=shutil.ignore_patterns(".git"))
    git(mine, "init", "--quiet")
    commit(mine)
    put(mine, notebooks__a="mine")
    publish(course)
    done = pull(mine, str(course))
    assert (done.saved / "notebooks" / "a").read_text() == "mine" and done.kept == 1
    assert (mine / "notebooks" / "b").read_text() == "new b"


def test_a_file_that_the_course_has_given_up_goes_unless_it_was_changed(course):
    course, mine = course
    publish(course)
    pull(mine, "upstream")
    assert not (mine / "gone").exists()
    git(mine, "reset", "--hard", "--quiet")
    put(mine, gone="changed")
    pull(mine, "upstream")
    assert (mine / "gone").read_text() == "changed"


def test_where_nothing_is_newer_nothing_is_saved(course):
    _, mine = course
    done = pull(mine, "upstream")
    assert (done.replaced, done.saved) == (0, None)
    assert not (mine / "saved").exists()


def test_when_the_copy_cannot_be_made_nothing_is_replaced(course, monkeypatch):
    course, mine = course
    put(mine, notebooks__a="mine")
    publish(course)

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pulling.shutil, "copy2", full)
    with pytest.raises(OSError, match="No space left"):
        pull(mine, "upstream")
    assert (mine / "notebooks" / "a").read_text() == "mine"
    assert not list((mine / "saved").iterdir())


def test_a_folder_serves_where_there_is_no_git(tmp_path):
    newer, mine = tmp_path / "newer", tmp_path / "mine"
    put(newer, notebooks__a="new a", exercises__e="new stub", solutions__e="s")
    put(mine, notebooks__a="my own", exercises__e="my answer", solutions__e="s")
    done = pull(mine, str(newer))
    assert (mine / "notebooks" / "a").read_text() == "new a"
    assert (done.saved / "notebooks" / "a").read_text() == "my own"
    assert (mine / "exercises" / "e").read_text() == "my answer"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere", "there is no remote nowhere; add it with"),
        ("./nowhere", "git fetch"),
    ],
)
def test_what_cannot_be_pulled_is_said_in_one_line(course, source, words):
    _, mine = course
    with pytest.raises(WorkspaceError, match=words) as told:
        pull(mine, source)
    assert "\n" not in str(told.value)


def test_another_repository_is_no_course(course, tmp_path):
    _, mine = course
    other = tmp_path / "other"
    put(other, readme="x")
    git(other, "init", "--quiet")
    commit(other)
    with pytest.raises(WorkspaceError, match="no copy of the course"):
        pull(mine, str(other))


def test_the_command_says_what_it_did_and_updates_the_exercises(course, monkeypatch, capfd):
    course, mine = course
    put(mine, notebooks__a="mine")
    publish(course)
    monkeypatch.chdir(mine / "notebooks")
    assert cli.main(["pull"]) == 0
    said = capfd.readouterr().out.splitlines()
    assert len(said) == 1 and "5 files changed. 1 of them were no version" in said[0]
    assert "saved" in said[0]

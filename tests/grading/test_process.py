"""The learner's process: fresh, alone, limited, and worded by what it was doing."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from learners import IMPORTS, code, save, solved

from lstm_course.exercises import find
from lstm_course.grading.process import start
from lstm_course.grading.process.folder import copy_of
from lstm_course.grading.process.kernel import Kernel, KernelStopped, Limits
from lstm_course.grading.process.where import Frame, why_late
from lstm_course.grading.process.wire import unpack
from lstm_course.grading.run import grade_notebook

LIMITS = Limits(seconds=30, memory=600_000_000)
FORKED = pytest.mark.skipif(not start.FORKS, reason="here every process starts anew")


@pytest.fixture(params=[pytest.param(True, marks=FORKED), False], ids=["forked", "started anew"])
def way(request, monkeypatch):
    """Start learners' processes in each of the two ways."""
    monkeypatch.setattr(start, "FORKS", request.param)
    return request.param


@pytest.fixture
def kernel(tmp_path, way):
    """Return a function that starts a process in a copy of a folder."""
    open_ones = []

    def new(limits=LIMITS):
        copied = copy_of(tmp_path)
        started = Kernel(copied.__enter__(), limits)
        open_ones.append((started, copied))
        return started

    yield new
    for started, copied in open_ones:
        started.close()
        copied.__exit__(None, None, None)


def said(kernel, expression):
    """Return a value of the learner's process as text."""
    assert kernel.run(f"import os, sys, random\nvalue = str({expression})")["error"] == ""
    return unpack(kernel.look(["value"])["values"][0])["data"]


def gone(pid):
    """Whether a process is no longer there, not even as a zombie, within ten seconds."""
    return _within_ten_seconds(lambda: not psutil.pid_exists(pid))


def ended(pid):
    """Whether a process runs no more; who has adopted it may not have fetched it yet."""

    def over():
        try:
            return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return True

    return _within_ten_seconds(over)


def _within_ten_seconds(over):
    return any(over() or time.sleep(0.05) for _ in range(200))


def test_each_process_is_fresh(kernel):
    first, second = kernel(), kernel()
    first.run("import numpy as np\nnp.mine = os = 1")
    assert said(second, "'mine' in dir(__import__('numpy')) or 'np' in globals()") == "False"
    assert said(first, "os.getpid()") != said(second, "os.getpid()")
    assert said(first, "os.getcwd()") != said(second, "os.getcwd()")


@pytest.mark.parametrize(
    "draw",
    ["random.random()", "__import__('numpy').random.rand()", "os.urandom(8)",
     "__import__('numpy').random.default_rng().random()"],
)  # fmt: skip
def test_processes_share_no_random_state(kernel, draw):
    assert said(kernel(), draw) != said(kernel(), draw)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes")
def test_a_process_leads_a_session_of_its_own(kernel):
    first = kernel()
    assert said(first, "os.getsid(0) == os.getpid() == os.getpgid(0)") == "True"
    assert said(first, "os.getsid(os.getppid()) != os.getsid(0)") == "True"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Python itself holds files open")
def test_a_process_has_the_standard_pipes_and_its_own_only(kernel):
    count = "len(__import__('psutil').Process().open_files())"
    first = kernel()
    kernel()
    assert int(said(first, count)) <= 2  # what prints, and where it is told where it is


def test_it_knows_no_right_answers_and_none_of_the_graders_modules(kernel):
    loaded = said(kernel(), "[m for m in sys.modules if 'exercises.ex' in m or m == 'pytest']")
    assert loaded == "[]"


def test_the_ends_of_a_process_are_told_apart(kernel):
    first, second = kernel(), kernel()
    with pytest.raises(KernelStopped, match="exit status 7"):
        first.run("import os\nos._exit(7)")
    killed = "signal SIGKILL" if os.name == "posix" else "exit status 9"
    with pytest.raises(KernelStopped, match=killed):
        second.run("import os\nos.kill(os.getpid(), 9)")


def test_a_closed_process_leaves_nothing_behind(kernel):
    first = kernel()
    nap = "[sys.executable, '-c', 'import time; time.sleep(60)']"
    child = said(first, f"__import__('subprocess').Popen({nap}).pid")
    ours = said(first, "os.getpid()")
    first.close()
    assert gone(int(child)) and gone(int(ours))


def test_many_processes_at_once_leave_no_zombies(kernel):
    with ThreadPoolExecutor(4) as pool:
        many = list(pool.map(lambda _: kernel(), range(8)))
        assert len(set(pool.map(lambda one: said(one, "os.getpid()"), many))) == 8
        list(pool.map(Kernel.close, many))
    me = psutil.Process()
    left = [p for p in me.children(recursive=True) if p.status() == psutil.STATUS_ZOMBIE]
    assert left == []


@FORKED
def test_the_loss_of_what_minds_a_process_costs_that_process_only(kernel, way):
    if not way:
        pytest.skip("only a forked process is minded")
    first, second = kernel(), kernel()
    parent = int(said(first, "os.getppid()"))
    os.kill(parent, 9)
    ours = int(said(first, "os.getpid()"))
    first.close()
    assert ended(ours)  # the system's first process fetches it, when it gets there
    assert said(second, "1 + 1") == "2"


@FORKED
def test_the_process_that_forks_is_started_again_when_it_is_gone(kernel, way):
    if not way:
        pytest.skip("nothing is forked")
    first = kernel()
    mother = psutil.Process(int(said(first, "os.getppid()"))).parent()
    mother.kill()
    mother.wait(5)
    assert said(first, "1 + 1") == "2"
    assert said(kernel(), "1 + 1") == "2"


@FORKED
def test_where_a_fork_cannot_be_had_python_starts_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(start, "_command", lambda module: [sys.executable, "-c", "1"])
    prepared = start._Prepared()
    assert prepared.fork() is None


def test_a_whole_notebook_is_graded_either_way(tmp_path, way):
    cells = [code("!pip install six"), code("import no_such_package\nran = 1"), *solved()]
    result = grade_notebook(save(tmp_path, cells), LIMITS, seed=0)
    assert result.points == 7 and len(result.notes) == 2, result


GRADERS_OWN = ("reply.py", "sitecustomize", "event ==", "lstm_course/")


@pytest.mark.parametrize(
    "body, line",
    [
        ("return squash(x)", "return squash(x)"),  # a recursion may end in any frame
        ("open(sys.executable, 'a')", "open(sys.executable, 'a')"),
        ("raise ValueError", "raise ValueError"),
        ("return sigmoid('x')", "return sigmoid('x')"),
    ],
)
def test_the_graders_own_lines_never_show_as_the_learners(kernel, body, line):
    first = kernel()
    first.run(f"import sys\nfrom lstm_course import sigmoid\ndef squash(x):\n    {body}")
    (reply,) = first.calls("squash", [[1.0]])
    assert reply.error and reply.spot.line in (line, "def squash(x):")  # raised on entering, too
    shown = [row for row in reply.trace.splitlines() if row.startswith("  ")]
    own = [row for row in shown if "lstm_course/equations.py" not in row]
    assert not any(word in row for row in own for word in GRADERS_OWN), reply.trace


# Time


def late(source, function="<module>", line=2, inner=(), children=()):
    frames = [*inner, Frame("<ipython-input-0-abc>", line, function)]
    return why_late(30.0, frames, children, source)


class Child:
    def __init__(self, *words):
        self.words = list(words)

    def cmdline(self):
        return self.words


def test_only_a_loop_is_asked_whether_it_ends():
    assert late("x = 1\nwhile True: x += 1") == (
        "The code ran for more than 30 seconds and was stopped, at the last in line 2 "
        "(`while True: x += 1`). Does a loop never end?"
    )
    importing = [Frame("<frozen importlib._bootstrap>", 1, "_find_and_load")]
    waiting = [Frame("/lib/python3.12/subprocess.py", 9, "wait")]
    asking = [Frame("/lib/python3.12/socket.py", 9, "recv_into")]
    training = [Frame("/lstm_course/training/loop.py", 9, "train")]
    for inner, children, words in [
        (importing, (), "An import, in line 2 (`import torch`), took more than 30 seconds"),
        (waiting, [Child("sh", "-c", "wget x")], "The command `wget x`, which the code starts"),
        (asking, (), "The code waited for the network, in line 2 (`import torch`)"),
        (
            training,
            (),
            "Training ran for more than 30 seconds and was stopped. Train less, or load",
        ),
    ]:
        cause = late("1\nimport torch", inner=inner, children=children)
        assert words in cause and "loop" not in cause


def test_a_copy_of_the_learners_own_process_is_no_command():
    own = Child(sys.executable, "-m", "lstm_course.grading.process.prepared", "3")
    assert "Does a loop never end?" in late("1\nwhile True: pass", children=[own])


def stopped(tmp_path, line, seconds=2.0):
    result = grade_notebook(
        save(tmp_path, [code(IMPORTS), code(line), *solved()[1:]]), Limits(seconds=seconds), seed=0
    )
    assert result.points == 7
    (note,) = result.notes
    return note


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot say where code is")
def test_where_time_went_is_said(tmp_path):
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(60)")
    assert "An import, in line 1 (`import slow`)" in stopped(tmp_path, "import slow")
    shell = "import os\nos.system('sleep 60; echo')"
    assert "The command `sleep 60; echo`" in stopped(tmp_path, shell)
    loop = "x = 0\nwhile x < 1:\n    x = x"
    assert "at the last in line" in stopped(tmp_path, loop)


def test_the_limit_belongs_to_the_exercise():
    limits = Limits(seconds=30)
    assert limits.seconds_for([find("forget-gate")]) == 30
    assert limits.seconds_for([find("forget-gate"), find("project")]) == 180
    assert Limits(seconds=60).seconds_for([find("project")]) == 360


# What lies beside the notebook

LOADED = "with np.load('runs/result.npz') as file:\n    left = file['left']"


def test_a_result_is_loaded_from_beside_the_notebook(tmp_path):
    import numpy as np

    (tmp_path / "runs").mkdir()
    np.savez(tmp_path / "runs" / "result.npz", left=0.9**10)
    result = grade_notebook(save(tmp_path, solved(memory_left=LOADED)), LIMITS, seed=0)
    assert result.points == 7 and result.notes == (), result


@pytest.mark.skipif(os.name == "nt", reason="a link may need rights that a learner lacks")
def test_a_link_to_a_file_of_ones_own_is_followed(tmp_path):
    (tmp_path / "theirs" / "runs").mkdir(parents=True)
    (tmp_path / "theirs" / "runs" / "a.txt").write_text("x")
    (tmp_path / "other.txt").write_text("x")
    (tmp_path / "theirs" / "best.txt").symlink_to("runs/a.txt")
    (tmp_path / "theirs" / "other.txt").symlink_to("../other.txt")
    with copy_of(tmp_path / "theirs") as copied:
        assert {p.name for p in copied.iterdir()} == {"runs", "best.txt"}


def test_what_is_too_large_is_left_out_first_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr("lstm_course.grading.process.folder.AT_MOST", 1_000)
    for name, size in {"a.bin": 2000, "b.bin": 3000, "z.npz": 900}.items():
        (tmp_path / name).write_bytes(b"x" * size)
    notes = []
    with copy_of(tmp_path, notes) as copied:
        assert [p.name for p in copied.iterdir()] == ["z.npz"]
    assert notes == ["Not there while grading, which copies 0.001 MB: a.bin, b.bin."]

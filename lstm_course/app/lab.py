"""`lstm-course lab`: JupyterLab and the start page, and no question before the first cell."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

PAGE = "/lstm"  # served by start/server.py, in the server's process, where its imports are free
NEEDED = ("jupyterlab", "ipykernel", "ipywidgets", "anywidget", "matplotlib", "PIL")
PACKAGE = Path(__file__).resolve().parents[1]
SETTINGS = Path(__file__).resolve().with_name("jupyter")
HELP = """usage: lstm-course lab [--no-browser] [--port NUMBER] [any option of jupyter lab]

Open the course's start page: the lessons, your points, where to go on in JupyterLab.
To stop it, press Ctrl-C in this window."""


def course_root(start: Path | None = None) -> Path | None:
    """Find the course folder.

    Parameters
    ----------
    start : Path, optional
        Where to begin; the current folder when left out.

    Returns
    -------
    Path or None
        The first folder from `start` upward that holds lessons and exercises; otherwise the
        folder beside the package; None when neither is a course.
    """
    start = Path.cwd() if start is None else start.resolve()
    candidates = [start, *start.parents, PACKAGE.parent]
    return next((folder for folder in candidates if _is_course(folder)), None)


def _is_course(folder: Path) -> bool:
    lessons = (folder / "notebooks").glob("[0-9][0-9]-*.ipynb")
    return (folder / "exercises").is_dir() and any(lessons)


def start_lab(arguments: Sequence[str]) -> int:
    """Start JupyterLab and wait until it is stopped.

    Parameters
    ----------
    arguments : sequence of str
        Passed on to JupyterLab, such as ["--no-browser", "--port", "8890"].

    Returns
    -------
    int
        Exit status: 0 when it was stopped, 1 when it could not start.
    """
    if {"-h", "--help"} & set(arguments):
        print(HELP)
        return 0
    root = course_root()
    trouble = _trouble(root, arguments)
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    if not can_write(root):
        print(
            f"{root} cannot be written: nothing that you change here will be kept. "
            "Copy the folder to a place of your own and start there.",
            flush=True,
        )
    print(f"JupyterLab starts on {root}. To stop it, press Ctrl-C here.", flush=True)
    if "--no-browser" not in arguments and not has_browser():
        print("No browser was found here. Open the address that follows by hand.", flush=True)
    return _run(lab_command(root, arguments), lab_environment(root))


def _trouble(root: Path | None, arguments: Sequence[str]) -> str:
    """Say in one line why JupyterLab cannot start, or return ''."""
    if root is None:
        return (
            f"No course in {Path.cwd()} or above it: expected the folders notebooks/ and "
            "exercises/. Change to the course's folder and try again."
        )
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        return (
            f"Not installed here: {', '.join(missing)}. Use `python3 start.py lab` in the "
            f"course's folder, or `{sys.executable} -m pip install -e .` there and try again."
        )
    port = asked_port(arguments)
    if port and not is_free(port):
        return (
            f"Port {port} is taken, perhaps by a JupyterLab that still runs. "
            "Leave out --port to get a free one."
        )
    return ""


def can_write(root: Path) -> bool:
    """Whether the course's folder can be changed."""
    return os.access(root, os.W_OK)


def asked_port(arguments: Sequence[str]) -> int | None:
    """Return the port that the arguments ask for, or None."""
    for name, following in zip(arguments, [*arguments, ""][1:], strict=True):
        option, _, value = name.partition("=")
        if option in ("--port", "--ServerApp.port"):
            value = value or following
            return int(value) if value.isdecimal() else None
    return None


def is_free(port: int) -> bool:
    """Whether a server on this machine can listen on `port`."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def has_browser() -> bool:
    """Whether Python knows a browser that it can open."""
    try:
        return bool(webbrowser.get())
    except webbrowser.Error:
        return False


def lab_command(root: Path, arguments: Sequence[str]) -> list[str]:
    """Return the command line of JupyterLab for the course in `root`."""
    import zmq  # here, so that a missing JupyterLab can be told first

    command = [sys.executable, "-m", "jupyterlab"]
    command += [f"--ServerApp.root_dir={root}", f"--LabApp.default_url={PAGE}"]
    command += ["--LabApp.expose_app_in_browser=True"]  # so that the page opens notebooks in it
    command += ["--ServerApp.kernel_spec_manager_class=lstm_course.app.own_kernel.OwnKernel"]
    command += ["--LabApp.custom_css=True"]  # style.py says which
    command += ["--ServerApp.log_level=ERROR", "--LabApp.log_level=ERROR"]
    command += ["--ServerApp.answer_yes=True"]  # Ctrl-C stops without asking
    # Snap's browsers, and those of Windows beside WSL, cannot read a file in the user's home
    command += ["--ServerApp.use_redirect_file=False"]
    if zmq.has("curve"):  # else each kernel warns that it talks in the clear
        command += ["--KernelManager.transport_encryption=auto"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command += ["--allow-root"]
    return [*command, *arguments]


def lab_environment(root: Path) -> dict[str, str]:
    """Return the environment: the course's settings first, the user's own left alone.

    Settings that the learner changes and open tabs go to `.jupyter-user/` in the course or,
    where that cannot be written, to the user's own folder of Jupyter.
    """
    environment = dict(os.environ)
    paths = [str(SETTINGS), environment.get("JUPYTER_CONFIG_PATH", "")]
    environment["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    environment["JUPYTERLAB_SETTINGS_DIR"] = str(_own(root) / "settings")
    environment["JUPYTERLAB_WORKSPACES_DIR"] = str(_own(root) / "workspaces")
    return environment


def _own(root: Path) -> Path:
    if can_write(root):
        return root / ".jupyter-user"
    from jupyter_core.paths import jupyter_config_dir

    return Path(jupyter_config_dir()) / "lstm-course"


def _run(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run until the server ends; Ctrl-C and a request to end reach the server, too."""
    server = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        _stop(server)
        print("JupyterLab has stopped. Your work is in the files that you saved.")
        return 0


def _stop(server: subprocess.Popen) -> None:
    """Wait for the server to end; Ctrl-C in a terminal has reached it, too. Then ask, then end."""
    for ask in (server.terminate, server.kill):
        try:
            server.wait(timeout=4)
            return
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            ask()
    server.wait()

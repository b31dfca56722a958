"""Build the notebooks from their sources.

source/lessons/NN-name.md    -> notebooks/NN-name.ipynb   executed, with outputs
source/exercises/NN-name.md  -> solutions/NN-name.ipynb   executed, with outputs
                             -> exercises/NN-name.ipynb   unsolved, without outputs

Only what changed is built. A notebook that somebody edited or, in exercises/, ran is never
overwritten; with --force it is first copied to saved/.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.compare import Target, problem, serialize, surplus
from tools.links import Course
from tools.notebooks import BuildError, is_untouched
from tools.showing import keep_words

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Build or check, and return the exit status."""
    options = _parser().parse_args(arguments)
    course = Course.read(root / "source")
    try:
        targets = _chosen(course, options.names, root)
        if options.check:
            return _check(targets, course, root, whole=not options.names)
        return _build(targets, course, root, everything=options.all, force=options.force)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tools/build.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", help="such as 04, 04-forget-gate or a source file")
    parser.add_argument("--all", action="store_true", help="build what has not changed, too")
    parser.add_argument("--check", action="store_true", help="run nothing; say what is out of date")
    parser.add_argument("--force", action="store_true", help="copy edited notebooks to saved/")
    return parser


def _chosen(course: Course, names: Sequence[str], root: Path) -> list[Target]:
    targets = [Target(name, kind, root) for name, kind in course.all()]
    wanted = []
    for name in names:
        stem = Path(name).stem
        found = [t for t in targets if t.name == stem or t.name.startswith(f"{stem}-")]
        if not found:
            known = ", ".join(dict.fromkeys(t.name for t in targets)) or "none"
            raise BuildError(f"no source for {name!r}; there are: {known}")
        wanted += [t for t in found if t not in wanted]
    return wanted if names else targets


def _check(targets: list[Target], course: Course, root: Path, *, whole: bool) -> int:
    troubles = []
    for target in targets:
        try:
            trouble = problem(target, course)
        except BuildError as error:
            troubles.append(str(error))
        else:
            troubles += [f"{target.label}: {trouble}"] if trouble else []
    if whole:
        troubles += [f"{label}: has no source" for label in surplus(root, course)]
    for line in dict.fromkeys(troubles):
        print(line)
    if troubles:
        print("Run `python tools/build.py` and commit what it writes.")
        return 1
    return 0


def _build(
    targets: list[Target], course: Course, root: Path, *, everything: bool, force: bool
) -> int:
    due = [t for t in targets if everything or _must_build(t, course)]
    blocked = [t for t in due if not _may_write(t, course)]
    if blocked and not force:
        raise BuildError("\n".join(_refusal(target) for target in blocked))
    failures = _run(due, course, save_first=blocked)
    for label in surplus(root, course):
        print(f"{label}: has no source; delete it if nobody needs it")
    if failures:
        raise BuildError("\n".join(failures))
    print(f"{len(due)} built, {len(targets) - len(due)} up to date")
    return 0


def _run(due: list[Target], course: Course, save_first: list[Target]) -> list[str]:
    """Build two at a time; the first failure stops what has not begun. Return the failures."""
    failures = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(_build_one, target, course, target in save_first) for target in due]
        for job in jobs:
            try:
                print(job.result(), flush=True)
            except CancelledError:
                continue
            except BuildError as error:
                failures.append(str(error))
                pool.shutdown(wait=False, cancel_futures=True)
    return failures


def _must_build(target: Target, course: Course) -> bool:
    try:
        return bool(problem(target, course))
    except BuildError:
        target.expected(course)  # a faulty source is reported; a faulty notebook is rebuilt
        return True


def _may_write(target: Target, course: Course) -> bool:
    """Whether overwriting loses nothing that a person wrote."""
    try:
        disk = target.on_disk()
    except BuildError:
        return False
    return disk is None or is_untouched(disk)


def _refusal(target: Target) -> str:
    if target.kind == "exercise":
        why = "holds answers or outputs that somebody wrote"
    else:
        why = f"was edited by hand; edit {target.source.relative_to(target.root).as_posix()}"
    return f"{target.label}: {why}. Nothing is written. --force copies it to saved/ and builds it"


def _build_one(target: Target, course: Course, save_first: bool) -> str:
    start = time.perf_counter()
    notebook = target.expected(course)
    target.path.parent.mkdir(exist_ok=True)
    keep_words(root=target.root, notebook=notebook, name=target.name, kind=target.kind)
    if target.kind != "exercise":
        from tools.execute import execute  # only here is a kernel needed

        try:
            notebook = execute(notebook, target.path.parent)
        except BuildError as error:
            source = target.source.relative_to(target.root).as_posix()
            raise BuildError(f"{source}: {error}") from None
    copy = f" (the old one is {_save(target)})" if save_first else ""
    _write(target.path, serialize(notebook))
    return f"{target.label} {time.perf_counter() - start:.1f} s{copy}"


def _save(target: Target) -> str:
    """Copy the notebook on disk to saved/ under a name that is not taken."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    folder = target.root / "saved"
    folder.mkdir(exist_ok=True)
    number, copy = 1, folder / f"{target.path.parent.name}-{target.name}-{stamp}.ipynb"
    while copy.exists():
        number += 1
        copy = copy.with_stem(f"{target.path.parent.name}-{target.name}-{stamp}-{number}")
    shutil.copy2(target.path, copy)
    return copy.relative_to(target.root).as_posix()


def _write(path: Path, text: str) -> None:
    """Write at once or not at all."""
    draft = path.with_suffix(".ipynb.new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    os.replace(draft, path)


if __name__ == "__main__":
    sys.exit(main())

"""Links between the notebooks: lesson NN, exercise NN, lesson NN+1."""

from dataclasses import dataclass
from pathlib import Path

from tools.notebooks import FOLDER, SOURCE

KINDS = ("lesson", "exercise", "solution")
# which notebooks of one number lead where: a lesson leaves its solution to the exercise
BESIDE = {
    "lesson": ("exercise",),
    "exercise": ("lesson", "solution"),
    "solution": ("lesson", "exercise"),
}


@dataclass(frozen=True)
class Course:
    """Which source files there are, and their titles.

    Attributes
    ----------
    titles : dict
        (source folder, name) to title, such as ("lessons", "04-forget-gate") to
        "04 · Choose what to forget".
    """

    titles: dict[tuple[str, str], str]

    @classmethod
    def read(cls, source: Path) -> "Course":
        """Read the title of every file under `source`."""
        folders = sorted(set(SOURCE.values()))
        paths = [path for folder in folders for path in sorted(source.glob(f"{folder}/*.md"))]
        return cls({(path.parent.name, path.stem): _title(path) for path in paths})

    def all(self) -> list[tuple[str, str]]:
        """Return (name, kind) of every notebook to build, in a learner's order of work."""
        names = sorted({name for _, name in self.titles})
        return [(name, kind) for name in names for kind in KINDS if self.has(name, kind)]

    def has(self, name: str, kind: str) -> bool:
        """Whether there is a source for this notebook."""
        return (SOURCE[kind], name) in self.titles

    def links(self, name: str, kind: str) -> tuple[str, str]:
        """Return the line for under the title, and the text of the last cell."""
        before, after = self._lessons_around(name)
        before = before if kind == "lesson" else ""
        around = [self._link(before, "lesson", kind)] if before else []
        around += [self._link(name, k, kind) for k in BESIDE[kind] if self.has(name, k)]
        if around and (before or kind != "lesson"):
            around[0] = f"← {around[0]}"
        around += [f"{self._link(after, 'lesson', kind)} →"] if after else []
        line = " · ".join(around)
        following = self._next(name, kind, after)
        end = [f"**Next:** {following}"] if following else []
        end += [line] if line else []
        return line, "\n\n".join(["---", *end]) if end else ""

    def _next(self, name: str, kind: str, after: str) -> str:
        if kind == "lesson" and self.has(name, "exercise"):
            return self._link(name, "exercise", kind, full=True)
        return self._link(after, "lesson", kind, full=True) if after else ""

    def _lessons_around(self, name: str) -> tuple[str, str]:
        lessons = sorted(n for folder, n in self.titles if folder == SOURCE["lesson"])
        before = [lesson for lesson in lessons if lesson < name]
        after = [lesson for lesson in lessons if lesson > name]
        return (before or [""])[-1], (after or [""])[0]

    def _link(self, name: str, kind: str, seen_from: str, *, full: bool = False) -> str:
        folder = "" if kind == seen_from else f"../{FOLDER[kind]}/"
        text = f"{kind.capitalize()} {name[:2]}"
        title = self.titles[SOURCE[kind], name].partition("·")[2].strip()
        return (
            f"[{text} · {title}]({folder}{name}.ipynb)"
            if full and title
            else (f"[{text}]({folder}{name}.ipynb)")
        )


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return next((line[2:].strip() for line in lines if line.startswith("# ")), path.stem)

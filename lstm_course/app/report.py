"""Reports of results: the options that `grade` and `report` share, and `report` itself."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from .talk import Stop, console

_FORMS = ("moodle", "canvas")


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which reports to write."""
    parser.add_argument("--summary", type=Path, metavar="FILE", help="add a Markdown summary")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything as JSON")
    parser.add_argument(
        "--csv", type=chosen_csv, metavar="[FORM=]FILE", action="append", default=[],
        help="write one row a learner; moodle=FILE and canvas=FILE as these import it",
    )  # fmt: skip
    parser.add_argument(
        "--gradescope", type=Path, metavar="FILE", help="write Gradescope's results.json"
    )


def add_report(commands) -> None:
    """Add the subcommand `report`."""
    report = commands.add_parser("report", help="put the results of several runs together")
    report.set_defaults(work=_report)
    report.add_argument(
        "files", nargs="+", type=Path, metavar="JSON", help="what `grade --json` has written"
    )
    add_outputs(report)


def say_and_write(grades, options: argparse.Namespace) -> int:
    """Print the results, write the reports and return the exit status."""
    from ..grading.reports.table import print_grades

    print_grades(grades, console())
    write(grades, options)
    return grades.exit_status


def write(grades, options: argparse.Namespace) -> None:
    """Write every report that the options ask for."""
    from ..grading.reports.markdown import as_markdown

    try:
        for path, make in _wanted(options):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(make(grades), encoding="utf-8")
        step_summary = os.environ.get("GITHUB_STEP_SUMMARY")
        for path in filter(None, (options.summary, step_summary)):
            with open(path, "a", encoding="utf-8") as file:
                file.write(as_markdown(grades))
    except OSError as error:
        raise Stop(f"{error.filename} cannot be written: {error.strerror}.") from None


def _wanted(options: argparse.Namespace) -> list[tuple[Path, Callable]]:
    from ..grading.reports.data import as_json
    from ..grading.reports.gradescope import as_gradescope
    from ..grading.reports.junit import as_junit
    from ..grading.reports.spreadsheet import as_canvas, as_csv, as_moodle

    tables = {"": as_csv, "moodle": as_moodle, "canvas": as_canvas}
    made = [
        (options.junit, as_junit),
        (options.json, as_json),
        (options.gradescope, as_gradescope),
        *((path, tables[form]) for form, path in options.csv),
    ]
    return [(path, make) for path, make in made if path is not None]


def chosen_csv(text: str) -> tuple[str, Path]:
    """Return the form and the file of `--csv`: moodle=grades.csv, or grades.csv."""
    form, _, file = text.partition("=")
    return (form, Path(file)) if form in _FORMS and file else ("", Path(text))


def _report(options: argparse.Namespace) -> int:
    from ..grading.shares import put_together

    runs = [(str(path), _read(path)) for path in options.files]
    return say_and_write(put_together(runs), options)


def _read(path: Path):
    from ..grading.reports.data import NoResults, from_json

    try:
        return from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}.") from None
    except (NoResults, UnicodeDecodeError) as error:
        raise Stop(f"{path} cannot be read: {error}.") from None

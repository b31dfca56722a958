"""nbgrader with the course's stubs and the course's grader; see INSTRUCTORS.md."""

from lstm_course.grading.nbgrader.pieces import configure

configure(get_config())  # noqa: F821  # nbgrader hands it in

"""Plain `pytest` runs tests/ and, through nbval, every lesson and every solution."""

from hypothesis import settings

pytest_plugins = ["lstm_course.grading.nbval_guards"]

settings.register_profile("course", deadline=None, derandomize=True)  # the same on every machine
settings.load_profile("course")

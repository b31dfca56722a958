"""Plain `pytest` runs tests/ and, through nbval, every lesson and every solution."""

import os

from hypothesis import settings

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one thread each: the tests run side by side

pytest_plugins = ["lstm_course.grading.nbval.guards", "lstm_course.grading.nbval.learner"]

settings.register_profile("course", deadline=None, derandomize=True)  # the same on every machine
settings.load_profile("course")

"""A folder on PYTHONPATH: what it holds runs first in every Python that a learner's code starts."""

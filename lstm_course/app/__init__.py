"""The command ``lstm-course``: the lab and its start page, grading, a learner's folder."""

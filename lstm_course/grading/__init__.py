"""The grader behind ``lstm-course grade``: for a learner, a class, pytest and nbgrader."""

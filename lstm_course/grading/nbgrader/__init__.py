"""The course inside nbgrader."""

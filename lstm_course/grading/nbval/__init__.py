"""Two plugins for pytest beside nbval: for the course's notebooks, and for a learner's."""

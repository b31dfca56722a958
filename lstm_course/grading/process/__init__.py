"""A learner's code in a process of its own, in a copy of its folder, with limits."""

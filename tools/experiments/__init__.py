"""Scripts that make what lstm_course/training/stored holds, each with its seeds named."""

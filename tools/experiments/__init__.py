"""Scripts that make the stored results in lstm_course/data, each with its seeds named."""

"""Results as a table on the terminal and as files."""

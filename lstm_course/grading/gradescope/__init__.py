"""The course on Gradescope: the archive to upload, and what it runs there."""

"""Exercise notebooks: found, read, mended, brought together with a newer template."""

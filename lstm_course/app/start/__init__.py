"""The start page: one web page, served by `lstm-course lab` and shown on the reading site."""

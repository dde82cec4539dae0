"""Edits of TOML files: what is to change as data, and the same text with only that changed."""

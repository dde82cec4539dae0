"""The walkthrough line by line: in words, for terminals that cannot draw and for scripts."""

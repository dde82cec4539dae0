"""The walkthrough as data: where one is, what was done, and what stays open."""

"""What flytui knows: each fact is a name, where it comes from, and how to fetch it."""

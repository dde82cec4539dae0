"""flytui: Fly.io's *Going to production* checklist as an interactive tree for your app."""

__version__ = "0.1.0"

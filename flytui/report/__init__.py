"""Reports: the same assessments for a terminal, a log or another program. No Textual."""

from flytui.report.report import Report

__all__ = ["Report"]

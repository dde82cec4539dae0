"""The forms of a report by name. Each is imported when it is asked for, not before."""

from collections.abc import Callable
from importlib import import_module

from flytui.report.report import Report

FORMS = ("text", "json", "markdown", "junit", "sarif", "html", "github")


def render(form: str, report: Report, *, colour: bool = False) -> str:
    """The report in one of FORMS; colours are for text alone."""
    if form == "text":
        from flytui.report import text  # noqa: PLC0415 (see above)

        return text.render(report, colour=colour)
    module = import_module(f"flytui.report.{FORMS[FORMS.index(form)]}")
    renders: Callable[[Report], str] = module.render
    return renders(report)

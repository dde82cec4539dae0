"""A report as a later check reads it back."""

from flytui.baseline import Former
from flytui.report import Report
from flytui.report.json import render


def former(of: Report) -> Former:
    return Former.model_validate_json(render(of))

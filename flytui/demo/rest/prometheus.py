"""`/prometheus/{organization}/api/v1`: the metrics of an organisation's apps.

Samples are one a minute, or as far apart as a series says. An expression beyond
`flytui.demo.rest.promql` gives an empty vector, not an error; `start` of a listing of labels is
not heeded: these are the demo's limits, not Fly.io's.
"""

import math
from datetime import UTC, datetime

from starlette.responses import Response
from starlette.routing import BaseRoute

from flytui.demo.problems import Problem
from flytui.demo.rest.front import Call, Front, Malformed, machines_complaint, ok
from flytui.demo.rest.promql.evaluation import Evaluation, Value
from flytui.demo.rest.promql.parser import parse
from flytui.demo.rest.promql.series import Sample, labels_of, select
from flytui.demo.rest.promql.syntax import Expression, Selector, Unsupported
from flytui.demo.state import Json, Series
from flytui.demo.world import World

_MOST_POINTS = 11_000
_WORDS = {400: "bad_data", 401: "unauthorized", 403: "forbidden", 404: "not_found"}


def prometheus_complaint(problem: Problem) -> Response:
    status = machines_complaint(problem).status_code
    word = _WORDS.get(status, "execution")
    return ok({"status": "error", "errorType": word, "error": str(problem)}, status)


def routes(world: World) -> list[BaseRoute]:
    front = Front(world, "/prometheus/{organization}/api/v1", prometheus_complaint)
    answers = (("/query", _query), ("/query_range", _query_range), ("/series", _series))
    return [
        *(
            front.route(method, path, answer, reads=True)
            for method in ("GET", "POST")
            for path, answer in answers
        ),
        front.route("GET", "/label/{label}/values", _label_values),
        front.route("GET", "/labels", _labels),
    ]


def _asked(call: Call, name: str) -> str | None:
    """A parameter of the query or, for POST, of the form."""
    value = call.query(name)
    return value if value is not None else call.body.get(name)


def _visible(call: Call) -> tuple[Series, ...]:
    """The series of the organisation's own apps."""
    apps = {app.name for app in call.world.apps_of(call.organization)}
    return tuple(one for one in call.world.series if one.labels.get("app") in apps)


def _expression(call: Call) -> Expression | None:
    """What was asked; None for a form the demo does not know."""
    text = _asked(call, "query")
    if not text:
        raise Malformed("missing query")
    try:
        return parse(text)
    except Unsupported:
        return None


def _value(call: Call, expression: Expression | None, at: float, over: Evaluation) -> Value:
    if expression is None:
        return []
    try:
        return over.at(max(0.0, call.world.now.timestamp() - at)).of(expression)
    except Unsupported:
        return []


def _query(call: Call) -> Response:
    at = _instant(call, "time")
    value = _value(call, _expression(call), at, Evaluation(_visible(call)))
    if isinstance(value, float):
        return _done({"resultType": "scalar", "result": [at, _text(value)]})
    rows = [{"metric": dict(one.labels), "value": [at, _text(one.value)]} for one in value]
    return _done({"resultType": "vector", "result": rows})


def _query_range(call: Call) -> Response:
    start, end = _instant(call, "start"), _instant(call, "end")
    step = _step(call)
    if step <= 0 or (end - start) / step > _MOST_POINTS:
        raise Malformed("exceeded maximum resolution of 11,000 points")
    expression, over = _expression(call), Evaluation(_visible(call))
    rows: dict[frozenset[tuple[str, str]], list[list[float | str]]] = {}
    for count in range(int((end - start) // step) + 1):
        at = start + count * step
        value = _value(call, expression, at, over)
        for one in [Sample(frozenset(), value)] if isinstance(value, float) else value:
            rows.setdefault(one.labels, []).append([at, _text(one.value)])
    matrix = [{"metric": dict(labels), "values": values} for labels, values in rows.items()]
    return _done({"resultType": "matrix", "result": matrix})


def _matching(call: Call) -> list[Series]:
    """The series of `match[]`; all where nothing is asked."""
    visible = _visible(call)
    text = _asked(call, "match[]")
    if not text:
        return list(visible)
    try:
        selector = parse(text)
    except Unsupported:
        return []
    return select(visible, selector) if isinstance(selector, Selector) else []


def _series(call: Call) -> Response:
    return _done([dict(labels_of(one)) for one in _matching(call)])


def _label_values(call: Call) -> Response:
    label = call.part("label")
    values = {dict(labels_of(one)).get(label) for one in _matching(call)}
    return _done(sorted(value for value in values if value))


def _labels(call: Call) -> Response:
    return _done(sorted({name for one in _matching(call) for name, _ in labels_of(one)}))


def _done(data: Json | list[Json] | list[str]) -> Response:
    return ok({"status": "success", "data": data})


def _instant(call: Call, name: str) -> float:
    """Seconds since 1970, from a number or RFC 3339; now where nothing was asked."""
    text = _asked(call, name)
    if not text:
        return call.world.now.timestamp()
    try:
        return float(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(f"cannot parse {name}") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _step(call: Call) -> float:
    """A number of seconds or a duration such as `5m`; a minute where nothing was asked."""
    text = _asked(call, "step") or "60"
    units = {"s": 1, "m": 60, "h": 3600, "d": 86400}
    scale = units.get(text[-1], 0)
    try:
        return float(text[:-1]) * scale if scale else float(text)
    except ValueError:
        raise Malformed("cannot parse step") from None


def _text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return str(int(value)) if value.is_integer() else repr(value)

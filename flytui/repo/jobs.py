"""Walks a workflow's jobs to every call of `fly`, through local actions and workflows."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flytui.repo.files import inside
from flytui.repo.fly_calls import FlyCall, Kind, call_of, fly_calls, token_of
from flytui.repo.parsing import Unreadable, from_yaml, text_of
from flytui.repo.scope import Condition, Scope, strings, values
from flytui.repo.scripts import Scripts
from flytui.repo.shell import commands, join

Table = Mapping[str, Any]
_MAX_FOLLOWED = 4
_MAX_COMBINATIONS = 24
_MAX_STEPS = 5_000
"""Jobs and steps looked at in one workflow, with all it calls."""
_REVIEW_ACTION = re.compile(
    r"[\w.-]+/(?:[\w.-]+-)?pr-review-apps@\S+|[\w.-]+/fly-pr-review[\w.-]*@\S+"
)


@dataclass(frozen=True, slots=True)
class Reached:
    """One call of `fly`, or one review-app action, and how a run gets there."""

    job: str
    """The job of the workflow that was started, not of one it calls."""
    call: FlyCall
    action: str | None
    """`superfly/fly-pr-review-apps@1.5.0`, when it is that action's."""
    conditions: tuple[Condition, ...]
    concurrency: bool
    setup: str | None
    """What brought flyctl along: an action with its version, or `install.sh`."""
    via: str | None
    """`file#job` of the reusable workflow, or the local action, the call stands in."""


@dataclass(slots=True)
class _Place:
    """Where the walk is within one job."""

    job: str
    scope: Scope
    conditions: tuple[Condition, ...]
    concurrency: bool
    folder: str = ""
    setup: str | None = None
    via: str | None = None
    followed: int = 0


_FLY_SECRET = re.compile(r"\bsecrets\.\w*FLY\w*TOKEN|\bsecrets\.\w*TOKEN\w*FLY", re.IGNORECASE)


class Walk:
    """One workflow's walk; notes the reusable workflows it could not look into."""

    def __init__(self, root: Path, scripts: Scripts) -> None:
        self.remote: list[str] = []
        self._root = root
        self._scripts = scripts
        self._left = _MAX_STEPS

    def reached(self, workflow: Table) -> Iterator[Reached]:
        """Every call of `fly` in the order of the file."""
        yield from self._jobs(workflow, Scope(), (), None)

    def _jobs(
        self,
        workflow: Table,
        inputs: Scope,
        conditions: tuple[Condition, ...],
        caller: "_Place | None",
    ) -> Iterator[Reached]:
        scope = replace(inputs, env={}).with_env(workflow.get("env"))
        jobs = _table(workflow, "jobs")
        for name, job in jobs.items():
            if not isinstance(job, Mapping) or not self._may_go_on():
                continue
            place = _Place(
                job=caller.job if caller else str(name),
                scope=scope,
                conditions=(*conditions, *_job_conditions(jobs, name, scope)),
                concurrency=any(owner.get("concurrency") for owner in (workflow, job))
                or bool(caller and caller.concurrency),
                folder=_run_folder(workflow, scope) or "",
                via=f"{caller.via}#{name}" if caller else None,
                followed=caller.followed if caller else 0,
            )
            yield from self._job(job, place)

    def _job(self, job: Table, place: _Place) -> Iterator[Reached]:
        for matrix in _combinations(job):
            scope = replace(place.scope, matrix=matrix).with_env(job.get("env"))
            here = replace(place, scope=scope)
            here.folder = _run_folder(job, scope) or place.folder
            if isinstance(uses := job.get("uses"), str):
                yield from self._reusable(uses, job, here)
            else:
                yield from self._steps(job.get("steps"), here)

    def _reusable(self, uses: str, job: Table, place: _Place) -> Iterator[Reached]:
        if not uses.startswith("./"):
            if job.get("secrets"):  # without them it has no token to deploy with
                self._note(uses)
            return
        path = join("", uses.partition("@")[0])
        workflow = self._document(path, place)
        if workflow is None:
            return
        call = _table(_table(workflow, "on"), "workflow_call")
        inputs = _inputs(call.get("inputs"), job.get("with"), place.scope)
        caller = replace(place, via=path, followed=place.followed + 1)
        yield from self._jobs(workflow, Scope(inputs=inputs), place.conditions, caller)

    def _steps(self, steps: object, place: _Place) -> Iterator[Reached]:
        for step in steps if isinstance(steps, list) else ():
            if isinstance(step, Mapping) and self._may_go_on():
                yield from self._step(step, place)

    def _may_go_on(self) -> bool:
        self._left -= 1
        return self._left > 0

    def _step(self, step: Table, place: _Place) -> Iterator[Reached]:
        scope = place.scope.with_env(step.get("env"))
        conditions = (*place.conditions, Condition(step.get("if"), scope))
        here = replace(place, scope=scope, conditions=conditions)
        if isinstance(run := step.get("run"), str):
            here.folder = _working_folder(step, scope) or place.folder
            yield from self._run(run, here)
            if "fly.io/install.sh" in run:
                place.setup = "install.sh"
        elif isinstance(uses := step.get("uses"), str):
            if re.match(r"[\w.-]+/(?:flyctl-actions/)?setup-flyctl@|docker://flyio/flyctl", uses):
                place.setup = uses
            yield from self._uses(uses.strip(), step, here)

    def _run(self, script: str, place: _Place) -> Iterator[Reached]:
        variables = place.scope.variables()
        text = place.scope.text(script)
        for call in fly_calls(text, place.folder, variables, self._scripts):
            if call.kind is not Kind.SCRIPT or _may_deploy(call, text, place):
                yield _reached(place, call)

    def _uses(self, uses: str, step: Table, place: _Place) -> Iterator[Reached]:
        given = {key: place.scope.text(value) for key, value in strings(step.get("with")).items()}
        if uses.startswith("./"):
            yield from self._local_action(uses, given, place)
        elif _REVIEW_ACTION.fullmatch(uses):
            yield _reached(place, _review_call(given, place), action=uses)
        elif re.match(r"[\w.-]+/flyctl-actions@|docker://(?:[\w./-]+/)?flyctl(?:[:@]|$)", uses):
            place.setup = uses
            arguments = next(commands(f"fly {given.get('args', '')}", "", {}), None)
            words = arguments.words[1:] if arguments else ()
            call = call_of(words, "", place.scope.variables())
            if call is not None:
                yield _reached(place, call)
        else:
            if any(_FLY_SECRET.search(value) for value in given.values()):
                self._note(uses)
            for key in ("command", "run", "script", "cmd"):
                yield from self._run(given.get(key, ""), place)

    def _note(self, uses: str) -> None:
        if uses not in self.remote:
            self.remote.append(uses)

    def _local_action(self, uses: str, given: dict[str, str], place: _Place) -> Iterator[Reached]:
        folder = join("", uses)
        names = (f"{folder}/action.yml", f"{folder}/action.yaml")
        path = next((name for name in names if inside(self._root, name)), None)
        action = self._document(path, place) if path else None
        if action is None:
            return
        inputs = _inputs(action.get("inputs"), given, place.scope)
        scope = Scope(env=place.scope.env, inputs=inputs)
        inner = replace(place, scope=scope, via=path, followed=place.followed + 1, folder="")
        yield from self._steps(_table(action, "runs").get("steps"), inner)

    def _document(self, path: str, place: _Place) -> Table | None:
        file = inside(self._root, path)
        if file is None or place.followed >= _MAX_FOLLOWED:
            return None
        try:
            content = from_yaml(text_of(file))
        except Unreadable:
            return None  # as a workflow of its own it is reported; an action fails when it runs
        return content if isinstance(content, Mapping) else None


def _reached(place: _Place, call: FlyCall, action: str | None = None) -> Reached:
    return Reached(
        job=place.job,
        call=call,
        action=action,
        conditions=place.conditions,
        concurrency=place.concurrency,
        setup=place.setup,
        via=place.via,
    )


def _may_deploy(call: FlyCall, text: str, place: _Place) -> bool:
    """A script nobody can look into deploys when flyctl is there and its name says so."""
    named = re.search(r"deploy|release|review|preview|fly", call.text, re.IGNORECASE)
    return bool(named) and (place.setup is not None or "fly.io/install.sh" in text)


def _review_call(given: dict[str, str], place: _Place) -> FlyCall:
    variables = place.scope.variables()
    return FlyCall(
        kind=Kind.DEPLOY,
        app=given.get("name"),
        config=given.get("config"),
        folder="",
        organization=given.get("org") or variables.get("FLY_ORG"),
        token=token_of(variables),
        text="",
    )


def _job_conditions(jobs: Table, name: object, scope: Scope) -> tuple[Condition, ...]:
    """The job's `if` and those of the jobs it needs, which would skip it along with them."""
    found, waiting, seen = [], [name], set()
    while waiting:
        current = waiting.pop()
        job = jobs.get(str(current))
        if not isinstance(job, Mapping) or current in seen:
            continue
        seen.add(current)
        condition = Condition(job.get("if"), scope)
        found.append(condition)
        needs = job.get("needs")
        if not condition.ignores_others:
            waiting += needs if isinstance(needs, list) else [needs]
    return tuple(found)


def _combinations(job: Table) -> list[dict[str, Any]]:
    """Matrix values by name, one table a combination; one empty table without a matrix."""
    matrix = _table(_table(job, "strategy"), "matrix")
    listed = {k: v for k, v in matrix.items() if k not in ("include", "exclude")}
    axes = {str(k): v for k, v in listed.items() if isinstance(v, list) and v}
    names, lists = list(axes), list(axes.values())
    product = itertools.islice(itertools.product(*lists), _MAX_COMBINATIONS)
    tables: list[dict[str, Any]] = [dict(zip(names, one, strict=True)) for one in product]
    include = matrix.get("include")
    extra = (
        [one for one in include if isinstance(one, Mapping)] if isinstance(include, list) else []
    )
    if extra:
        tables = [*(tables if axes else []), *({**one} for one in extra)]
    return [_flat(table) for table in tables[:_MAX_COMBINATIONS]]


def _flat(table: Table) -> dict[str, Any]:
    """`matrix.app` and, for a table within, `matrix.app.config`."""
    found: dict[str, Any] = dict(values(table))
    for name, value in table.items():
        found |= {f"{name}.{key}".lower(): inner for key, inner in values(value).items()}
    return found


def _inputs(declared: object, given: object, scope: Scope) -> dict[str, Any]:
    """What the called file sees as `inputs`: given ones, else their defaults."""
    tables = declared if isinstance(declared, Mapping) else {}
    defaults = {str(name): _table(tables, name).get("default") for name in tables}
    found = {name: value for name, value in values(defaults).items() if value != ""}
    for name, value in values(given).items():
        found[name] = scope.text(value) if isinstance(value, str) else value
    return found


def _run_folder(owner: Table, scope: Scope) -> str | None:
    return _working_folder(_table(_table(owner, "defaults"), "run"), scope)


def _working_folder(table: Table, scope: Scope) -> str | None:
    written = table.get("working-directory")
    return join("", scope.text(written)) if isinstance(written, str) else None


def _table(owner: object, key: object) -> Table:
    found = owner.get(key) if isinstance(owner, Mapping) else None
    return found if isinstance(found, Mapping) else {}

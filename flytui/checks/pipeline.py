"""Whether the workflow jobs that deploy an app do so on each push, with a token kept secret."""

from collections.abc import Iterator

from flytui.checks.remedies_cicd import deploy_token, deploy_workflow, github_secret, token_pages
from flytui.checks.words import count, listed
from flytui.checks.workflows import Deploy, broken_workflows, continuous, triggers
from flytui.facts import project
from flytui.finding import Evidence, Finding, Resource, Status, evidence, worst
from flytui.fly.models import App
from flytui.remedy import Edit, Remedy
from flytui.repo import Checkout

_TOKEN = "env:\n  FLY_API_TOKEN: ${{ secrets.FLY_API_TOKEN }}\n"  # noqa: S105  (a reference)


def pipeline(
    app: App, checkout: Checkout, found: list[Deploy], seen: tuple[Evidence, ...]
) -> Finding:
    """Good when one job deploys on each push and every job keeps its token secret."""
    steady = [d for d in found if continuous(d.step, checkout.default_branch)]
    rows = tuple(_job(d, app, checkout) for d in found)
    broken = tuple(_broken(checkout))
    status = worst(r.status for r in (*rows, *broken))
    summary = f"{count(len(steady), 'workflow job')} deploy{'s' if len(steady) == 1 else ''}"
    summary += f" {app.name} from the repository."
    remedies: tuple[Remedy, ...] = tuple(dict.fromkeys(r for row in rows for r in row.remedies))
    if not steady:
        status = worst((status, Status.ADVICE))
        branch = checkout.default_branch or "main"
        summary = f"{count(len(found), 'workflow job')} can deploy {app.name}, 0 on a push to"
        summary += f" {branch}: {listed(sorted({triggers(d.step) for d in found}))}."
        remedies = (deploy_workflow(app, checkout), *remedies)
    elif status is not Status.OK:
        summary = next(r.summary for r in (*rows, *broken) if r.status is status)
    return Finding(
        status,
        summary,
        evidence=(*(e for r in (*rows, *broken) for e in r.evidence), *seen),
        resources=(*rows, *broken),
        remedies=remedies,
    )


def _job(deploy: Deploy, app: App, checkout: Checkout) -> Resource:
    status = Status.OK
    fixes: tuple[Remedy, ...] = ()
    summary = f"1 job deploys {app.name}: {deploy.place}."
    if deploy.step.token_from_secret is not True:
        status = Status.ADVICE
        fixes = (_token_edit(deploy), deploy_token(app), *github_secret(checkout))
        summary = f"1 job deploys {app.name} without any Fly.io token in sight: {deploy.place}."
    if deploy.step.token_from_secret is False:
        summary = f"1 token of {deploy.place} does not come from the repository's secrets."
    return Resource("workflow job", deploy.place, status, summary, tuple(_evidence(deploy)), fixes)


def _token_edit(deploy: Deploy) -> Edit:
    return Edit(
        deploy.workflow.path,
        "Take the token from a secret",
        "Nobody but the workflow can read a repository's secrets.",
        _TOKEN,
        note="Commit and push the change.",
    )


def _evidence(deploy: Deploy) -> Iterator[Evidence]:
    step = deploy.step
    yield evidence(f"Deploy job {deploy.place}", f"on {triggers(step)}", project.checkout)
    if step.condition:
        yield evidence("Runs only if", step.condition, project.checkout)
    if not step.concurrency:
        yield evidence("Concurrency", "2 deploys may run at the same time", project.checkout)
    if step.pinned is False:
        yield evidence("Version of setup-flyctl", "follows a branch", project.checkout)


def _broken(checkout: Checkout) -> Iterator[Resource]:
    for file in broken_workflows(checkout):
        line = f", line {file.line}" if file.line else ""
        yield Resource(
            "workflow",
            file.path,
            Status.ADVICE,
            f"1 workflow cannot be read: {file.path}{line}: {file.problem}",
            (evidence("Broken file", f"{file.path}{line}", project.checkout),),
        )


def leaked(app: App, checkout: Checkout) -> tuple[Resource, ...]:
    """A row for each workflow in which a Fly.io token stands in clear; never the token."""
    return tuple(
        Resource(
            "workflow",
            w.path,
            Status.ACTION,
            f"{count(len(w.leaked_token_lines), 'Fly.io token')} can be read in {w.path}.",
            tuple(
                evidence("Token in plain text", f"{w.path}, line {line}", project.checkout)
                for line in w.leaked_token_lines
            ),
            (
                *token_pages(app),
                deploy_token(app),
                *github_secret(checkout),
                Edit(
                    w.path,
                    "Take the token from a secret",
                    "Nobody but the workflow can read a repository's secrets.",
                    _TOKEN,
                    note="The token stays in git's history: revoke it, too.",
                ),
            ),
        )
        for w in checkout.workflows
        if w.leaked_token_lines
    )

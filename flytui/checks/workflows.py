"""What the checkout's workflows say about one app."""

from dataclasses import dataclass

from flytui.facts.fact import Unseen
from flytui.fly.models import App
from flytui.repo import BrokenFile, Checkout, LocalConfig, Workflow
from flytui.repo.branches import matches
from flytui.repo.checkout import DeployStep, ReviewStep

_FOLDER = ".github/workflows/"


@dataclass(frozen=True, slots=True)
class Deploy:
    """A step that deploys, with the workflow it stands in."""

    workflow: Workflow
    step: DeployStep

    @property
    def place(self) -> str:
        return f"{self.workflow.path}#{self.step.job}"


@dataclass(frozen=True, slots=True)
class Review:
    """A step that makes review apps, with the workflow it stands in."""

    workflow: Workflow
    step: ReviewStep

    @property
    def place(self) -> str:
        return f"{self.workflow.path}#{self.step.job}"


def deploys(checkout: Checkout) -> tuple[Deploy, ...]:
    return tuple(Deploy(w, step) for w in checkout.workflows for step in w.deploys)


def reviews(checkout: Checkout) -> tuple[Review, ...]:
    return tuple(Review(w, step) for w in checkout.workflows for step in w.reviews)


def continuous(step: DeployStep, default_branch: str | None) -> bool:
    """Whether a push to the default branch, a release or another workflow's end starts it."""
    branches = (default_branch,) if default_branch else ("main", "master")
    if any(matches(step.on_push_to, branch) for branch in branches):
        return True
    return bool({"release", "workflow_run"} & set(step.other_triggers))


def triggers(step: DeployStep) -> str:
    """What starts it, in a reader's words."""
    pushes = [f"push to {', '.join(step.on_push_to)}"] if step.on_push_to else []
    return ", ".join([*pushes, *step.other_triggers]) or "nothing known"


def broken_workflows(checkout: Checkout) -> tuple[BrokenFile, ...]:
    return tuple(b for b in checkout.broken if b.path.startswith(_FOLDER))


def absent(checkout: Checkout, app: App) -> Unseen | None:
    """Why the absence of a workflow would prove nothing here; None when it does."""
    if not checkout.is_repository:
        return Unseen(
            "There is no git checkout here, so its workflows cannot be seen.",
            f"Start flytui in the folder of {app.name}'s repository.",
        )
    if not _belongs(checkout, app):
        return Unseen(
            f"No fly.toml or workflow of this checkout names {app.name}.",
            f"Start flytui in the folder of {app.name}'s repository.",
        )
    if broken := broken_workflows(checkout):
        line = f", line {broken[0].line}" if broken[0].line else ""
        return Unseen(
            f"{broken[0].path}{line} cannot be read: {broken[0].problem}",
            "Correct the file, then look again.",
        )
    remote = sorted({r for w in checkout.workflows for r in w.remote_workflows})
    if remote:
        return Unseen(
            f"{remote[0]} is a workflow of another repository, which cannot be seen from here.",
            "Look at it there, and note in a review what it does.",
        )
    return None


def _belongs(checkout: Checkout, app: App) -> bool:
    """Whether this may be the app's checkout: it names the app, or no app at all."""
    configs = (checkout.config, *checkout.other_configs)
    named = {c.app for c in configs if isinstance(c, LocalConfig) and c.app}
    named |= {d.step.app for d in deploys(checkout) if d.step.app}
    return not named or app.name in named

"""What was read from the checkout, as values; a broken file is a value too."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flytui.repo.branches import starts_on


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that cannot be read as what its name promises."""

    path: str
    """Relative to the checkout."""
    problem: str
    """One sentence."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LocalService:
    """`[http_service]` or one of `[[services]]`, as flyctl reads them."""

    protocol: str
    internal_port: int | None
    auto_stop: str | None
    """`off`, `stop`, `suspend`; None when the file does not say."""
    auto_start: bool | None
    min_machines_running: int | None
    ports: tuple[tuple[int, tuple[str, ...]], ...]
    """(port, handlers)."""
    concurrency_type: str | None
    soft_limit: int | None
    hard_limit: int | None
    checks: tuple[str, ...]
    """The kind of each check: `http`, `tcp`."""
    processes: tuple[str, ...]
    force_https: bool = False
    from_http_service: bool = False
    """It is the `[http_service]`, to which Fly.io gives ports 80 and 443."""
    port_ranges: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    """(first port, last port, handlers)."""


@dataclass(frozen=True, slots=True)
class LocalVm:
    """One `[[vm]]`, as written."""

    size: str | None
    cpu_kind: str | None
    cpus: int | None
    memory_mb: int | None
    processes: tuple[str, ...]
    gpus: int | None = None
    gpu_kind: str | None = None
    host_dedication_id: str | None = None


@dataclass(frozen=True, slots=True)
class LocalConfig:
    """A fly.toml, fly.json or fly.yaml."""

    path: str
    """Relative to the checkout."""
    app: str | None
    primary_region: str | None
    process_groups: tuple[str, ...]
    """`("app",)` when the file names none."""
    services: tuple[LocalService, ...]
    vms: tuple[LocalVm, ...]
    swap_size_mb: int | None
    top_level_checks: tuple[str, ...]
    """Kinds of the checks outside services."""
    strategy: str | None
    release_command: str | None
    metrics: tuple[dict[str, Any], ...]
    mounts: tuple[dict[str, Any], ...]
    env: dict[str, str] = field(repr=False)
    """Values may be secrets: never shown, logged or kept."""
    build_args: dict[str, str] = field(repr=False)
    unknown_keys: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """Values flyctl refuses although the file can be read; one sentence each."""
    image: str | None = None
    """`[build] image`."""
    dockerfile: str | None = None
    """`[build] dockerfile`, as written."""
    raw_files: tuple[str, ...] = ()
    """Guest paths of `[[files]]` whose content stands in the file itself."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """One GitHub workflow, reduced to what the CI/CD items ask."""

    path: str
    deploys: tuple["DeployStep", ...]
    """Steps that deploy to Fly.io."""
    reviews: tuple["ReviewStep", ...]
    """Steps that create review apps."""
    leaked_token_lines: tuple[int, ...] = ()
    """Lines on which a literal Fly.io token stands."""
    remote_workflows: tuple[str, ...] = ()
    """Reusable workflows and actions of other repositories that are handed secrets.

    Nobody here can look into them, so they may deploy.
    """
    name: str | None = None
    """Its `name`, by which other workflows wait for it."""


@dataclass(frozen=True, slots=True)
class DeployStep:
    job: str
    app: str | None
    """`-a`, or the app of the `-c` file or of the working folder's fly.toml; None when unknown."""
    config: str | None
    on_push_to: tuple[str, ...]
    """Branches whose push starts it; `("*",)` for all; empty when no push does."""
    other_triggers: tuple[str, ...]
    token_from_secret: bool | None
    """None: no token seen at all."""
    concurrency: bool
    pinned: bool | None
    """The setup action stands at a tag or commit, not a branch; None without such an action."""
    condition: str | None = None
    """The job's or step's `if`."""
    after_workflow: tuple[str, ...] = ()
    """Names of workflows whose end starts it; `workflow_run` is among the other triggers then."""
    after_push_to: tuple[str, ...] = ()
    """Branches on which those must have run; empty when none of them is started by a push."""
    waits_for_success: bool | None = None
    """It starts only after those succeeded; None when it waits for none."""
    via: str | None = None
    """The local reusable workflow (`file#job`) or action the command stands in."""
    app_given: str | None = None
    """`-a` as written when it holds an expression only a run can resolve."""

    def follows(self, branch: str | None) -> bool:
        """Whether a push to the branch deploys, at once or after another workflow.

        Without a known branch, whether a push to any does.
        """
        return starts_on(self.on_push_to, branch) or starts_on(self.after_push_to, branch)


@dataclass(frozen=True, slots=True)
class ReviewStep:
    job: str
    action: str | None
    """`superfly/fly-pr-review-apps@1.5.0`; None for a home-made one."""
    on_pull_request: bool
    closes: bool
    """`closed` is among the types, so the review app is destroyed."""
    organization: str | None
    token_from_secret: bool | None
    concurrency: bool
    app: str | None = None
    """The app's name as written, usually with an expression for the pull request's number."""
    pinned: bool | None = None
    """As for `DeployStep`."""
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A dependency manifest, such as package.json, pyproject.toml, Gemfile, mix.exs, go.mod."""

    path: str
    language: str
    """`javascript`, `python`, `ruby`, `elixir`, `go`, `rust`, `php`, …"""
    dependencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Checkout:
    """Everything read from one folder. `read(root)` in `flytui.repo.reading` makes it."""

    root: Path
    config: LocalConfig | BrokenFile | None
    """The file flyctl would use in this folder: fly.toml, fly.json, fly.yaml, in that order."""
    other_configs: tuple[LocalConfig | BrokenFile, ...] = ()
    """fly.staging.toml and the like, anywhere in the checkout."""
    workflows: tuple[Workflow, ...] = ()
    broken: tuple[BrokenFile, ...] = ()
    """Workflows and manifests that cannot be read."""
    manifests: tuple[Manifest, ...] = ()
    github: str | None = None
    """`owner/name` of the GitHub remote; None without one."""
    default_branch: str | None = None
    other_ci: tuple[str, ...] = ()
    """Files of other CI systems that call flyctl."""
    is_repository: bool = False
    """Whether there is a git repository, so that absence of a workflow means something."""
    top: Path | None = None
    """The repository's top folder, when `root` lies below it.

    Paths of workflows, of other CI files and in deploy steps are relative to it.
    """
    complete: bool = True
    """False when the checkout was too large to be walked to its end."""
    stranger: bool = False
    """It says nothing about the app in question: it is the folder of others, or of none."""

    def config_for(self, app: str) -> LocalConfig | None:
        """The configuration that names this app: the folder's own, else another in the checkout."""
        found = [c for c in (self.config, *self.other_configs) if isinstance(c, LocalConfig)]
        return next((c for c in found if c.app == app), None)

    def seen_from(self, app: str) -> "Checkout":
        """As it is, where a configuration or a deployment in it names the app; else a stranger."""
        deployed = {step.app for workflow in self.workflows for step in workflow.deploys}
        known = self.config_for(app) is not None or app in deployed
        return replace(self, stranger=not known)

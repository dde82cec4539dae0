"""Reads a checkout from its folder; whatever cannot be read becomes a value, never an error."""

from pathlib import Path

from flytui.repo.checkout import BrokenFile, Checkout, LocalConfig, Manifest
from flytui.repo.config import read_config
from flytui.repo.documents import AppOf
from flytui.repo.files import OWN_CONFIGS, Found, find, inside, own_config
from flytui.repo.git import repository
from flytui.repo.manifest import read_manifest
from flytui.repo.other_ci import calling_fly
from flytui.repo.scripts import Scripts
from flytui.repo.workflow import read_workflows
from flytui.text import one_line


def read(root: Path, *, default_branch: str | None = None) -> Checkout:
    """Everything the checks want to know of `root`; `default_branch` overrides what git says."""
    root = root.absolute()
    git = repository(root)
    top = git.top or root
    found = find(root)
    above = found if top == root else find(top)
    own = own_config(root)
    branch = default_branch or git.default_branch
    packages = tuple(path for path in above.manifests if path.endswith("package.json"))
    scripts = Scripts(top, packages)
    workflows, broken = read_workflows(top, above.workflows, scripts, branch, _app_finder(top))
    manifests = [read_manifest(root, path) for path in found.manifests]
    return Checkout(
        root=root,
        config=read_config(root, own, certain=True) if own else None,
        other_configs=_other_configs(root, own, found),
        workflows=workflows,
        broken=(*broken, *(item for item in manifests if isinstance(item, BrokenFile))),
        manifests=tuple(item for item in manifests if isinstance(item, Manifest)),
        github=git.github,
        default_branch=branch,
        other_ci=calling_fly(top, above.other_ci, scripts),
        is_repository=git.top is not None,
        top=None if top == root else top,
        complete=found.complete and above.complete,
    )


def _app_finder(root: Path) -> AppOf:
    """Which app flyctl would take from `-c` or from the folder it runs in."""

    def find_app(config: str | None, folder: str) -> tuple[str | None, str | None]:
        if config is not None:
            paths: tuple[str, ...] = (config, f"{config}/{OWN_CONFIGS[0]}")
        else:
            paths = tuple(f"{folder}/{name}".lstrip("/") for name in OWN_CONFIGS)
        path = next((path for path in paths if inside(root, path)), None)
        if path is None:
            return None, None if config is None else one_line(config, 200)
        content = read_config(root, path, certain=True)
        return (content.app if isinstance(content, LocalConfig) else None), path

    return find_app


def _other_configs(
    root: Path, own: str | None, found: Found
) -> tuple[LocalConfig | BrokenFile, ...]:
    paths = (path for path in found.configs if path != own)
    configs = (read_config(root, path, certain=False) for path in paths)
    return tuple(config for config in configs if config is not None)

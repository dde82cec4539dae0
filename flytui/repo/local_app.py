"""The app a folder belongs to, told at once: for the first frame."""

from pathlib import Path

from flytui.repo.checkout import LocalConfig
from flytui.repo.config import read_config
from flytui.repo.files import configs_in, own_config
from flytui.text import is_file_name


def local_app(root: Path) -> str | None:
    """The `app` of the folder's own configuration; None when there is none to be read.

    Only a fly.yaml makes this import YAML.
    """
    name = own_config(root)
    config = read_config(root, name, certain=True) if name else None
    return config.app if isinstance(config, LocalConfig) else None


def named_apps(root: Path) -> tuple[tuple[str, str], ...]:
    """Configurations in the folder itself that name an app, each with that app."""
    found = ((name, read_config(root, name, certain=False)) for name in configs_in(root))
    return tuple(
        (name, config.app)
        for name, config in found
        if isinstance(config, LocalConfig) and config.app and is_file_name(config.app)
    )

"""The app a folder belongs to, told at once: for the first frame."""

from pathlib import Path

from flytui.repo.checkout import LocalConfig
from flytui.repo.config import read_config
from flytui.repo.files import own_config


def local_app(root: Path) -> str | None:
    """The `app` of the folder's own configuration; None when there is none to be read.

    Only a fly.yaml makes this import YAML.
    """
    name = own_config(root)
    config = read_config(root, name, certain=True) if name else None
    return config.app if isinstance(config, LocalConfig) else None

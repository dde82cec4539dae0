"""Whatever a file holds, reading the checkout ends and raises nothing."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flytui.repo.local_app import local_app
from flytui.repo.reading import read
from tests.repo.builders import write

NAMES = (
    "fly.toml",
    "fly.json",
    "fly.yaml",
    "fly.staging.toml",
    ".github/workflows/a.yml",
    "package.json",
    "pyproject.toml",
    "Gemfile.lock",
    "Dockerfile",
    ".git/config",
)
WORDS = str.split(
    "app services http_service vm memory concurrency env processes checks on jobs steps run uses if"
    " with needs strategy matrix push branches fly deploy [ ] { } : = - ' \" # | > & * ! ${{ }} ( )"
    " github.ref && || == main ./x ../x 1 true null \\ << EOF $(  ` cd yarn"
)
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", "\n", "\n  ", "\n    ", ": "])),
    max_size=40,
).map(lambda pieces: "".join(word + gap for word, gap in pieces))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(NAMES), text=TEXTS | st.text(max_size=60))
def test_any_text_in_any_file_is_survived(name: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, {".git/HEAD": "ref: refs/heads/main\n"})
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        assert read(root).root == root
        local_app(root)


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS[:24]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.dictionaries(st.sampled_from(WORDS[:24]), JSON_LIKE, max_size=6))
def test_any_shape_of_settings_and_workflows_is_survived(content: object) -> None:
    text = json.dumps(content)
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), {"fly.json": text, ".github/workflows/a.yml": text})
        assert read(root).root == root


@pytest.mark.parametrize("name", ["fly.toml", "fly.json"])
def test_the_apps_name_costs_neither_yaml_nor_pydantic(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: '{"app": "quick"}' if name.endswith("json") else 'app = "quick"'})
    program = (
        "import sys, pathlib\n"
        "from flytui.repo.local_app import local_app\n"
        "print(local_app(pathlib.Path(sys.argv[1])))\n"
        "print(sorted({'yaml', 'pydantic', 'httpx', 'textual', 'asyncio'} & set(sys.modules)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert result.stdout == "quick\n[]\n"

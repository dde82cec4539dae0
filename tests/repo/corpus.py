"""Scores the local checkout against a corpus of public projects beside the repository.

`python -m tests.repo.corpus` prints the score of each column and every disagreement.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flytui.repo.checkout import BrokenFile, Checkout, LocalConfig, LocalService
from flytui.repo.config import read_config
from flytui.repo.dependencies import arcjet_dependencies, sentry_dependencies
from flytui.repo.javascript import app_is_javascript
from flytui.repo.reading import read
from flytui.repo.secret_names import looks_secret
from flytui.repo.shapes import megabytes

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
Row = dict[str, str]


@dataclass(frozen=True)
class Disagreement:
    column: str
    project: str
    expected: str
    found: str


@dataclass(frozen=True)
class Score:
    right: dict[str, int]
    total: dict[str, int]
    disagreements: tuple[Disagreement, ...]


def score(corpus: Path) -> Score:
    """Each cell of the truth table that can be scored, compared."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: list[Disagreement] = []
    for row in _rows(corpus):
        for column, expected, found, agrees in _cells(corpus, row):
            total[column] += 1
            right[column] += agrees
            if not agrees:
                wrong.append(Disagreement(column, row["project"], expected, found))
    return Score(dict(right), dict(total), tuple(wrong))


def _rows(corpus: Path) -> list[Row]:
    with (corpus / "TRUTH.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if (corpus / row["half"]).is_dir()]


Cell = tuple[str, str, str, bool]


def _cells(corpus: Path, row: Row) -> Iterator[Cell]:
    root = corpus / row["half"] / row["project"]
    if root.is_file():
        config = read_config(root.parent, root.name, certain=True)
        yield from _config_cells(row, {row["config_files"]: config} if config else {})
        return
    checkout = read(root, default_branch=row["default_branch"] or None)
    configs = {c.path: c for c in (checkout.config, *checkout.other_configs) if c is not None}
    yield from _config_cells(row, configs)
    yield from _workflow_cells(row, checkout)
    yield from _dependency_cells(row, checkout)


def _config_cells(row: Row, configs: dict[str, LocalConfig | BrokenFile]) -> Iterator[Cell]:
    names = row["config_files"]
    if names.startswith("none"):
        yield "config_files", names, ", ".join(configs), not configs
        return
    paths = [re.sub(r"\s*\(.*\)", "", name).strip() for name in names.split(" | ")]
    yield "config_files", names, ", ".join(configs), set(paths) == set(configs)
    for column, read_cell in _CONFIG_COLUMNS.items():
        cells = (
            row[column].split("|") if len(paths) > 1 and row[column] else [row[column]] * len(paths)
        )
        for path, cell in zip(paths, [cell.strip() for cell in cells], strict=True):
            config = configs.get(path)
            if isinstance(config, LocalConfig):
                expected, found = read_cell(cell, config)
                yield column, f"{path}: {cell}", str(found), expected == found
            elif column == "app_name":
                agrees = isinstance(config, BrokenFile) and cell.startswith(("(INV", "(UNR"))
                yield column, f"{path}: {cell}", str(config), agrees
            elif cell:
                yield column, f"{path}: {cell}", str(config), False


Pair = tuple[object, object]


def _plain(of: Callable[[LocalConfig], object]) -> Callable[[str, LocalConfig], Pair]:
    def read_cell(cell: str, config: LocalConfig) -> Pair:
        value = of(config)
        return cell, "" if value is None else str(value)

    return read_cell


def _per_service(of: Callable[[LocalService], object]) -> Callable[[str, LocalConfig], Pair]:
    """The first service's value, or every service's where the table lists them."""

    def read_cell(cell: str, config: LocalConfig) -> Pair:
        parts = [re.sub(r"\((?!none).*?\)", "", part) for part in cell.split(";")]
        expected = [_stop(word.strip()) for part in parts for word in part.split(",")]
        services = config.services if len(expected) > 1 else config.services[:1]
        found = [_word(of(service)) for service in services] or [""]
        return expected, found

    return read_cell


def _stop(word: str) -> str:
    return {"bool:true": "stop", "bool:false": "off", "(none)": ""}.get(word, word)


def _word(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _vms(cell: str, config: LocalConfig) -> Pair:
    expected = []
    for part in cell.split(" + ") if cell else ():
        table = dict(item.split("=", 1) for item in part.split(";"))
        table.pop("kind", None)
        if "memory" in table:
            table["memory_mb"] = str(megabytes(table.pop("memory")))
        expected.append(table)
    found = []
    for vm in config.vms:
        values = {
            "size": vm.size,
            "cpu_kind": vm.cpu_kind,
            "cpus": vm.cpus,
            "memory_mb": vm.memory_mb,
            "gpus": vm.gpus,
            "gpu_kind": vm.gpu_kind,
            "host_dedication_id": vm.host_dedication_id,
            "processes": ",".join(vm.processes) or None,
        }
        found.append({k: str(v) for k, v in values.items() if v is not None})
    for table in expected:
        if "processes" not in table:  # the table leaves the default group out
            for vm_table in found:
                if vm_table.get("processes") == "app":
                    del vm_table["processes"]
    return expected, found


def _checks(cell: str, config: LocalConfig) -> Pair:
    kinds = re.findall(r"http|tcp|script", re.sub(r"\([^)]*\)", "", cell.partition(":")[2]))
    expected = (int(cell.partition(":")[0] or 0), sorted(kinds))
    found = sorted([*config.top_level_checks, *(c for s in config.services for c in s.checks)])
    return expected, (len(found), found)


def _concurrency(cell: str, config: LocalConfig) -> Pair:
    if "INVALID" in cell:
        return True, any("concurrency" in problem for problem in config.problems)
    pattern = r"(\(no type\)|\w+)(?: hard=(\d+))?(?: soft=(\d+))?(?=\s*(?:;|$|\())"
    limits = re.findall(pattern, cell)
    expected = {(t.replace("(no type)", ""), h, s) for t, h, s in limits if h or s}
    found = {
        (s.concurrency_type or "", _word(s.hard_limit), _word(s.soft_limit))
        for s in config.services
        if s.concurrency_type or s.soft_limit is not None or s.hard_limit is not None
    }
    return expected, found


def _metrics(cell: str, config: LocalConfig) -> Pair:
    expected = [
        dict(re.findall(r"(port|path|processes)=(\S+)", re.sub(r"\(.*\)", "", part)))
        for part in (cell.split(" + ") if cell else ())
    ]
    found = []
    for metric in config.metrics:
        table = {k: str(v) for k, v in metric.items() if k in ("port", "path")}
        if metric["processes"]:
            table["processes"] = ",".join(metric["processes"])
        found.append(table)
    return expected, found


def _mounts(cell: str, config: LocalConfig) -> Pair:
    expected = [re.sub(r"\s*\(.*?\)", "", part) for part in cell.split(" + ")] if cell else []
    found = [f"{mount.get('source')}:{mount.get('destination')}" for mount in config.mounts]
    return expected, found


def _secrets(cell: str, config: LocalConfig) -> Pair:
    expected = set(filter(None, re.split(r",\s*", re.sub(r"\(.*?\)", "", cell).strip())))
    found = {key for key, value in config.env.items() if looks_secret(key, value)}
    return {key.strip() for key in expected}, found


_CONFIG_COLUMNS: dict[str, Callable[[str, LocalConfig], Pair]] = {
    "app_name": _plain(lambda c: c.app),
    "process_groups": _plain(lambda c: len(c.process_groups)),
    "has_service": _plain(lambda c: "y" if c.services else "n"),
    "auto_stop": _per_service(lambda s: s.auto_stop),
    "auto_start": _per_service(lambda s: s.auto_start),
    "min_machines_running": _per_service(lambda s: s.min_machines_running),
    "primary_region": _plain(lambda c: c.primary_region),
    "swap_size_mb": _plain(lambda c: c.swap_size_mb),
    "vm": _vms,
    "health_checks": _checks,
    "concurrency": _concurrency,
    "deploy_strategy": _plain(lambda c: c.strategy),
    "release_command": _plain(lambda c: c.release_command),
    "metrics": _metrics,
    "mounts": _mounts,
    "secret_looking_env": _secrets,
}


def _workflow_cells(row: Row, checkout: Checkout) -> Iterator[Cell]:
    branch = row["default_branch"] or None
    deploys = [(w.path, s.job) for w in checkout.workflows for s in w.deploys if s.follows(branch)]
    reviews = [(w.path, s.job) for w in checkout.workflows for s in w.reviews if s.on_pull_request]
    for column, found in (("deploy_workflow", deploys), ("review_apps_workflow", reviews)):
        expected = row[column]
        if _is_scored(expected):
            yield column, expected, str(found), _same_jobs(expected, found)


def _is_scored(cell: str) -> bool:
    return not re.match(r"not captured|none captured|n/a", cell)


def _same_jobs(expected: str, found: list[tuple[str, str]]) -> bool:
    """The first job named must be found, and no job in a file the cell does not name."""
    if expected.startswith("none"):
        return not found
    named = expected.partition("->")[0]
    jobs = [
        (file.rpartition("/")[2], job) for file, job in re.findall(r"([\w./-]+)#([\w-]+)", named)
    ]
    ours = {(path.rpartition("/")[2], job) for path, job in found}
    files = {file for file, _ in jobs if file}
    return {job for job in jobs if job[0]} <= ours and {path for path, _ in ours} <= files


def _dependency_cells(row: Row, checkout: Checkout) -> Iterator[Cell]:
    for column, find in (
        ("uses_sentry", sentry_dependencies),
        ("uses_arcjet", arcjet_dependencies),
    ):
        expected, found = row[column], find(checkout.manifests)
        if _is_scored(expected):
            agrees = bool(found) != expected.startswith("none")
            yield column, expected, str(found), agrees and _named_there(expected, found)
    expected = row["js_app"]
    verdict = app_is_javascript(checkout)
    if _is_scored(expected):
        yield "js_app", expected, str(verdict), bool(verdict) == expected.startswith("y")


def _named_there(expected: str, found: Iterable[tuple[str, str]]) -> bool:
    """The SDKs the cell names are among ours; build tools need not be."""
    names = re.findall(r"@sentry/(?!cli|\w+-plugin)[\w-]+|sentry-[\w]+|@\w+/sentry", expected)
    return set(names) <= {name for name, _ in found}


def main() -> int:
    if not (CORPUS / "TRUTH.csv").is_file():
        print(f"No corpus at {CORPUS}.", file=sys.stderr)  # noqa: T201 - a command line
        return 2
    result = score(CORPUS)
    for column, total in result.total.items():
        print(f"{column:22} {result.right.get(column, 0):4} of {total}")  # noqa: T201 - as above
    for one in result.disagreements:
        print(f"\n{one.column} · {one.project}\n  truth  {one.expected}\n  ours   {one.found}")  # noqa: T201 - as above
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""GitHub workflows as what they deploy and which review apps they make."""

from collections.abc import Iterable
from pathlib import Path

from flytui.repo.checkout import BrokenFile, Workflow
from flytui.repo.deploys import deploy_steps
from flytui.repo.documents import AppOf, Repository, read_document
from flytui.repo.jobs import Walk
from flytui.repo.reviews import destroys, review_steps
from flytui.repo.scripts import Scripts
from flytui.repo.tokens import leaked_lines
from flytui.text import one_line


def read_workflows(
    root: Path,
    paths: Iterable[str],
    scripts: Scripts,
    default_branch: str | None,
    app_of: AppOf,
) -> tuple[tuple[Workflow, ...], tuple[BrokenFile, ...]]:
    """The workflows that can be read, and those that cannot."""
    documents, broken = [], []
    for path in paths:
        match read_document(root, path):
            case BrokenFile() as file:
                broken.append(file)
            case document:
                documents.append(document)
    repository = Repository(tuple(documents), default_branch, app_of)
    walks = [Walk(root, scripts) for _ in documents]
    calls = [tuple(walk.reached(one.content)) for one, walk in zip(documents, walks, strict=True)]
    closes = any(
        destroys(document, found, default_branch)
        for document, found in zip(documents, calls, strict=True)
    )
    workflows = tuple(
        Workflow(
            path=document.path,
            deploys=deploy_steps(document, found, repository),
            reviews=review_steps(document, found, repository, closes),
            leaked_token_lines=leaked_lines(document.text),
            remote_workflows=tuple(one_line(name, 200) for name in walk.remote),
            name=document.name,
        )
        for document, walk, found in zip(documents, walks, calls, strict=True)
    )
    return workflows, tuple(broken)

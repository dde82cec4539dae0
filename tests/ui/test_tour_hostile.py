"""Every screen of the tour with text from outside that would be something else: it stays text."""

from dataclasses import replace
from pathlib import Path

import pytest

from flytui.editing import FilePlan
from flytui.estate import Listed
from flytui.finding import Evidence, Finding, Resource, Status, Unseen, unknown
from flytui.remedy import Blank, Command, Edit, Link
from flytui.review import Decision
from flytui.review_history import Past
from flytui.settings.error import Named
from flytui.trouble import Trouble
from tests.ui.fake_session import NOW, FakeSession, findings, identity, release, review
from tests.ui.test_hostile import CONTROL, listed, raw
from tests.ui.tour import touring
from tests.ui.world import RUN, World, past

MARKUP = "[/etc] [@click=app.quit]x[/] [link=http://e]u[/link] a [b c] d [/ $error"
ESCAPES = "\x1b[31mred\x1b]0;t\x07\x1b]52;c;aGk=\x1b\\ \x9b31m\u202eright to left\u2066 a\nb\rc\td"
LONG = "x" * 10_000
TEXTS = {"markup": MARKUP, "escapes": ESCAPES, "long": LONG, "empty": ""}


def remedies(text: str) -> tuple[Command | Edit | Link, ...]:
    asks = Blank("hostname", text, r"[a-z0-9.-]+", (text,))
    blanks = replace(release(argv=("fly", text, "{hostname}"), title=text), blanks=(asks,))
    return (blanks, Edit(text, text, text, text, text), Link(text, text, text))


def told(text: str) -> Finding:
    seen = (Evidence(text, text, text, NOW),)
    run = release(argv=("fly", text), changes=text, dependents=(text,), undo=text, fly_asks=text)
    titled = replace(run, title=text, why=text)
    one = Resource(text, text, Status.ACTION, text, seen, (titled,))
    return Finding(Status.ACTION, text, seen, (one, one), (titled, *remedies(text)))


def hostile(text: str, folder: Path) -> World:
    """A world in which whoever can say anything says this."""
    found = findings(
        exposure=told(text),
        flycast=unknown(Unseen(text, text)),
        custom_domain=Finding(Status.ADVICE, text, remedies=remedies(text)),
    )
    kept = review("sso", found["sso"], note=text, by=text, decision=Decision.NOT_APPLICABLE)
    session = FakeSession(
        found,
        identity=identity(app=text or "a", organization=text or "o"),
        checklist=listed(text),
        reviews=[kept],
        problems=[ValueError(text)],
        output=[text, text],
        after=told(text + "!"),
    )
    session.by = text
    session.like = (text,)
    before = past().entries[0]
    recorded = replace(before, author=text, subject=text, review=kept, problem=text)
    session.pasts["exposure"] = Past((recorded, replace(recorded, review=None)), gap=text)
    said = {"by": text, "before": text, "after": text, "changed": (text,), "also": (text,)}
    entry = replace(RUN, argv=("fly", text), **said)  # type: ignore[arg-type]  # fields by name
    trouble = Trouble(text, text, f"{text} `fly {text}`", choices=(Named(text, text),))
    apps = tuple(Listed(f"{text}{n}", text, text, NOW) for n in range(3))
    return World(
        session,
        listed(text),
        {"of any kind": trouble},
        apps,
        folder,
        lambda edit: plan(edit, text, folder),
        entries=(entry, replace(entry, id="2", exit=1, ended=text)),
    )


def plan(edit: Edit, text: str, folder: Path) -> FilePlan:
    after = f"{text}\n+{text}\n".encode()
    return FilePlan(edit, folder / "fly.toml", text, folder, text.encode(), after)


@pytest.mark.parametrize("kind", TEXTS)
async def test_on_every_screen_text_from_outside_is_text(kind: str, tmp_path: Path) -> None:
    text, shown = TEXTS[kind], list[str]()
    async with touring(hostile(text, tmp_path), (80, 24)) as tour:

        async def see(name: str) -> None:
            assert not CONTROL.search(raw(tour.d)), name
            strips = tour.d.app.screen._compositor.render_strips()
            metas = (s.style.meta for strip in strips for s in strip if s.style)
            assert not {m.get("@click") for m in metas} & {"app.quit", "quit"}, name
            links = (s.style.link for strip in strips for s in strip if s.style)
            assert not any(links), name
            if "[/etc]" in raw(tour.d):
                shown.append(name)

        await tour.go(see)
        assert tour.d.app.return_code is None
        assert tour.d.session.ran
    if kind == "markup":
        assert len(shown) > 30

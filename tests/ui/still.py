"""Textual for tests: nothing depends on how fast the machine is, and nothing is drawn unseen.

A frame is made when nothing else is left to do, and never because of the time. Timers stand until a
test lets time pass; only what is put off for a moment, once, comes as soon as all is quiet.
"""

import asyncio
import heapq
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from operator import attrgetter
from weakref import WeakSet

import pytest
from textual._compositor import Compositor
from textual.app import App, ScreenStackError
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.timer import Timer

MOMENT = 0.5
"""Seconds: what is put off once for no longer is part of what a key does."""
ROUNDS = 1000
THREADS = 1.0
"""Seconds for what goes on in threads; one that a test keeps waiting is not waited for longer."""

_rules: dict[tuple[object, ...], list[RuleSet]] = {}


class Clock:
    """What timers wait for; it moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self._order = count()
        self._waiting: list[tuple[float, int, bool, asyncio.Event]] = []

    async def wait(self, seconds: float, *, once: bool) -> None:
        rung = asyncio.Event()
        moment = once and seconds <= MOMENT
        heapq.heappush(self._waiting, (self.now + seconds, next(self._order), moment, rung))
        try:
            await rung.wait()
        finally:
            self._waiting = [each for each in self._waiting if each[3] is not rung]
            heapq.heapify(self._waiting)

    def moment(self) -> bool:
        """Let what was put off for a moment come; False if there is nothing."""
        due = [each for each in self._waiting if each[2] and not each[3].is_set()]
        if due:
            min(due)[3].set()
        return bool(due)

    def next(self, until: float) -> bool:
        """Go on to what comes next; False if nothing comes until then."""
        due = [each for each in self._waiting if each[0] <= until and not each[3].is_set()]
        if due:
            self.now = max(self.now, min(due)[0])
            min(due)[3].set()
        else:
            self.now = until
        return bool(due)


_clock = Clock()


async def quiescent(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is ready to run, in threads neither; timers and sockets stand."""
    loop = asyncio.get_running_loop()
    calm, patience = 0, loop.time() + THREADS
    while calm < 3:
        threads = any(not work.done() for work in _threads) and loop.time() < patience
        await asyncio.sleep(0.001 if threads else 0)
        ready = loop._ready  # type: ignore[attr-defined]  # the one place that knows
        calm = calm + 1 if not (ready or threads) else 0


_submit = ThreadPoolExecutor.submit
_threads: WeakSet[Future[object]] = WeakSet()
"""What threads were asked to do."""


def _asked(pool: ThreadPoolExecutor, *work: object, **named: object) -> Future[object]:
    future: Future[object] = _submit(pool, *work, **named)  # type: ignore[arg-type]  # as they came
    _threads.add(future)
    return future


async def settled(app: App[None]) -> None:
    """Everything that can go on has gone on, and every frame that is due is made."""
    for _ in range(ROUNDS):
        await quiescent()
        if app._exception is not None or not (_frames(app) or _clock.moment()):
            return
    raise AssertionError("The screen is never at rest.")


async def passing(app: App[None], seconds: float) -> None:
    """Let so much time pass for the timers."""
    end = _clock.now + seconds
    await settled(app)
    while _clock.next(end):
        await settled(app)


_active: Callable[[Timer], asyncio.Event] = attrgetter("_active")
"""Set while the timer goes; Textual's property tells a checker of types that it never returns."""


class Frames:
    """How many were made, so that nobody draws the same one again."""

    made = 0


def _frames(app: App[None]) -> bool:
    """Make the frames that are due; False if there are none."""
    try:
        screens = [app.screen, *app._background_screens]
    except ScreenStackError:
        return False
    due = [s for s in screens if s._running and _active(s._update_timer).is_set()]
    for screen in due:
        Frames.made += 1
        with screen._context():
            screen._on_timer_update()
    return bool(due)


@contextmanager
def still() -> Iterator[None]:
    """Exact waiting, timers that stand, no animations, colours as in any terminal."""
    with pytest.MonkeyPatch.context() as patch:
        if Timer._run is not _run:
            patch.setattr("tests.ui.still._clock", Clock())
        patch.setattr("textual.app.wait_for_idle", quiescent)
        patch.setattr("textual.pilot.wait_for_idle", quiescent)
        patch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
        patch.setattr(Pilot, "_wait_for_screen", _calm)
        patch.setattr(Timer, "_run", _run)
        patch.setattr(ThreadPoolExecutor, "submit", _asked)
        patch.setattr(Stylesheet, "_parse_rules", _parsed)
        patch.setattr(Compositor, "render_update", _undrawn)
        yield


async def _calm(pilot: Pilot[None], timeout: float = 0.0) -> bool:  # noqa: ASYNC109 (Textual's)
    await settled(pilot.app)
    return True


_run_by_time = Timer._run


async def _run(timer: Timer) -> None:
    """Textual's own, but by the clock above; what moves on the screen is waited for by others."""
    if timer.name == "Animator":
        await _run_by_time(timer)
        return
    times = 0
    await _active(timer).wait()
    while timer._repeat is None or times <= timer._repeat:
        await _clock.wait(timer._interval, once=timer._repeat == 0)
        await _active(timer).wait()
        times += 1
        if timer._reset:
            timer._reset, times = False, 0
            continue
        await timer._tick(next_timer=_clock.now, count=times)


_parse_rules = Stylesheet._parse_rules


def _parsed(self: Stylesheet, css: str, *given: object, **named: object) -> list[RuleSet]:
    """The same style sheet is parsed once: Textual parses all anew for every screen and app."""
    variables = frozenset(self._variables.items())
    key = (variables, css, given, frozenset(named.items()))
    if key not in _rules:
        _rules[key] = _parse_rules(self, css, *given, **named)  # type: ignore[arg-type]  # as they came
    return _rules[key]


def _undrawn(self: Compositor, *_: object, **__: object) -> None:
    """Only what is looked at is drawn: there is no terminal to draw every update for."""
    self._dirty_regions.clear()

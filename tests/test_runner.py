"""What runs is what was shown; it sees nothing it need not, and nothing of it stays behind."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import aclosing
from pathlib import Path

import pytest

from flytui.fly_runner import FlyRunner
from flytui.fly_runner.environment import environment, find
from flytui.fly_runner.output import LONGEST, Lines
from flytui.runner import Ended, Output, RunEvent, Started
from flytui.secret import Secret, Typed

Install = Callable[..., FlyRunner]
MACHINE = {"PATH": "/usr/bin:/bin", "HOME": "/home/ana"}


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """A runner whose `fly` is a little Python program."""

    def make(program: str, *, environ: Mapping[str, str] = MACHINE, **given: str) -> FlyRunner:
        path = tmp_path / "fly"
        path.write_text(f"#!{sys.executable} -ISu\nimport os, signal, sys, time\n{program}\n")
        path.chmod(0o755)
        return FlyRunner(environ, path=str(path), token=given.get("token"), patience=0.2)

    return make


async def ran(runner: FlyRunner, *words: str, deadline: float = 30) -> list[RunEvent]:
    async with aclosing(runner.run(("fly", *words), deadline=deadline)) as events:
        return [event async for event in events]


async def said(runner: FlyRunner, *words: str) -> list[str]:
    return [e.line for e in await ran(runner, *words) if isinstance(e, Output)]


async def until_gone(pid: int) -> None:
    """Returns once no process of that id runs any more."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(descriptor, ended.set)
    try:
        async with asyncio.timeout(10):
            await ended.wait()
    finally:
        asyncio.get_running_loop().remove_reader(descriptor)
        os.close(descriptor)


async def test_a_run_starts_speaks_and_ends(install: Install) -> None:
    runner = install("print('released'); print('a warning', file=sys.stderr); sys.exit(3)")
    started, *lines, ended = await ran(runner, "ips", "release", "203.0.113.7")
    assert started == Started(("fly", "ips", "release", "203.0.113.7"))
    assert set(lines) == {Output("released"), Output("a warning", error=True)}
    assert ended == Ended(3)


async def test_words_arrive_as_they_are_and_no_shell_reads_them(install: Install) -> None:
    words = ("a b", "$HOME", "; rm -rf /", "*", "'", "")
    runner = install("import json; print(json.dumps(sys.argv[1:]))")
    assert json.loads((await said(runner, *words))[0]) == list(words)


async def test_it_runs_in_an_empty_folder_of_its_own_without_a_terminal(install: Install) -> None:
    program = "print(os.getcwd()); print(os.listdir()); print(repr(sys.stdin.read()))"
    folder, content, typed = await said(install(program))
    assert (content, typed) == ("[]", "''")
    assert folder not in (os.getcwd(), "/")  # noqa: PTH109 (no other work is under way)


async def test_a_question_ends_instead_of_waiting_for_an_answer(install: Install) -> None:
    events = await ran(install("input('Sure? ')"))
    assert isinstance(events[-1], Ended)
    assert events[-1].code == 1


async def test_its_environment_is_built_from_nothing(install: Install) -> None:
    environ = {**MACHINE, "FLY_ORG": "prod", "AWS_SECRET": "x", "FLY_API_TOKEN": "other"}
    runner = install("import json; print(json.dumps(dict(os.environ)))", environ=environ, token="t")
    seen = json.loads((await said(runner))[0])
    # A macOS or coreless Python adds these two itself.
    assert set(seen) - {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"} == {
        *("PATH", "HOME", "TERM", "NO_COLOR", "FLY_ACCESS_TOKEN"),
        *("FLY_NO_UPDATE_CHECK", "FLY_NO_INCIDENTS_CHECK", "FLY_SEND_METRICS"),
    }


@pytest.mark.parametrize(
    "name",
    [
        *("FLY_APP", "FLY_ORG", "FLY_ORGANIZATION", "FLY_REGION", "FLY_JSON", "FLY_VERBOSE"),
        *("LOG_LEVEL", "FLYCTL_OUTPUT_HAR", "PAGER", "FLY_API_TOKEN", "CLICOLOR_FORCE"),
    ],
)
def test_what_would_bend_a_command_stays_out(name: str) -> None:
    assert name not in environment({**MACHINE, name: "1"}, "t", {})


@pytest.mark.parametrize(
    ("environ", "kept"),
    [
        ({"FLY_API_BASE_URL": "http://127.0.0.1:1"}, True),
        ({"FLY_API_BASE_URL": ""}, False),
        ({"FLY_CONFIG_DIR": ""}, True),
        ({"https_proxy": "http://proxy"}, True),
        ({"SSL_CERT_FILE": "/ca.pem"}, True),
    ],
)
def test_what_leads_to_fly_io_is_kept(environ: dict[str, str], kept: bool) -> None:
    assert (environ.items() <= environment(environ, None, {}).items()) is kept


def test_without_a_token_fly_uses_its_own_login() -> None:
    assert "FLY_ACCESS_TOKEN" not in environment(MACHINE, None, {})


def test_what_a_demo_adds_is_added() -> None:
    added = environment(MACHINE, None, {"PATH": "/demo", "FLY_METRICS_BASE_URL": "http://x"})
    assert (added["PATH"], added["FLY_METRICS_BASE_URL"]) == ("/demo", "http://x")


async def test_a_token_in_what_it_prints_is_cut_out(install: Install) -> None:
    runner = install(
        "print('using', os.environ['FLY_ACCESS_TOKEN']); print('new fo1_aaaa/bb+c=')",
        token="FlyV1 anoldtokenwithoutprefix,fm2_abc==",
    )
    lines = await said(runner)
    assert lines == ["using …", "new fo1_…"]


async def test_what_it_prints_cannot_command_the_terminal(install: Install) -> None:
    runner = install(
        r"print('\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9bJ'); print('10%\r20%\r\ndone')"
    )
    assert await said(runner) == ["red  ", "10%", "20%", "done"]


async def test_bytes_that_are_no_text_do_not_break_it(install: Install) -> None:
    runner = install(r"os.write(1, b'caf\xc3\xa9 \xff\n')")
    assert await said(runner) == ["café \ufffd"]


async def test_much_output_is_kept_in_order_and_all_of_it(install: Install) -> None:
    runner = install("print('\\n'.join(str(i) for i in range(20_000)))")
    assert await said(runner) == [str(i) for i in range(20_000)]


async def test_a_line_without_end_is_cut_and_not_collected(install: Install) -> None:
    runner = install("sys.stdout.write('x' * 3_000_000); print(); print('next')")
    first, second = await said(runner)
    assert (len(first), first[-1], second) == (LONGEST, "…", "next")


async def test_a_command_past_its_deadline_is_ended_and_told(install: Install) -> None:
    *_, ended = await ran(install("time.sleep(60)"), deadline=0.2)
    assert isinstance(ended, Ended)
    assert ended.reason == "It had not ended after 0.2 seconds."
    assert ended.code != 0


async def test_a_deadline_counts_also_when_output_was_closed(install: Install) -> None:
    *_, ended = await ran(install("os.close(1); os.close(2); time.sleep(60)"), deadline=0.3)
    assert isinstance(ended, Ended)
    assert "0.3 seconds" in ended.reason


GENTLE = """
def leave(number, frame):
    print('lease released'); sys.exit(127)
signal.signal(signal.SIGINT, leave)
print('ready')
time.sleep(60)
"""

STUBBORN = """
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid())
time.sleep(60)
"""


async def stopped(runner: FlyRunner) -> list[RunEvent]:
    """The events of a run that is stopped at its first line."""
    events: list[RunEvent] = []
    stopping: asyncio.Task[None] | None = None
    async with aclosing(runner.run(("fly",), deadline=30)) as running:
        async for event in running:
            events.append(event)
            if isinstance(event, Output) and stopping is None:
                stopping = asyncio.create_task(runner.stop())
    assert stopping is not None
    await stopping
    return events


async def test_a_stopped_command_may_clean_up_first(install: Install) -> None:
    events = await stopped(install(GENTLE))
    assert Output("lease released") in events
    assert events[-1] == Ended(127, "It was stopped.")


async def test_one_that_does_not_listen_is_ended_firmly(install: Install) -> None:
    events = await stopped(install(STUBBORN))
    assert events[-1] == Ended(-9, "It was stopped.")


async def test_stopping_when_nothing_runs_does_nothing(install: Install) -> None:
    runner = install("print('unharmed')")
    await runner.stop()
    assert await said(runner) == ["unharmed"]


CHILDREN = """
child = os.fork()
if child == 0:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    time.sleep(60)
print(child)
"""


async def test_closing_the_iterator_ends_the_command_and_its_children(install: Install) -> None:
    running = install(CHILDREN + "time.sleep(60)").run(("fly",), deadline=30)
    await anext(running)
    child = await anext(running)
    await running.aclose()
    assert isinstance(child, Output)
    await until_gone(int(child.line))


async def test_a_child_that_stays_holds_nobody_up(install: Install) -> None:
    lines = [e for e in await ran(install(CHILDREN)) if isinstance(e, Output)]
    await until_gone(int(lines[0].line))


async def test_cancelling_who_listens_ends_the_command(install: Install) -> None:
    pid: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def listen() -> None:
        async with aclosing(install(STUBBORN).run(("fly",), deadline=30)) as running:
            async for event in running:
                if isinstance(event, Output):
                    pid.set_result(int(event.line))

    task = asyncio.create_task(listen())
    seen = await pid
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until_gone(seen)


async def test_one_runs_at_a_time(install: Install) -> None:
    runner = install(GENTLE)
    async with aclosing(runner.run(("fly",), deadline=30)) as running:
        await anext(running)
        with pytest.raises(RuntimeError, match="still running"):
            await ran(runner)
    assert (await stopped(runner))[-1] == Ended(127, "It was stopped.")


@pytest.mark.parametrize("argv", [(), ("sh", "-c", "true"), ("/usr/bin/fly",), ("",)])
async def test_only_fly_is_run(install: Install, argv: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="begin with fly"):
        install("").run(argv, deadline=1)


async def test_a_machine_without_fly_says_so(tmp_path: Path) -> None:
    runner = FlyRunner({"PATH": str(tmp_path)})
    assert runner.available is None
    assert await ran(runner) == [Ended(None, "There is no fly on this machine.")]


async def test_a_fly_that_cannot_be_started_says_why(tmp_path: Path) -> None:
    (tmp_path / "fly").write_text("#!/no/such/interpreter\n")
    (tmp_path / "fly").chmod(0o755)
    (ended,) = await ran(FlyRunner({"PATH": str(tmp_path)}))
    assert isinstance(ended, Ended)
    assert ended.code is None
    assert "cannot be started" in ended.reason


async def test_a_word_that_no_program_can_be_given_is_told(install: Install) -> None:
    (ended,) = await ran(install(""), "a\0b")
    assert isinstance(ended, Ended)
    assert "null byte" in ended.reason


def test_fly_is_preferred_and_flyctl_is_as_good(tmp_path: Path) -> None:
    for name, folder in (("flyctl", "first"), ("fly", "second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).touch(mode=0o755)
    both = os.pathsep.join(str(tmp_path / folder) for folder in ("first", "second"))
    assert find({"PATH": both}) == str(tmp_path / "second" / "fly")
    assert find({"PATH": str(tmp_path / "first")}) == str(tmp_path / "first" / "flyctl")


def test_a_fly_in_the_checkout_is_not_the_user_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fly").touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    assert find({"PATH": os.pathsep.join([".", "", "bin"])}) is None


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ([b"a\nb\n"], ["a", "b"]),
        ([b"a", b"b\n"], ["ab"]),
        ([b"a\r", b"\nb\n"], ["a", "b"]),
        ([b"a\r", b"b\n"], ["a", "b"]),
        ([b"a\n\nb\n"], ["a", "", "b"]),
        ([b"caf\xc3", b"\xa9\n"], ["café"]),
        ([b"\x1b[3", b"1mred\n"], ["red"]),
        ([b"fo1_abc", b"def\n"], ["fo1_…"]),
        ([b"no end"], ["no end"]),
    ],
)
def test_lines_are_the_same_however_they_arrive(chunks: list[bytes], expected: list[str]) -> None:
    lines = Lines()
    found = [line for chunk in chunks for line in lines.feed(chunk)]
    assert found + list(lines.rest()) == expected


KILLED = """
import asyncio, sys
from flytui.fly_runner import FlyRunner
async def main():
    async for event in FlyRunner({}, path=sys.argv[1], patience=0.2).run(("fly",), deadline=60):
        print(getattr(event, "line", ""), flush=True)
asyncio.run(main())
"""


async def test_a_killed_flytui_leaves_nothing_running(install: Install, tmp_path: Path) -> None:
    install(CHILDREN + "signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)")
    flytui = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, str(tmp_path / "fly")), stdout=asyncio.subprocess.PIPE
    )
    assert flytui.stdout is not None
    await flytui.stdout.readline()
    child = int(await flytui.stdout.readline())
    flytui.kill()
    await flytui.wait()
    await until_gone(child)


@pytest.mark.parametrize("size", [0, 10, 300_000])
async def test_it_reads_what_was_typed_and_then_the_end(install: Install, size: int) -> None:
    runner = install("print(len(sys.stdin.read()))")
    typed = Typed(Secret("x" * size))
    events = [e async for e in runner.run(("fly",), deadline=30, typed=typed)]
    assert Output(str(size)) in events


async def test_one_that_does_not_read_what_was_typed_ends_all_the_same(install: Install) -> None:
    runner = install("os.close(0); print('no, thank you')")
    events = [e async for e in runner.run(("fly",), deadline=30, typed=Typed(Secret("x" * 99_999)))]
    assert events[-1] == Ended(0)


async def test_what_a_command_was_run_to_print_is_shown_and_our_own_token_is_not(
    install: Install,
) -> None:
    runner = install("print('fm2_new', os.environ['FLY_ACCESS_TOKEN'])", token="fm2_ours")
    events = [e async for e in runner.run(("fly",), deadline=30, clear=True)]
    assert Output("fm2_new …") in events


async def test_another_program_called_fly_is_told_by_its_answer(install: Install) -> None:
    concourse = "sys.exit('Unknown command `version'. Please specify one command of: login')"
    refusal = await install(concourse).refusal()
    assert refusal is not None
    assert "is not Fly.io's fly" in refusal
    assert await install("print('fly v0.3.210 linux/amd64')").refusal() is None

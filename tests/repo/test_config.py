"""Fly configurations are read as flyctl reads them, in every shape it accepts."""

from pathlib import Path

import pytest

from flytui.repo import BrokenFile, LocalConfig
from flytui.repo.reading import read
from tests.repo.builders import broken, config, write


def test_an_empty_fly_toml_is_one_default_process_group_and_nothing_else(tmp_path: Path) -> None:
    found = config(tmp_path, "# nothing yet\n")
    assert found.app is None
    assert found.process_groups == ("app",)
    assert found.services == ()


def test_toml_comes_before_json_and_json_before_yaml(tmp_path: Path) -> None:
    write(tmp_path, {"fly.yaml": "app: y\nprimary_region: ams\n"})
    write(tmp_path, {"fly.json": '{"app": "j"}'})
    first = read(tmp_path).config
    assert isinstance(first, LocalConfig)
    assert (first.path, first.app) == ("fly.json", "j")
    assert config(tmp_path, 'app = "t"').app == "t"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fly.toml", 'app = "a"\n[http_service]\ninternal_port = 80\nauto_stop_machines = true\n'),
        (
            "fly.json",
            '{"app": "a", "http_service": {"internal_port": 80, "auto_stop_machines": true}}',
        ),
        ("fly.yaml", "app: a\nhttp_service: {internal_port: 80, auto_stop_machines: true}\n"),
        (
            "fly.toml",
            'app = "a"\r\n[http_service]\r\ninternal_port = "80"\r\nauto_stop_machines = "stop"',
        ),
        (
            "fly.toml",
            '\ufeffapp = "a"\n[http_service]\ninternal_port = 80.0\nauto_stop_machines = "stop"',
        ),
    ],
)
def test_the_format_does_not_change_what_is_said(tmp_path: Path, name: str, text: str) -> None:
    (service,) = config(tmp_path, text, name).services
    assert (service.internal_port, service.auto_stop, service.from_http_service) == (
        80,
        "stop",
        True,
    )
    assert service.ports == ((80, ("http",)), (443, ("http", "tls")))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("true", "stop"), ("false", "off"), ('"off"', "off"), ('"suspend"', "suspend")],
)
def test_autostop_is_a_word_or_a_truth_value(tmp_path: Path, written: str, read_as: str) -> None:
    found = config(tmp_path, f"[http_service]\nauto_stop_machines = {written}\n")
    assert found.services[0].auto_stop == read_as


def test_an_unquoted_off_in_yaml_is_the_word_off(tmp_path: Path) -> None:
    found = config(tmp_path, "app: a\nhttp_service:\n  auto_stop_machines: off\n", "fly.yaml")
    assert found.services[0].auto_stop == "off"


def test_what_a_file_does_not_say_is_not_made_up(tmp_path: Path) -> None:
    (service,) = config(tmp_path, "[http_service]\ninternal_port = 3000\n").services
    assert service.auto_stop is None
    assert service.auto_start is None
    assert service.min_machines_running is None
    assert service.concurrency_type is None


@pytest.mark.parametrize(
    "text",
    [
        "[services]\ninternal_port = 5000\nprotocol = 'udp'\n",
        "[[services]]\ninternal_port = '5000'\nprotocol = 'udp'\n",
        "[[services]]\n[[services]]\ninternal_port = 5000\nprotocol = 'udp'\n",
    ],
)
def test_services_are_one_table_or_many_and_empty_ones_are_dropped(
    tmp_path: Path, text: str
) -> None:
    (service,) = config(tmp_path, text).services
    assert (service.internal_port, service.protocol) == (5000, "udp")


def test_ports_are_numbers_texts_or_ranges(tmp_path: Path) -> None:
    text = """
    [[services]]
      internal_port = 1
      [[services.ports]]
        port = "80"
        handlers = ["http"]
        force_https = true
      [[services.ports]]
        start_port = 100
        end_port = 200
    """
    (service,) = config(tmp_path, text).services
    assert service.ports == ((80, ("http",)),)
    assert service.port_ranges == ((100, 200, ()),)
    assert service.force_https


def test_an_old_pair_of_limits_counts_requests_soft_first(tmp_path: Path) -> None:
    (service,) = config(
        tmp_path, "[[services]]\ninternal_port = 1\nconcurrency = '12,23'\n"
    ).services
    assert (service.concurrency_type, service.soft_limit, service.hard_limit) == (
        "requests",
        12,
        23,
    )


def test_limits_need_neither_type_nor_partner(tmp_path: Path) -> None:
    (service,) = config(tmp_path, "[http_service.concurrency]\nsoft_limit = 9\n").services
    assert (service.concurrency_type, service.soft_limit, service.hard_limit) == (None, 9, None)


def test_both_kinds_of_service_keep_their_own_limits(tmp_path: Path) -> None:
    text = """
    [http_service]
      internal_port = 8080
      [http_service.concurrency]
        type = "requests"
        soft_limit = 5
    [[services]]
      internal_port = 8080
      [services.concurrency]
        type = "connections"
        soft_limit = 3
    """
    first, second = config(tmp_path, text).services
    assert (first.from_http_service, first.soft_limit) == (True, 5)
    assert (second.from_http_service, second.soft_limit) == (False, 3)


def test_checks_are_counted_in_all_places_and_empty_lists_are_none(tmp_path: Path) -> None:
    text = """
    [checks.alive]
      type = "tcp"
      port = 1
    [[http_service.checks]]
      path = "/"
    [[services]]
      internal_port = 1
      http_checks = []
      [[services.tcp_checks]]
        interval = 10000
      [[services.script_checks]]
        command = "true"
      [[services.machine_checks]]
        image = "curl"
    """
    found = config(tmp_path, text)
    assert found.top_level_checks == ("tcp",)
    assert [service.checks for service in found.services] == [("http",), ("tcp", "script")]


@pytest.mark.parametrize(
    ("written", "megabytes"),
    [
        ("'256'", 256),
        ("256", 256),
        ("'1g'", 1024),
        ("'1gb'", 1024),
        ("'512MB'", 512),
        ("'2GiB'", 2048),
    ],
)
def test_memory_is_a_number_of_mb_or_a_size(tmp_path: Path, written: str, megabytes: int) -> None:
    (vm,) = config(tmp_path, f"[[vm]]\nmemory = {written}\n").vms
    assert vm.memory_mb == megabytes


@pytest.mark.parametrize(
    "text",
    [
        "vm.size = 'a10'\n",
        "[vm]\nsize = 'a10'\n",
        "[[vm]]\nsize = 'a10'\n",
        "[[compute]]\nsize='a10'",
    ],
)
def test_a_vm_has_one_table_or_many_and_an_old_name(tmp_path: Path, text: str) -> None:
    assert [vm.size for vm in config(tmp_path, text).vms] == ["a10"]


@pytest.mark.parametrize("text", ["[mount]", "[mounts]", "[[mounts]]"])
def test_a_mount_has_one_table_or_many(tmp_path: Path, text: str) -> None:
    (mount,) = config(tmp_path, f"{text}\nsource = 'data'\ndestination = '/data'\n").mounts
    assert (mount["source"], mount["destination"]) == ("data", "/data")


@pytest.mark.parametrize(
    "text",
    [
        "[metrics]\nport = 9\npath = '/m'",
        "[[metrics]]\nport = '9'\npath = '/m'",
        "[experimental]\nmetrics_port = 9\nmetrics_path = '/m'",
    ],
)
def test_metrics_are_found_where_old_files_keep_them(tmp_path: Path, text: str) -> None:
    assert config(tmp_path, text).metrics == ({"processes": (), "port": 9, "path": "/m"},)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("processes = []", ("app",)),
        ("[processes]", ("app",)),
        ("[processes]\nweb = 'a'\njobs = 'b'", ("web", "jobs")),
        ("[[processes]]\nname = 'web'\ncommand = 'a'", ("web",)),
    ],
)
def test_process_groups_in_all_their_shapes(
    tmp_path: Path, text: str, groups: tuple[str, ...]
) -> None:
    assert config(tmp_path, text).process_groups == groups


@pytest.mark.parametrize(
    "text",
    ["[env]\nA = 1\nB = true", "[[env]]\nA = 1\n[[env]]\nB = true", "env = {A = '1', B = 'true'}"],
)
def test_env_is_a_table_or_a_list_and_its_values_are_text(tmp_path: Path, text: str) -> None:
    assert config(tmp_path, text).env == {"A": "1", "B": "true"}


def test_env_and_build_arguments_stay_out_of_the_representation(tmp_path: Path) -> None:
    found = config(tmp_path, "[env]\nA = 'hunter2'\n[build.args]\nB = 'hunter3'\n")
    assert "hunter" not in repr(found)


def test_settings_in_the_wrong_place_and_unknown_ones_are_not_taken(tmp_path: Path) -> None:
    text = """
    enable_ha = true
    [[vm]]
      memory = '1gb'
      swap_size_mb = 512
      kind = 'shared-cpu-2x'
    [review_apps]
      primary_region = 'ams'
    """
    found = config(tmp_path, text)
    assert (found.swap_size_mb, found.primary_region, found.vms[0].size) == (None, None, None)
    assert found.unknown_keys == ("enable_ha", "review_apps")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[services]]\ninternal_port = 1\nconcurrency = 20", "concurrency"),
        ("[[services]]\ninternal_port = 'http'", "internal_port"),
        ("[http_service]\nauto_stop_machines = 'sometimes'", "auto_stop_machines"),
        ("[http_service]\nauto_start_machines = 'perhaps'", "auto_start_machines"),
        ("env = 3", "env"),
        ("processes = 'web'", "processes"),
        ("[[vm]]\nmemory = 'lots'", "memory"),
        ("services = [1]", "services"),
    ],
)
def test_a_value_flyctl_refuses_is_named_and_the_rest_still_read(
    tmp_path: Path, text: str, word: str
) -> None:
    found = config(tmp_path, f"app = 'kept'\n{text}\n")
    assert found.app == "kept"
    assert any(word in problem for problem in found.problems), found.problems


def test_a_good_file_has_no_problems(tmp_path: Path) -> None:
    assert config(tmp_path, "app = 'a'\n[http_service]\ninternal_port = 80\n").problems == ()


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("fly.toml", "app = 'a'\nprocesses = []\n\n[processes]\nweb = 'x'\n", 4),
        ("fly.toml", "[env]\nURL = https://example.org\n", 2),
        ("fly.toml", '[build]\ndockerfile = "back\n', 2),
        ("fly.toml", "app = 'a'\napp = 'b'\n", 2),
        ("fly.json", '{"app": "a",\n oops}', 2),
        ("fly.yaml", "app: a\n  b: [\n", 2),
        ("fly.yaml", 'app = "a"\n[http_service]\n', None),
        ("fly.yaml", 'app = "a"\nkill_timeout = 5\n', 1),
    ],
)
def test_a_broken_file_says_what_and_where(
    tmp_path: Path, name: str, text: str, line: int | None
) -> None:
    found = broken(tmp_path, text, name)
    assert found.path == name
    assert found.problem.endswith(".")
    assert line is None or found.line == line


def test_toml_in_a_yaml_file_is_recognised(tmp_path: Path) -> None:
    assert "TOML" in broken(tmp_path, 'app = "a"\nkill_timeout = 5\n', "fly.yaml").problem


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fly.toml", "a = " + "[" * 100_000),
        ("fly.json", "[" * 100_000),
        ("fly.yaml", "a: " + "[" * 100_000),
        ("fly.yaml", "a: &a [1]\nb: [" + "*a," * 200 + "]\n"),
        ("fly.toml", "# " + "x" * 600_000),
        ("fly.toml", "a = 1" + "0" * 5000),
        ("fly.json", '{"app": 1' + "0" * 5000 + "}"),
        ("fly.yaml", "app: \x07"),
    ],
)
def test_a_hostile_file_is_broken_not_fatal(tmp_path: Path, name: str, text: str) -> None:
    assert broken(tmp_path, text, name).problem


def test_a_folder_or_binary_in_place_of_the_file_is_broken(tmp_path: Path) -> None:
    (tmp_path / "fly.toml").mkdir()
    assert isinstance(read(tmp_path).config, BrokenFile)
    (tmp_path / "fly.toml").rmdir()
    (tmp_path / "fly.toml").write_bytes(b"app = 'a'\n\xff\xfe\n")
    found = read(tmp_path).config
    assert isinstance(found, BrokenFile)
    assert found.line == 2


def test_terminal_sequences_do_not_survive_reading(tmp_path: Path) -> None:
    found = config(tmp_path, 'app = "a\\u001b[31mb\\u202Ec"\n["\\u001b]0;t\\u0007x"]\n')
    assert found.app == "ab\ufffdc"
    assert all("\x1b" not in key for key in found.unknown_keys)


def test_files_that_carry_their_content_are_named(tmp_path: Path) -> None:
    text = """
    [[files]]
      guest_path = "/a"
      raw_value = "eA=="
    [[files]]
      guest_path = "/b"
      secret_name = "B"
    """
    assert config(tmp_path, text).raw_files == ("/a",)

import httpx
import pytest

from flytui.fly.errors import FlyError, Missing, Refused, Unexpected
from flytui.fly.models import AddressKind, Sample
from tests.fly import samples
from tests.fly.wire import connection, data, ok, talking

FORBIDDEN = httpx.Response(403, json={"error": "unauthorized"})


def page(*nodes: object, after: str | None = None) -> httpx.Response:
    return data(app={"sharedIpAddress": None, "ipAddresses": connection(*nodes, after=after)})


async def test_every_page_of_a_connection_is_read() -> None:
    pages = (
        page(samples.address(address="203.0.113.1"), after="a"),
        page(after="b"),
        page(samples.address(address="203.0.113.2")),
    )
    async with talking(*pages) as (fly, server):
        found = await fly.addresses("shop")
    assert [each.address for each in found] == ["203.0.113.1", "203.0.113.2"]
    assert [b'"after":"b"' in request.content for request in server.asked] == [False, False, True]


async def test_a_cursor_that_comes_again_is_no_complete_list() -> None:
    async with talking(page(after="a")) as (fly, server):
        with pytest.raises(Unexpected, match="without an end"):
            await fly.addresses("shop")
        assert len(server.asked) == 2


async def test_pages_without_an_end_are_no_complete_list() -> None:
    count = iter(range(1000))
    async with talking(lambda _: page(after=str(next(count)))) as (fly, server):
        with pytest.raises(Unexpected, match="without an end"):
            await fly.addresses("shop")
        assert len(server.asked) == 50


async def test_a_next_page_without_a_cursor_is_no_complete_list() -> None:
    cut = {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": None}}
    async with talking(data(organizations=cut)) as (fly, _):
        with pytest.raises(Unexpected, match="endCursor"):
            await fly.organizations()


async def test_certificates_follow_the_machines_apis_cursor() -> None:
    first, second = (samples.certificate_summary(hostname=name) for name in ("a.dev", "b.dev"))
    answers = (ok({"certificates": [first], "next_cursor": "c1"}), ok({"certificates": [second]}))
    async with talking(*answers) as (fly, server):
        found = await fly.certificates("shop")
    assert [each.hostname for each in found] == ["a.dev", "b.dev"]
    assert [request.url.query for request in server.asked] == [b"limit=500", b"limit=500&cursor=c1"]


async def test_a_machines_api_cursor_that_comes_again_is_no_complete_list() -> None:
    async with talking(ok({"certificates": [], "next_cursor": "c1"})) as (fly, server):
        with pytest.raises(Unexpected, match="without an end"):
            await fly.certificates("shop")
        assert len(server.asked) == 2


async def test_hosts_beyond_a_thousand_machines_are_told_as_incomplete() -> None:
    count = iter(range(1000))

    def more(_: httpx.Request) -> httpx.Response:
        number = str(next(count))
        node = {"id": number, "host": {"id": "h1"}}
        return data(app={"machines": connection(node, after=number)})

    async with talking(more) as (fly, _):
        placement = await fly.placement("shop")
    assert not placement.complete
    assert len(placement.hosts) == 5


async def test_hosts_on_one_page_are_complete() -> None:
    node = {"id": "e784", "host": {"id": "h1"}}
    async with talking(data(app={"machines": connection(node)})) as (fly, _):
        placement = await fly.placement("shop")
    assert (placement.hosts, placement.complete) == ({"e784": "h1"}, True)


async def test_an_organisations_list_shorter_than_its_count_is_no_complete_list() -> None:
    listed = {"name": "shop", "status": "deployed", "network": "default"}
    async with talking(ok({"apps": [listed], "total_apps": 2})) as (fly, server):
        with pytest.raises(Unexpected, match="1 of 2 apps"):
            await fly.organization_apps("acme")
        assert server.asked[0].url.query == b"org_slug=acme"


@pytest.mark.parametrize("listed", [(), (samples.address(address="66.1.1.1", type="shared_v4"),)])
async def test_the_shared_address_stands_among_the_others_once(listed: tuple[object, ...]) -> None:
    answer = data(app={"sharedIpAddress": "66.1.1.1", "ipAddresses": connection(*listed)})
    async with talking(answer) as (fly, _):
        (found,) = await fly.addresses("shop")
    assert (found.address, found.kind) == ("66.1.1.1", AddressKind.SHARED_V4)


async def test_a_flycast_address_tells_its_network() -> None:
    network = {"name": "dark", "organization": {"slug": "other"}}
    node = samples.address(address="fdaa::1", type="private_v6", network=network)
    async with talking(page(node)) as (fly, _):
        (found,) = await fly.addresses("shop")
    assert (found.network, found.network_organization) == ("dark", "other")


ASSIGNED = [
    ({"ip": "fdaa:0:1::2", "network": {"name": "n", "org_slug": "o"}}, AddressKind.PRIVATE_V6),
    ({"ip": "66.1.1.1", "shared": True}, AddressKind.SHARED_V4),
    ({"ip": "2a09:8280::1"}, AddressKind.V6),
    ({"ip": "203.0.113.7", "created_at": samples.T}, AddressKind.V4),
]


async def test_where_graphql_refuses_the_machines_api_tells_the_addresses() -> None:
    egress = {"ip": "203.0.113.9", "egress": True}
    ips = ok({"ips": [ip for ip, _ in ASSIGNED] + [egress]})
    async with talking(FORBIDDEN, ips) as (fly, server):
        found = await fly.addresses("shop")
    assert [each.kind for each in found] == [kind for _, kind in ASSIGNED]
    assert found[0].network_organization == "o"
    assert server.asked[1].url.path == "/v1/apps/shop/ip_assignments"


async def test_only_a_refusal_makes_the_machines_api_tell_the_addresses() -> None:
    async with talking(httpx.Response(500)) as (fly, server):
        with pytest.raises(FlyError):
            await fly.addresses("shop")
        assert len(server.asked) == 1


async def test_addresses_refused_on_both_ways_are_refused() -> None:
    async with talking(FORBIDDEN) as (fly, server):
        with pytest.raises(Refused):
            await fly.addresses("shop")
        assert len(server.asked) == 2


async def test_volumes_on_their_way_out_are_left_out() -> None:
    going = ("scheduling_destroy", "fork_cleanup", "waiting_for_detach", "pending_destroy")
    states = ("created", *going, "destroying", "detached")
    listed = [samples.volume(id=state, state=state) for state in states]
    async with talking(ok(listed)) as (fly, _):
        assert [volume.id for volume in await fly.volumes("shop")] == ["created", "detached"]


@pytest.mark.parametrize("key", ["regions", "Regions"])
async def test_regions_are_found_under_either_spelling(key: str) -> None:
    async with talking(ok({key: [samples.region()], "Nearest": "ams"})) as (fly, _):
        assert [region.code for region in await fly.regions()] == ["ams"]


async def test_the_values_of_secrets_are_never_asked_for() -> None:
    async with talking(ok({"secrets": []})) as (fly, server):
        await fly.secrets("shop")
    assert server.asked[0].url.query == b""


@pytest.mark.parametrize("key", ["apps", "secrets", "regions", "releases", "certificates"])
async def test_a_null_list_is_not_an_empty_one(key: str) -> None:
    async with talking(ok({key: None})) as (fly, _):
        read = {
            "apps": fly.organization_apps("acme"),
            "secrets": fly.secrets("shop"),
            "regions": fly.regions(),
            "releases": fly.releases("shop"),
            "certificates": fly.certificates("shop"),
        }
        wanted = read.pop(key)
        for other in read.values():
            other.close()
        with pytest.raises(Unexpected, match=key):
            await wanted


async def test_an_app_without_a_deployment_source_says_so() -> None:
    answer = data(app={"hasDeploymentSource": False, "deploymentSource": None})
    async with talking(answer) as (fly, _):
        assert await fly.deployment_source("shop") is None


async def test_a_deployment_source_that_is_hidden_is_not_absent() -> None:
    answer = data(app={"hasDeploymentSource": True, "deploymentSource": None})
    async with talking(answer) as (fly, _):
        with pytest.raises(Unexpected):
            await fly.deployment_source("shop")


async def test_metrics_that_are_no_numbers_are_left_out() -> None:
    values = {"ams": "1.5", "fra": "NaN", "iad": "+Inf"}
    result = [{"metric": {"region": r}, "value": [1, v]} for r, v in values.items()]
    vector = {"status": "success", "data": {"resultType": "vector", "result": result}}
    async with talking(ok(vector)) as (fly, server):
        assert await fly.query("acme", "up{}") == (Sample(labels={"region": "ams"}, value=1.5),)
    assert server.asked[0].url.path == "/prometheus/acme/api/v1/query"
    assert dict(server.asked[0].url.params) == {"query": "up{}"}


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "error", "error": "parse error"},
        {"status": "success", "data": {"resultType": "matrix", "result": []}},
        {
            "status": "success",
            "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1, "many"]}]},
        },
    ],
)
async def test_metrics_of_another_shape_are_not_silence(answer: object) -> None:
    async with talking(ok(answer)) as (fly, _):
        with pytest.raises(Unexpected):
            await fly.query("acme", "up")


async def test_a_certificate_with_more_issues_than_asked_for_is_not_cut_short() -> None:
    issued = {"nodes": [], "pageInfo": {"hasNextPage": True}}
    answer = data(app={"certificates": connection(samples.certificate(issued=issued))})
    async with talking(answer) as (fly, _):
        with pytest.raises(Unexpected, match="hasNextPage"):
            await fly.certificate_details("shop")


async def test_advice_fly_io_does_not_give_is_empty() -> None:
    answer = data(app={"certificates": connection(samples.certificate())})
    async with talking(answer) as (fly, _):
        (found,) = await fly.certificate_details("shop")
    assert [error.remediation for error in found.validation_errors] == [""]
    assert [issued.type for issued in found.issued] == ["rsa"]


async def test_a_tokens_maker_is_told_by_e_mail() -> None:
    answer = data(app={"limitedAccessTokens": connection(samples.token())})
    async with talking(answer) as (fly, _):
        assert [t.user_email for t in await fly.app_tokens("shop")] == ["ann@example.com"]


async def test_machines_survive_what_go_leaves_null() -> None:
    async with talking(ok([samples.machine()])) as (fly, _):
        (machine,) = await fly.machines("shop")
    assert machine.settings.env == {}
    assert machine.settings.services[0].autostop == "stop"
    assert machine.checks == ()


async def test_text_from_fly_io_carries_no_control_character() -> None:
    async with talking(ok([samples.machine(name="quiet\x1b]0;pwn\x07-sun")])) as (fly, _):
        (machine,) = await fly.machines("shop")
    assert machine.name == "quiet-sun"


async def test_an_app_nobody_deployed_has_no_release() -> None:
    async with talking(data(app=samples.app(currentRelease=None))) as (fly, _):
        assert (await fly.app("shop")).current_release is None


async def test_a_viewer_that_is_null_is_missing() -> None:
    async with talking(data(viewer=None)) as (fly, _):
        with pytest.raises(Missing):
            await fly.viewer()

"""One whole answer for each read of the client, for tests to read and to spoil."""

from typing import Any

from tests.fly import samples
from tests.fly.wire import connection

WHOLE: dict[str, dict[str, Any] | list[Any]] = {
    "app": {"data": {"app": samples.app()}},
    "host_issues": {
        "data": {
            "app": samples.of_app(
                "hostIssues",
                {"internalId": "i", "message": None, "createdAt": samples.T, "resolvedAt": None},
            )
        }
    },
    "add_ons": {
        "data": {"app": samples.of_app("addOns", {"id": "a", "name": "s", "status": None})}
    },
    "deployment_source": {
        "data": {
            "app": {
                "hasDeploymentSource": True,
                "deploymentSource": {
                    "provider": "github",
                    "repositoryUrl": "https://github.com/acme/shop",
                    "ref": "main",
                    "connected": True,
                },
            }
        }
    },
    "app_tokens": {"data": {"app": samples.of_app("limitedAccessTokens", samples.token())}},
    "placement": {
        "data": {"app": samples.of_app("machines", {"id": "e784", "host": {"id": "h1"}})}
    },
    "addresses": {
        "data": {
            "app": {
                "sharedIpAddress": "66.241.124.1",
                "ipAddresses": connection(samples.address()),
            }
        }
    },
    "certificate_details": {"data": {"app": samples.of_app("certificates", samples.certificate())}},
    "vm_sizes": {
        "data": {
            "platform": {
                "vmSizes": [
                    {"name": "shared-cpu-1x", "cpuCores": 1, "memoryMb": 256, "priceMonth": 1.94}
                ]
            }
        }
    },
    "viewer": {"data": {"viewer": {"__typename": "User", "email": "ann@example.com"}}},
    "organizations": {"data": {"organizations": connection(samples.organization())}},
    "machines": [samples.machine()],
    "volumes": [samples.volume()],
    "secrets": {"secrets": [{"name": "KEY", "digest": "abc"}]},
    "regions": {"regions": [samples.region()]},
    "certificates": {"certificates": [samples.certificate_summary()]},
    "organization_apps": {"apps": [{"name": "shop", "status": "deployed", "network": "default"}]},
    "releases": {
        "releases": [{"id": "r", "version": 3, "status": "complete", "created_at": samples.T}]
    },
    "query": {
        "status": "success",
        "data": {
            "resultType": "vector",
            "result": [{"metric": {"region": "ams"}, "value": [1785578400.1, "4.5"]}],
        },
    },
}

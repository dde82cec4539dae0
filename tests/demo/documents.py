"""What flytui's commands ask over GraphQL, in our own words: reading documents and their data."""

from typing import Any

APP: dict[str, Any] = {"name": "storefront"}
ORGANIZATION: dict[str, Any] = {"slug": "acme"}

READING: dict[str, tuple[str, dict[str, Any]]] = {
    "viewer": ("{viewer{... on User{id email enablePaidHobby} ... on Macaroon{email}}}", {}),
    "organizations": (
        (
            "query($admin: Boolean!){organizations(admin: $admin){nodes{id slug rawSlug name type"
            " paidPlan billable viewerRole internalNumericId}}}"
        ),
        {"admin": False},
    ),
    "an organization's people": (
        (
            "query($slug: String!){people: organization(slug: $slug){id slug rawSlug name type"
            " viewerRole internalNumericId remoteBuilderImage remoteBuilderApp{name}"
            " members{edges{cursor node{id name email} joinedAt role}}}}"
        ),
        ORGANIZATION,
    ),
    "a page of apps": (
        (
            'query($org: ID, $after: String){apps(type: "container", first: 200, after: $after,'
            " organizationId: $org){pageInfo{hasNextPage endCursor} nodes{id name deployed hostname"
            " platformVersion network organization{slug name} currentRelease{createdAt status}"
            " status}}}"
        ),
        {"org": "acme"},
    ),
    "a compact app": (
        (
            "query($name: String!){compact: app(name: $name){id internalNumericId name hostname"
            " cnameTarget deployed network status appUrl platformVersion"
            " organization{id internalNumericId slug paidPlan} postgresAppRole: role{name}}}"
        ),
        APP,
    ),
    "the addresses": (
        (
            "query($name: String!){app(name: $name){ipAddresses{nodes{id address type region"
            " createdAt"
            " network{name organization{slug}} serviceName}} sharedIpAddress"
            " egressIpAddresses{nodes{id ip version region updatedAt}}}}"
        ),
        APP,
    ),
    "releases, with a variable nobody declared": (
        (
            "query($name: String!, $limit: Int!){app(name: $name){releases: releasesUnprocessed("
            "first: $limit){nodes{id version description reason status imageRef stable"
            " user{id email name} createdAt}}}}"
        ),
        {**APP, "limit": 25, "status": "complete"},
    ),
    "the configuration deployed": (
        (
            "query Config($name: String!){app(name:"
            " $name){currentReleaseUnprocessed{configDefinition"
            " id version imageRef}}}"
        ),
        APP,
    ),
    "an app's tokens": (
        (
            "query($name: String!){tokens: app(name: $name){limitedAccessTokens{nodes{id name token"
            " expiresAt revokedAt user{email}}}}}"
        ),
        APP,
    ),
    "an organization's tokens": (
        (
            "query($slug: String!){tokens: organization(slug: $slug){limitedAccessTokens{nodes{id"
            " name"
            " expiresAt revokedAt user{email}}}}}"
        ),
        ORGANIZATION,
    ),
    "the platform": (
        (
            "{platform{requestRegion regions{name code latitude longitude gatewayAvailable"
            " requiresPaidPlan deprecated} vmSizes{name priceMonth}}}"
        ),
        {},
    ),
    "an image": (
        (
            "query($image: String!, $fly: String){latestImageDetails(image: $image, flyVersion:"
            " $fly)"
            "{registry repository tag version digest}}"
        ),
        {"image": "flyio/postgres-flex:16.4", "fly": None},
    ),
    "host issues": (
        (
            "query($name: String!){issues: app(name: $name){hostIssues{nodes{internalId message"
            " createdAt updatedAt resolvedAt}}}}"
        ),
        APP,
    ),
    "an app by fragments": (
        (
            "fragment Owner on Organization {id slug rawSlug paidPlan billingStatus}"
            " query Parts($name: String!){app(name: $name){id secrets{name}"
            " organization{... Owner} addOns(type: sentry){nodes{id name status options"
            " metadata}}}}"
        ),
        APP,
    ),
    "extensions of an organization": (
        (
            "query Extensions($slug: String!, $type: AddOnType){organization(slug: $slug){"
            "addOns(type: $type){nodes{id name addOnPlan{displayName} organization{id slug}}}}}"
        ),
        {**ORGANIZATION, "type": "upstash_redis"},
    ),
    "an extension's maker": (
        (
            'query Maker{addOnProvider(name: "arcjet"){id name displayName tosUrl asyncProvisioning'
            " excludedRegions{code}}}"
        ),
        {},
    ),
    "certificates": (
        (
            "query($name: String!){app(name: $name){certificates(first: 50){nodes{hostname"
            " clientStatus isConfigured issued{nodes{type expiresAt}}"
            " validationErrors{errorCode message remediation}}}}}"
        ),
        APP,
    ),
    "where Machines are": (
        (
            "query($name: String!){app(name: $name){machines(active: true, first: 200){nodes{id"
            " host{id}} pageInfo{hasNextPage endCursor}}}}"
        ),
        APP,
    ),
}

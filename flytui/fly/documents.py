"""The GraphQL queries flytui sends: the fields it uses, one risky field a query."""

# To add one: NAME = query("""query Name($a: A!) { field(a: $a) { ... } }"""), as its neighbours do.
# Queries asked for in the same moment travel together, so each has a name of its own, one field
# at the root without an alias, no named fragment, and `$` in front of variables only. Written
# slow(...), it travels only with others for which Fly.io looks beyond its own records of the app;
# written first(...), it goes ahead of all, because other requests wait for the answer.

from flytui.fly.document import first, query, slow

VIEWER = query("""
query Viewer { viewer { __typename email } }
""")

ORGANIZATIONS = slow("""
query Organizations($after: String) {
  organizations(first: 100, after: $after) {
    nodes { id slug rawSlug name type internalNumericId }
    pageInfo { hasNextPage endCursor }
  }
}
""")

APP = first("""
query App($name: String!) {
  app(name: $name) {
    id name internalNumericId hostname status deployed platformVersion network cnameTarget
    organization { id slug rawSlug name type internalNumericId }
    role { name }
    currentRelease: currentReleaseUnprocessed {
      id version status createdAt imageRef deploymentStrategy configDefinition
    }
  }
}
""")

APPS = slow("""
query Apps($after: String) {
  apps(first: 200, after: $after) {
    nodes {
      name status organization { slug rawSlug } role { name }
      currentRelease: currentReleaseUnprocessed { createdAt }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""")

APPS_OF = slow("""
query AppsOf($slug: String!, $after: String) {
  organization(slug: $slug) {
    apps(first: 50, after: $after) {
      nodes {
        id name internalNumericId hostname status deployed platformVersion network cnameTarget
        organization { id slug rawSlug name type internalNumericId }
        role { name }
        currentRelease: currentReleaseUnprocessed {
          id version status createdAt imageRef deploymentStrategy configDefinition
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

HOST_ISSUES = query("""
query HostIssues($name: String!, $after: String) {
  app(name: $name) {
    hostIssues(first: 100, after: $after) {
      nodes { internalId message createdAt resolvedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

ADD_ONS = query("""
query AddOns($name: String!, $type: AddOnType!, $after: String) {
  app(name: $name) {
    addOns(type: $type, first: 100, after: $after) {
      nodes { id name status errorMessage }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

DEPLOYMENT_SOURCE = query("""
query DeploymentSource($name: String!) {
  app(name: $name) {
    hasDeploymentSource
    deploymentSource { provider repositoryUrl ref connected }
  }
}
""")

APP_TOKENS = query("""
query AppTokens($name: String!, $after: String) {
  app(name: $name) {
    limitedAccessTokens(first: 100, after: $after) {
      nodes { id name profile createdAt expiresAt revokedAt user { email } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

VM_SIZES = query("""
query VmSizes { platform { vmSizes { name cpuCores memoryMb priceMonth } } }
""")

PLACEMENT = slow("""
query Placement($name: String!, $after: String) {
  app(name: $name) {
    machines(active: true, first: 200, after: $after) {
      nodes { id host { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

ADDRESSES = query("""
query Addresses($name: String!, $after: String) {
  app(name: $name) {
    sharedIpAddress
    ipAddresses(first: 200, after: $after) {
      nodes { address type region createdAt network { name organization { slug } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

CERTIFICATES = slow("""
query Certificates($name: String!, $after: String) {
  app(name: $name) {
    certificates(first: 100, after: $after) {
      nodes {
        hostname clientStatus isConfigured isApex isWildcard rateLimitedUntil
        dnsValidationHostname dnsValidationTarget
        issued(first: 50) { nodes { type expiresAt } pageInfo { hasNextPage } }
        validationErrors { errorCode message remediation }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

MEMBERS = query("""
query Members($slug: String!, $after: String) {
  organization(slug: $slug) {
    members(first: 100, after: $after) {
      nodes: edges { role joinedAt node { email } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

SECOND_FACTORS = query("""
query SecondFactors($slug: String!, $after: String) {
  organization(slug: $slug) {
    members(first: 100, after: $after) {
      nodes: edges { node { email twoFactorProtection } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

THIRD_PARTIES = query("""
query ThirdParties($slug: String!, $after: String) {
  organization(slug: $slug) {
    thirdPartyConfigurations(first: 50, after: $after) {
      nodes { id name location flyctlLevel customLevel uiexLevel caveats }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

REPLAYS = query("""
query Replays($slug: String!) {
  organization(slug: $slug) { allowAllCrossNetworkReplays allowedReplaySourceOrgSlugs }
}
""")

BILLING = query("""
query Billing($slug: String!) {
  organization(slug: $slug) { paidSupportEmail paidPlan billingStatus }
}
""")

ORGANIZATION_TOKENS = query("""
query OrganizationTokens($slug: String!, $after: String) {
  organization(slug: $slug) {
    limitedAccessTokens(first: 100, after: $after) {
      nodes { id name profile createdAt expiresAt revokedAt user { email } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
""")

PERSONAL_TOKENS = query("""
query PersonalTokens($after: String) {
  accessTokens(type: pat, first: 100, after: $after) {
    nodes { id name type createdAt }
    pageInfo { hasNextPage endCursor }
  }
}
""")

ORGANIZATION_APPS = slow("""
query OrganizationApps($name: String!, $after: String) {
  app(name: $name) {
    organization {
      apps(first: 200, after: $after) {
        nodes { name status network role { name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
""")

ATTACHMENTS = query("""
query Attachments($name: String!, $postgres: String!, $after: String) {
  postgresAttachments(appName: $name, postgresAppName: $postgres, first: 100, after: $after) {
    nodes { databaseName environmentVariableName }
    pageInfo { hasNextPage endCursor }
  }
}
""")

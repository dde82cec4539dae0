"""The GraphQL queries flytui sends: the fields it uses, one risky field a query."""

VIEWER = """
query Viewer { viewer { __typename email } }
"""

ORGANIZATIONS = """
query Organizations($after: String) {
  organizations(first: 100, after: $after) {
    nodes { id slug rawSlug name type }
    pageInfo { hasNextPage endCursor }
  }
}
"""

APP = """
query App($name: String!) {
  app(name: $name) {
    id name internalNumericId hostname status deployed platformVersion network cnameTarget
    organization { id slug rawSlug name type }
    role { name }
    currentRelease: currentReleaseUnprocessed {
      id version status createdAt imageRef deploymentStrategy configDefinition
    }
  }
}
"""

HOST_ISSUES = """
query HostIssues($name: String!, $after: String) {
  app(name: $name) {
    hostIssues(first: 100, after: $after) {
      nodes { internalId message createdAt resolvedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

ADD_ONS = """
query AddOns($name: String!, $type: AddOnType!, $after: String) {
  app(name: $name) {
    addOns(type: $type, first: 100, after: $after) {
      nodes { id name status }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

DEPLOYMENT_SOURCE = """
query DeploymentSource($name: String!) {
  app(name: $name) {
    hasDeploymentSource
    deploymentSource { provider repositoryUrl ref connected }
  }
}
"""

APP_TOKENS = """
query AppTokens($name: String!, $after: String) {
  app(name: $name) {
    limitedAccessTokens(first: 100, after: $after) {
      nodes { id name profile createdAt expiresAt revokedAt user { email } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

VM_SIZES = """
query VmSizes { platform { vmSizes { name cpuCores memoryMb priceMonth } } }
"""

PLACEMENT = """
query Placement($name: String!, $after: String) {
  app(name: $name) {
    machines(active: true, first: 200, after: $after) {
      nodes { id host { id } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

ADDRESSES = """
query Addresses($name: String!, $after: String) {
  app(name: $name) {
    sharedIpAddress
    ipAddresses(first: 200, after: $after) {
      nodes { address type region createdAt network { name organization { slug } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""

CERTIFICATES = """
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
"""

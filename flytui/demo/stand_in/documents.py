"""The GraphQL documents the commands send: selections like fly's, one place for all of them."""

VIEWER = "query{viewer{... on User{id email enablePaidHobby} ... on Macaroon{email}}}"

ORGANIZATIONS = """query($admin:Boolean!){organizations(admin:$admin){nodes{
    id slug rawSlug name type paidPlan billable viewerRole internalNumericId}}}"""

ORGANIZATION = """query($slug:String!){organization(slug:$slug){
    id internalNumericId slug rawSlug name type billable}}"""

ORGANIZATION_DETAILS = """query($slug:String!){organizationdetails:organization(slug:$slug){
    id slug rawSlug name type viewerRole internalNumericId remoteBuilderImage
    remoteBuilderApp{name}
    members{edges{cursor node{id name email} joinedAt role}}}}"""

FULL_ORGANIZATION = """query GetOrganization($slug:String!){organization(slug:$slug){
    id slug rawSlug paidPlan addOnSsoLink provisionsBetaExtensions name billable billingStatus}}"""

APPS = """query($org:ID,$after:String){
    apps(type:"container",first:200,after:$after,organizationId:$org){
    pageInfo{hasNextPage endCursor}
    nodes{id name deployed hostname platformVersion network organization{slug name}
    currentRelease{createdAt status} status}}}"""

APPS_OF_ROLE = """query($org:ID,$role:String,$after:String){
    apps(type:"container",first:200,after:$after,organizationId:$org,role:$role){
    pageInfo{hasNextPage endCursor}
    nodes{id name deployed hostname platformVersion organization{slug name}
    currentRelease{createdAt status} status}}}"""

APP = """query($appName:String!){appcompact:app(name:$appName){
    id internalNumericId name hostname cnameTarget deployed network status appUrl platformVersion
    organization{id internalNumericId slug paidPlan} postgresAppRole:role{name}}}"""

APP_BASIC = """query($appName:String!){appbasic:app(name:$appName){
    id name platformVersion organization{id internalNumericId slug rawSlug paidPlan}}}"""

APP_VERSION = (
    "query($appName:String!){app(name:$appName){currentRelease:currentReleaseUnprocessed{version}}}"
)

ADDRESSES = """query($appName:String!){app(name:$appName){
    ipAddresses{nodes{id address type region createdAt
    network{name organization{slug}} serviceName}} sharedIpAddress}}"""

EGRESS_ADDRESSES = """query($appName:String!){app(name:$appName){
    egressIpAddresses{nodes{id ip version region updatedAt}}}}"""

ALLOCATE = """mutation($input:AllocateIPAddressInput!){allocateIpAddress(input:$input){
    ipAddress{id address type region createdAt}}}"""

ALLOCATE_SHARED = """mutation($input:AllocateIPAddressInput!){allocateIpAddress(input:$input){
    app{sharedIpAddress}}}"""

RELEASE = """mutation($input:ReleaseIPAddressInput!){releaseIpAddress(input:$input){
    clientMutationId}}"""

RELEASES = """query($appName:String!,$limit:Int!){app(name:$appName){
    releases:releasesUnprocessed(first:$limit){nodes{
    id version description reason status imageRef stable user{id email name} createdAt}}}}"""

CONFIGURATION = """query FlyctlConfigCurrentRelease($appName:String!){
    app(name:$appName){currentReleaseUnprocessed{configDefinition}}}"""

LATEST_IMAGE = """query LatestImage($appName:String!){
    app(name:$appName){currentReleaseUnprocessed{id version imageRef}}}"""

APP_TOKENS = """query($appName:String!){appLimitedAccessTokens:app(name:$appName){
    limitedAccessTokens{nodes{id name token expiresAt revokedAt user{email}}}}}"""

ORGANIZATION_TOKENS = """query($slug:String!){orgLimitedAccessTokens:organization(slug:$slug){
    limitedAccessTokens{nodes{id name expiresAt revokedAt user{email}}}}}"""

CREATE_LIMITED_ACCESS = """mutation CreateLimitedAccessToken($name:String!,$organizationId:ID!,
    $profile:String!,$profileParams:JSON,$expiry:String){
    createLimitedAccessToken(input:{name:$name,organizationId:$organizationId,
    profile:$profile,profileParams:$profileParams,expiry:$expiry}){
    limitedAccessToken{tokenHeader}}}"""

DELETE_LIMITED_ACCESS = """mutation($input:DeleteLimitedAccessTokenInput!){
    deleteLimitedAccessToken(input:$input){token}}"""

MACHINE = """query($machineId:String!){gqlmachine:machine(machineId:$machineId){
    id name app{name organization{id slug}}}}"""

CREATE_ORGANIZATION = """mutation($input:CreateOrganizationInput!){createOrganization(input:$input){
    organization{id name slug type viewerRole}}}"""

INVITE = """mutation($input:CreateOrganizationInvitationInput!){
    createOrganizationInvitation(input:$input){
    invitation{id email createdAt redeemed organization{slug}}}}"""

REMOVE_MEMBER = """mutation($input:DeleteOrganizationMembershipInput!){
    deleteOrganizationMembership(input:$input){organization{slug} user{name email}}}"""

MOVE_APP = """mutation($input:MoveAppInput!){moveApp(input:$input){app{id}}}"""

ALLOW_REPLAYS = """mutation($input:SetAllowAllCrossNetworkReplaysInput!){
    setAllowAllCrossNetworkReplays(input:$input){
    organization{allowAllCrossNetworkReplays}}}"""

REMOVE_REPLAY_SOURCES = """mutation($input:RemoveAllowedReplaySourceOrgsInput!){
    removeAllowedReplaySourceOrgs(input:$input){
    organization{allowedReplaySourceOrgSlugs}}}"""

CREATE_ADD_ON = """mutation($input:CreateAddOnInput!){createAddOn(input:$input){
    addOn{id name status environment}}}"""

SET_SECRETS = """mutation($input:SetSecretsInput!){setSecrets(input:$input){
    release{id version}}}"""

// Everything that a force runs: one resource group with the app, its storage, the two queues between it and VCAS, and what
// watches them. No secret in here: every connection is by the app's own identity, and keys lie in a vault, put there by hand.
targetScope = 'subscription'

// ---- Where and what ------------------------------------------------------------------------------------------------

@description('Short name of the environment; azd gives its own. Part of every resource\'s name.')
@minLength(2)
@maxLength(32)
param environmentName string

@description('Region of every resource.')
param location string = 'uksouth'

@description('The resource group, made where it is missing.')
param resourceGroupName string = 'rg-${environmentName}'

@description('Tags of every resource, besides azd\'s own.')
param tags object = {}

// ---- The force's own settings --------------------------------------------------------------------------------------

@description('The force\'s name in the source of its messages: lower-case letters, digits and hyphens.')
param force string

@description('The team that phones for every team not named otherwise. It becomes part of a setting\'s name: letters, digits, underscores.')
param callBackTeam string = 'callback'

@description('Object id of the group whose members are told in Teams, where it is another than those who phone (a Teams team\'s will do).')
param callBackTeamId string = ''

@description('Directory id of the supervisor who is told of what is overdue; empty for none.')
param supervisorId string = ''

@description('Id of the Teams app that opens the call list; empty turns notifications off, and the call list is the only prompt.')
param teamsAppId string = ''

@description('Further settings of the app by name, as Vcas__Policy__IntervalDays. They win over those made here.')
param extraSettings object = {}

// ---- Keys ----------------------------------------------------------------------------------------------------------

@description('Ids of the keys that open what is sealed: lower-case letters and digits. Each is a secret sealing-<id> in the vault.')
param sealingKeys string[] = ['k1']

@description('The one of them that seals from now on.')
param activeSealingKey string = 'k1'

// ---- The outer door ------------------------------------------------------------------------------------------------

@description('Client id of the app registration whose tokens open the door. Empty: it is shut, nobody is let in, the app doesn\'t start.')
param authClientId string = ''

@description('Directory that issues the tokens.')
param authTenantId string = tenant().tenantId

@description('Client ids of the applications that may call, as Power Apps\' connector (the console\'s is added); none: any of them.')
param authAllowedClients string[] = []

@description('Client id of the registration with which the web console signs people in; empty where there is no console.')
param consoleClientId string = ''

@description('Where notifications lead that Teams can\'t show in the app\'s tab: https://<host>/console/. Empty: not known yet.')
param consoleUrl string = ''

@description('Object id of the group whose members are officers and supervisors of every team not named otherwise; empty for none.')
param officersGroupId string = ''

@description('Object id of the group whose members phone for the call-back team; empty for none.')
param callersGroupId string = ''

// ---- VCAS ----------------------------------------------------------------------------------------------------------

@description('Object id, in this directory, of VCAS\'s identity (of an application elsewhere: its service principal here). Empty: none.')
param vcasPrincipalId string = ''

@description('Address ranges (CIDR) from which VCAS reaches the bus where it is private.')
param vcasAddressRanges string[] = []

// ---- Size and safety -----------------------------------------------------------------------------------------------

@description('Tier of Service Bus. Premium alone can be closed to the internet; a namespace can\'t go from one to the other in place.')
@allowed(['Standard', 'Premium'])
param serviceBusTier string = 'Standard'

@description('Redundancy of the storage that holds offers and referrals.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param storageRedundancy string = 'Standard_ZRS'

@description('Instances that are kept warm, by scaling group. The durable one keeps time for the households.')
param alwaysReady { name: string, instanceCount: int }[] = [{ name: 'durable', instanceCount: 1 }]

@description('Memory of one instance, MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances that the app may grow to.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Spreads the app over zones. Takes at least two always-ready instances in each group named above.')
param zoneRedundant bool = false

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Days for which a nightly backup is kept, and can neither be changed nor deleted.')
@minValue(8)
@maxValue(365)
param backupDays int = 35

@description('Locks that period for good: nobody can shorten it, nor delete the account of the backups until they are older.')
param lockBackups bool = false

@description('Locks the storage account against deletion; azd down then fails until the lock is taken away.')
param lockData bool = false

@description('Days for which the audit\'s anchors can\'t be changed or deleted: as long as the audit is kept.')
@minValue(1)
@maxValue(36525)
param anchorDays int = 2557

@description('Takes from everybody, for that time, the right to take that back. Not in the first deployment, and never undone.')
param lockAnchors bool = false

// ---- Networks ------------------------------------------------------------------------------------------------------

@description('Closes storage and vault to the internet, and a Premium bus as well, and reaches them through a virtual network.')
param privateNetworking bool = true

@description('Address ranges (CIDR) from which somebody puts keys into the vault just now, where networking is private; empty otherwise.')
param vaultAddressRanges string[] = []

@description('Address space of that network, /24 or larger.')
param networkAddressSpace string = '10.90.0.0/24'

// ---- By choice -----------------------------------------------------------------------------------------------------

@description('Keeps orchestrations in a Durable Task Scheduler in place of the storage account. Nothing migrates from one to the other.')
param durableTaskScheduler bool = false

// ---- Who is told ---------------------------------------------------------------------------------------------------

@description('E-mail addresses that alerts go to. There is no default: what nobody hears of nobody mends.')
@minLength(1)
param alertEmails string[]

// --------------------------------------------------------------------------------------------------------------------

var token = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName, application: 'vcas-functions' })
var vaultName = 'kv-${token}'
// Both doors hold to the same list. The console is never shut out by a list that was made for somebody else.
var allowedClients = empty(authAllowedClients) || empty(consoleClientId) ? authAllowedClients : union(authAllowedClients, [consoleClientId])
var queues = {
  referrals: 'referrals'
  answers: 'referral-answers'
  deadReferrals: 'referrals-dead'
  deadAnswers: 'referral-answers-dead'
}

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: resourceGroupName
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-${token}', location: location, tags: allTags }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${token}'
    insightsName: 'appi-${token}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    appPrincipalId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  name: 'network'
  scope: group
  params: { token: token, location: location, tags: allTags, addressSpace: networkAddressSpace }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: allTags
    redundancy: storageRedundancy
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    endpoints: privateNetworking ? network!.outputs.endpoints : null
    lockData: lockData
  }
}

module backup 'modules/backup.bicep' = {
  name: 'backup'
  scope: group
  params: {
    name: 'bk${token}'
    location: location
    tags: allTags
    redundancy: storageRedundancy
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    endpoints: privateNetworking ? network!.outputs.endpoints : null
    days: backupDays
    lock: lockBackups
  }
}

module anchors 'modules/anchors.bicep' = {
  name: 'anchors'
  scope: group
  params: {
    name: 'sta${token}'
    location: location
    tags: allTags
    redundancy: storageRedundancy
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    endpoints: privateNetworking ? network!.outputs.endpoints : null
    keptDays: anchorDays
    locked: lockAnchors
  }
}

module vault 'modules/key-vault.bicep' = {
  name: 'key-vault'
  scope: group
  params: {
    name: vaultName
    location: location
    tags: allTags
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    endpoints: privateNetworking ? network!.outputs.endpoints : null
    addressRanges: vaultAddressRanges
  }
}

module bus 'modules/service-bus.bicep' = {
  name: 'service-bus'
  scope: group
  params: {
    name: 'sb-${token}'
    location: location
    tags: allTags
    tier: serviceBusTier
    queues: queues
    appPrincipalId: identity.outputs.principalId
    vcasPrincipalId: vcasPrincipalId
    vcasAddressRanges: vcasAddressRanges
    workspaceId: monitoring.outputs.workspaceId
    endpoints: privateNetworking ? network!.outputs.endpoints : null
  }
}

module scheduler 'modules/scheduler.bicep' = if (durableTaskScheduler) {
  name: 'scheduler'
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: allTags
    appPrincipalId: identity.outputs.principalId
    addressRanges: privateNetworking ? ['${network!.outputs.egressAddress}/32'] : ['0.0.0.0/0']
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    busHost: bus.outputs.host
    anchorsEndpoint: anchors.outputs.endpoint
    insightsName: monitoring.outputs.insightsName
    workspaceId: monitoring.outputs.workspaceId
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    alwaysReady: alwaysReady
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    zoneRedundant: zoneRedundant
    authClientId: authClientId
    authTenantId: authTenantId
    authAllowedClients: allowedClients
    schedulerName: durableTaskScheduler ? scheduler!.outputs.name : ''
    settings: union(
      {
        Vcas__Force: force
        Vcas__Referrals__Queue: queues.referrals
        Vcas__Referrals__AnswerQueue: queues.answers
        Vcas__Referrals__DeadLetterQueue: queues.deadReferrals
        Vcas__Referrals__AnswerDeadLetterQueue: queues.deadAnswers
        // Every minute: what an answer waits at most. docs/decisions/0026 says what it costs.
        Vcas__Referrals__AnswersSchedule: '0 * * * * *'
        // Seven minutes past every hour, UTC.
        Vcas__Sweep__Schedule: '0 7 * * * *'
        // Twenty to two every night, UTC.
        Vcas__Nightly__Schedule: '0 40 1 * * *'
        // On every hour, UTC: the first in call-back hours tells supervisors of their day.
        Vcas__Tasks__Schedule: '0 0 * * * *'
        Vcas__Sealing__ActiveKey: activeSealingKey
        Vcas__Sealing__HashKey: '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=hashing)'
        Vcas__OtherTeams__CallBackTeam: callBackTeam
        Vcas__Access__TenantId: authTenantId
        Vcas__Backup__Enabled: 'true'
        Vcas__Backup__Container: backup.outputs.container
        BackupConnection__serviceUri: backup.outputs.blobUri
        Vcas__Notifications__Enabled: empty(teamsAppId) ? 'false' : 'true'
      },
      toObject(
        sealingKeys,
        id => 'Vcas__Sealing__Keys__${id}',
        id => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=sealing-${id})'
      ),
      empty(supervisorId) ? {} : { Vcas__OtherTeams__Supervisor: supervisorId },
      empty(authClientId) ? {} : { Vcas__Access__Audience: authClientId },
      empty(consoleClientId) ? {} : { Vcas__Access__ConsoleClientId: consoleClientId },
      empty(consoleUrl) ? {} : { Vcas__Notifications__ConsoleUrl: consoleUrl },
      toObject(range(0, length(allowedClients)), i => 'Vcas__Access__Clients__${i}', i => allowedClients[i]),
      empty(officersGroupId) ? {} : { Vcas__OtherTeams__GroupId: officersGroupId },
      empty(callersGroupId) ? {} : { 'Vcas__CallBackTeams__${callBackTeam}__GroupId': callersGroupId },
      empty(teamsAppId) ? {} : { Vcas__Notifications__TeamsAppId: teamsAppId },
      empty(callBackTeamId) ? {} : { 'Vcas__CallBackTeams__${callBackTeam}__TeamId': callBackTeamId },
      extraSettings
    )
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    emails: alertEmails
    workspaceId: monitoring.outputs.workspaceId
    busId: bus.outputs.id
    deadQueues: [
      { name: queues.deadReferrals, queue: queues.referrals }
      { name: queues.deadAnswers, queue: queues.answers }
    ]
    appPrincipalId: identity.outputs.principalId
    appClientId: identity.outputs.clientId
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output SERVICE_API_NAME string = app.outputs.name
output SERVICE_API_URI string = app.outputs.uri
output APP_PRINCIPAL_ID string = identity.outputs.principalId
output KEY_VAULT_NAME string = vault.outputs.name
output SERVICE_BUS_HOST string = bus.outputs.host
output EGRESS_ADDRESS string = privateNetworking ? network!.outputs.egressAddress : ''

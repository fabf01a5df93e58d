// One account: the tables with offers, call-backs and referrals; the host's and the task hub's own; the deployed package.
import { roles } from '../roles.bicep'

param name string
param location string
param tags object
param redundancy string
param appPrincipalId string
param workspaceId string
param endpoints object?
param lockData bool

var isPrivate = endpoints != null

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource deployments 'containers' = {
      name: 'deployments'
      properties: { publicAccess: 'None' }
    }
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource offers 'tables' = { name: 'Offers' }
    resource callBacks 'tables' = { name: 'CallBacks' }
    resource referrals 'tables' = { name: 'Referrals' }
    resource register 'tables' = { name: 'Register' }
    resource notices 'tables' = { name: 'Notices' }
    resource auditTable 'tables' = { name: 'Audit' }
    resource doNotCall 'tables' = { name: 'DoNotCall' }
    resource householdIndex 'tables' = { name: 'HouseholdIndex' }
    resource desk 'tables' = { name: 'Desk' }
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.blobDataOwner, roles.queueDataContributor, roles.tableDataContributor]: {
    name: guid(account.id, appPrincipalId, role)
    scope: account
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

// Who read or changed the tables. The queues are left out: the task hub polls them all day.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account::tables
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: { category: category, enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

// Who read or changed the package that is run, or the task hub's large messages. The hub's own leases stand in it as well.
resource blobAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: { category: category, enabled: true }]
  }
}

resource keep 'Microsoft.Authorization/locks@2020-05-01' = if (lockData) {
  name: 'keep'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'It holds what households were offered and what they answered.' }
}

module inside 'private-endpoint.bicep' = [
  for part in ['blob', 'queue', 'table']: if (isPrivate) {
    name: 'endpoint-${part}'
    params: {
      name: 'pep-${name}-${part}'
      location: location
      tags: tags
      subnetId: endpoints!.subnetId
      targetId: account.id
      part: part
      zoneId: endpoints!.zones[part]
    }
  }
]

output name string = account.name
output deploymentContainer string = account::blobs::deployments.name

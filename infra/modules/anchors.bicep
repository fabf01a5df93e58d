// Where the nights' anchors of the audit are kept: elsewhere than the tables that they hold fast, so that who may write to those, or
// puts them back to an earlier day, is found out. An anchor holds a day, counts and hashes: nothing of a household.
import { roles } from '../roles.bicep'

param name string
param location string
param tags object
param redundancy string
param appPrincipalId string
param workspaceId string
param endpoints object?

@description('Days for which nothing in it can be changed or deleted: as long as the audit is kept.')
param keptDays int

@description('Whether nobody, an owner of the subscription among them, can take that back any more.')
param locked bool

var isPrivate = endpoints != null

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Cool'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'None' }
    // Azure takes it from unlocked to locked and never back, and an account is never made locked: the first deployment leaves it unlocked.
    immutableStorageWithVersioning: {
      enabled: true
      immutabilityPolicy: {
        immutabilityPeriodSinceCreationInDays: keptDays
        allowProtectedAppendWrites: false
        state: locked ? 'Locked' : 'Unlocked'
      }
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { isVersioningEnabled: true }

    resource anchors 'containers' = {
      name: 'anchors'
      properties: { publicAccess: 'None' }
    }
  }
}

resource appKeeps 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::blobs::anchors.id, appPrincipalId, roles.blobDataContributor)
  scope: account::blobs::anchors
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobDataContributor)
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: { category: category, enabled: true }]
  }
}

module inside 'private-endpoint.bicep' = if (isPrivate) {
  name: 'endpoint-anchors'
  params: {
    name: 'pep-${name}-blob'
    location: location
    tags: tags
    subnetId: endpoints!.subnetId
    targetId: account.id
    part: 'blob'
    zoneId: endpoints!.zones.blob
  }
}

output endpoint string = account.properties.primaryEndpoints.blob

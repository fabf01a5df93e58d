// An account of its own for the nightly backups. The app may put new files there and do nothing else: it can neither read, nor change, nor
// take away what it wrote, and so can nobody who has become the app. docs/decisions/0030-a-backup-of-all-tables.md says why.
param name string
param location string
param tags object
param redundancy string
param appPrincipalId string
param workspaceId string
param endpoints object?
@description('Days for which a backup can neither be changed nor deleted; a day later it is deleted.')
param days int
@description('Whether nobody can shorten that any more. What is locked can\'t be unlocked.')
param lock bool

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
    immutableStorageWithVersioning: {
      enabled: true
      immutabilityPolicy: {
        immutabilityPeriodSinceCreationInDays: days
        allowProtectedAppendWrites: false
        state: lock ? 'Locked' : 'Unlocked'
      }
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: { isVersioningEnabled: true }

    resource backups 'containers' = {
      name: 'vcas-backup'
      properties: { publicAccess: 'None' }
    }
  }

  // What was erased is in no backup that is younger: with the last older one it is gone.
  resource expiry 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'expire'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['vcas-backup/'] }
              actions: {
                baseBlob: { delete: { daysAfterCreationGreaterThan: days + 1 } }
                version: { delete: { daysAfterCreationGreaterThan: 1 } }
              }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

// No built-in role may add and nothing else.
resource writer 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, name, 'adds backups')
  properties: {
    roleName: 'Adds backups to ${name}'
    description: 'Puts new files into the account of the backups; reads, changes and deletes nothing.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action']
        notDataActions: []
      }
    ]
  }
}

resource mayAdd 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, appPrincipalId, 'adds backups')
  scope: account::blobs::backups
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writer.id
  }
}

// Who read, added or deleted a backup.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: { category: category, enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

module inside 'private-endpoint.bicep' = if (isPrivate) {
  name: 'endpoint-backup'
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

output blobUri string = account.properties.primaryEndpoints.blob
output container string = account::blobs::backups.name

// Where the keys lie that seal personal data. The template makes the vault and never a secret: nobody's deployment knows one.
import { roles } from '../roles.bicep'

param name string
param location string
param tags object
param appPrincipalId string
param workspaceId string
param endpoints object?

@description('Address ranges (CIDR) from which keys may be put in, where networking is private; empty when nobody is at it.')
param addressRanges string[]

var isPrivate = endpoints != null

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    // A lost key is a lost household: what is deleted can be had back for as long as Azure keeps it.
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate && empty(addressRanges) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'None'
      ipRules: [for range in addressRanges: { value: range }]
    }
  }
}

resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appPrincipalId, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

// Who read or changed a key.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    // An own table with a column for who it was: an alert asks it.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

module inside 'private-endpoint.bicep' = if (isPrivate) {
  name: 'endpoint-vault'
  params: {
    name: 'pep-${name}'
    location: location
    tags: tags
    subnetId: endpoints!.subnetId
    targetId: vault.id
    part: 'vault'
    zoneId: endpoints!.zones.vault
  }
}

output name string = vault.name

// The Functions app on Flex Consumption. azd finds it by its tag and puts the published package into the container.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param deploymentContainer string
param busHost string
param anchorsEndpoint string
param insightsName string
param workspaceId string
param subnetId string
param alwaysReady { name: string, instanceCount: int }[]
param instanceMemoryMB int
param maximumInstanceCount int
param zoneRedundant bool
param authClientId string
param authTenantId string
param authAllowedClients string[]
param schedulerName string

@description('The app\'s own settings by name.')
param settings object

resource storage 'Microsoft.Storage/storageAccounts@2026-04-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (!empty(schedulerName)) {
  name: schedulerName
}

// The host, its triggers and the app's clients all sign in as the one identity; nothing here is a secret.
var connections = {
  AzureWebJobsStorage__accountName: storage.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  ServiceBusConnection__fullyQualifiedNamespace: busHost
  ServiceBusConnection__credential: 'managedidentity'
  ServiceBusConnection__clientId: identityClientId
  TablesConnection__serviceUri: storage.properties.primaryEndpoints.table
  AnchorsConnection__serviceUri: anchorsEndpoint
  AZURE_CLIENT_ID: identityClientId
  // DefaultAzureCredential tries this one alone.
  AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

// Settings that stand in for lines of host.json.
var otherBackend = empty(schedulerName)
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: format(
        'Endpoint={0};Authentication=ManagedIdentity;ClientID={1}',
        scheduler!.properties.endpoint,
        identityClientId
      )
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    }

var isShut = empty(authClientId)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // As which settings that refer to the vault are read.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      // While no registration says who may come in, no address is let in either. Deployment has its own door.
      ipSecurityRestrictionsDefaultAction: isShut ? 'Deny' : 'Allow'
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Allow'
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(connections, otherBackend, settings)
  }

  // Nobody publishes by user name and password.
  resource noPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource door 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      httpSettings: { requireHttps: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        // It answers up or down, and nothing else; and the console's pages, which hold nothing of a household and sign people in.
        excludedPaths: ['/api/health', '/console', '/console/*']
      }
      identityProviders: isShut
        ? {}
        : {
            azureActiveDirectory: {
              enabled: true
              registration: { clientId: authClientId, openIdIssuer: '${environment().authentication.loginEndpoint}${authTenantId}/v2.0' }
              validation: {
                allowedAudiences: [authClientId, 'api://${authClientId}']
                defaultAuthorizationPolicy: empty(authAllowedClients) ? {} : { allowedApplications: authAllowedClients }
              }
            }
          }
      login: { tokenStore: { enabled: false } }
    }
  }
}

// The host's own log arrives here even where the app never gets as far as telemetry.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = app.name
output uri string = 'https://${app.properties.defaultHostName}'

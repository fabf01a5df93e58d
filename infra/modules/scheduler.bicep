// The other place where orchestrations can be kept: Azure's Durable Task Scheduler, paid by what it does.
import { roles } from '../roles.bicep'

param name string
param location string
param tags object
param appPrincipalId string

@description('Addresses that may reach it; an empty list lets nobody in.')
param addressRanges string[]

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
    ipAllowlist: addressRanges
  }

  // As host.json calls the task hub.
  resource hub 'taskHubs' = {
    name: 'VcasHub'
    properties: {}
  }
}

resource mayUse 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(scheduler::hub.id, appPrincipalId, roles.durableTaskDataContributor)
  scope: scheduler::hub
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskDataContributor)
  }
}

output name string = scheduler.name

// The two queues between the force and VCAS, and one for the dead letters of each. Each side may do one thing with each queue, and
// nothing with the namespace.
import { roles } from '../roles.bicep'

param name string
param location string
param tags object
param tier string
param queues { referrals: string, answers: string, deadReferrals: string, deadAnswers: string }
param appPrincipalId string
param vcasPrincipalId string
param vcasAddressRanges string[]
param workspaceId string
param endpoints object?

// No other tier can be closed to the internet: on Standard the identities alone keep others out.
var isPrivate = endpoints != null && tier == 'Premium'

// A message is tried ten times; what can't be taken, or grows two weeks old, is put aside and an alert is raised: it is never
// dropped. A message sent twice within ten minutes is one message; not longer, for a dead letter that is sent again under its own
// id within that time would be dropped in silence. VCAS's side knows repetitions by their id, however late they come.
var queueProperties = {
  lockDuration: 'PT1M'
  maxDeliveryCount: 10
  defaultMessageTimeToLive: 'P14D'
  deadLetteringOnMessageExpiration: true
  requiresDuplicateDetection: true
  duplicateDetectionHistoryTimeWindow: 'PT10M'
  requiresSession: false
}

// What was put aside lies in a queue of its own, so that whoever tends it needn't have the right to take what is on its way. It lies there
// until somebody has seen to it, or the app takes it away after its time; a message that is put aside twice is two.
var deadProperties = {
  lockDuration: 'PT1M'
  maxDeliveryCount: 2000
  requiresDuplicateDetection: false
  requiresSession: false
}

resource bus 'Microsoft.ServiceBus/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: tier, tier: tier, capacity: tier == 'Premium' ? 1 : null }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPrivate && empty(vcasAddressRanges) ? 'Disabled' : 'Enabled'
  }

  resource deadReferrals 'queues' = {
    name: queues.deadReferrals
    properties: deadProperties
  }

  resource deadAnswers 'queues' = {
    name: queues.deadAnswers
    properties: deadProperties
  }

  resource referrals 'queues' = {
    name: queues.referrals
    properties: union(queueProperties, { forwardDeadLetteredMessagesTo: deadReferrals.name })
  }

  resource answers 'queues' = {
    name: queues.answers
    properties: union(queueProperties, { forwardDeadLetteredMessagesTo: deadAnswers.name })
  }

  resource whoMayReachIt 'networkRuleSets' = if (isPrivate) {
    name: 'default'
    properties: {
      publicNetworkAccess: empty(vcasAddressRanges) ? 'Disabled' : 'Enabled'
      defaultAction: 'Deny'
      trustedServiceAccessEnabled: false
      ipRules: [for range in vcasAddressRanges: { ipMask: range, action: 'Allow' }]
    }
  }
}

resource appSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus::referrals.id, appPrincipalId, roles.busDataSender)
  scope: bus::referrals
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.busDataSender)
  }
}

resource appReceives 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus::answers.id, appPrincipalId, roles.busDataReceiver)
  scope: bus::answers
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.busDataReceiver)
  }
}

// What was put aside is erased after its time: nothing else takes it away. What is on its way to VCAS the app may not take.
resource appTendsReferrals 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus::deadReferrals.id, appPrincipalId, roles.busDataReceiver)
  scope: bus::deadReferrals
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.busDataReceiver)
  }
}

resource appTendsAnswers 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(bus::deadAnswers.id, appPrincipalId, roles.busDataReceiver)
  scope: bus::deadAnswers
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.busDataReceiver)
  }
}

resource vcasReceives 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vcasPrincipalId)) {
  name: guid(bus::referrals.id, vcasPrincipalId, roles.busDataReceiver)
  scope: bus::referrals
  properties: {
    principalId: vcasPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.busDataReceiver)
  }
}

resource vcasSends 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vcasPrincipalId)) {
  name: guid(bus::answers.id, vcasPrincipalId, roles.busDataSender)
  scope: bus::answers
  properties: {
    principalId: vcasPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.busDataSender)
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: bus
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

module inside 'private-endpoint.bicep' = if (isPrivate) {
  name: 'endpoint-bus'
  params: {
    name: 'pep-${name}'
    location: location
    tags: tags
    subnetId: endpoints!.subnetId
    targetId: bus.id
    part: 'namespace'
    zoneId: endpoints!.zones.bus
  }
}

output id string = bus.id
output host string = '${bus.name}.servicebus.windows.net'

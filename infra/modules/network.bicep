// The network in which the app reaches its storage and its bus. It leaves for the internet (sign-in, Graph, telemetry) by
// one fixed address, which others can let in.
param token string
param location string
param tags object
param addressSpace string

var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  bus: 'privatelink.servicebus.windows.net'
  vault: 'privatelink.vaultcore.azure.net'
}

resource rules 'Microsoft.Network/networkSecurityGroups@2025-01-01' = {
  name: 'nsg-${token}'
  location: location
  tags: tags
}

resource egress 'Microsoft.Network/publicIPAddresses@2025-01-01' = {
  name: 'pip-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2025-01-01' = {
  name: 'ng-${token}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: egress.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 0)
          networkSecurityGroup: { id: rules.id }
          natGateway: { id: gateway.id }
          // What Flex Consumption asks of the subnet that it joins.
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 1)
          networkSecurityGroup: { id: rules.id }
          defaultOutboundAccess: false
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'app' }
  resource endpointSubnet 'subnets' existing = { name: 'endpoints' }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zoneNames): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in items(zoneNames): {
    parent: zones[index]
    name: network.name
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

output appSubnetId string = network::appSubnet.id
output egressAddress string = egress.properties.ipAddress
output endpoints object = {
  subnetId: network::endpointSubnet.id
  zones: toObject(items(zoneNames), zone => zone.key, zone => resourceId('Microsoft.Network/privateDnsZones', zone.value))
}

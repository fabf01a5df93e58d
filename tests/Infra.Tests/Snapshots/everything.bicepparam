// Every choice taken.
using '../../../infra/main.bicep'

param environmentName = 'golden'
param force = 'durham'
param resourceGroupName = 'rg-vcas-golden'
param tags = { costCentre: 'victim-support' }
param callBackTeam = 'phones'
param callBackTeamId = '11111111-2222-3333-4444-555555555555'
param supervisorId = '22222222-3333-4444-5555-666666666666'
param teamsAppId = '33333333-4444-5555-6666-777777777777'
param extraSettings = {
  Vcas__Policy__IntervalDays: '28'
  Vcas__CallHours__From: '10:00'
  Vcas__ExtraHolidays__0: '2026-12-24'
  Vcas__Teams__Durham__CallBackTeam: 'phones'
  Vcas__Teams__Durham__Supervisor: '22222222-3333-4444-5555-666666666666'
}
param sealingKeys = ['k1', 'k2']
param activeSealingKey = 'k2'
param authClientId = '44444444-5555-6666-7777-888888888888'
param authTenantId = '55555555-6666-7777-8888-999999999999'
param authAllowedClients = ['66666666-7777-8888-9999-aaaaaaaaaaaa']
param consoleClientId = '88888888-9999-aaaa-bbbb-cccccccccccc'
param consoleUrl = 'https://vcas.example.org/console/'
param officersGroupId = '99999999-aaaa-bbbb-cccc-dddddddddddd'
param callersGroupId = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
param vcasPrincipalId = '77777777-8888-9999-aaaa-bbbbbbbbbbbb'
param vcasAddressRanges = ['192.0.2.0/28']
param serviceBusTier = 'Premium'
param storageRedundancy = 'Standard_GZRS'
param alwaysReady = [
  { name: 'durable', instanceCount: 2 }
  { name: 'http', instanceCount: 2 }
]
param instanceMemoryMB = 4096
param maximumInstanceCount = 100
param zoneRedundant = true
param logRetentionDays = 365
param lockData = true
param backupDays = 90
param lockBackups = true
param anchorDays = 3653
param lockAnchors = true
param privateNetworking = true
param vaultAddressRanges = ['198.51.100.7/32']
param durableTaskScheduler = true
param alertEmails = ['duty.desk@example.org', 'supervisor@example.org']

// What azd hands over from its environment: azd env set NAME value. What stands in no line here keeps the template's default
// until a line is added.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION', 'uksouth')

// The force.
param force = readEnvironmentVariable('VCAS_FORCE')
param callBackTeam = readEnvironmentVariable('VCAS_CALL_BACK_TEAM', 'callback')
param callBackTeamId = readEnvironmentVariable('VCAS_CALL_BACK_TEAM_ID', '')
param supervisorId = readEnvironmentVariable('VCAS_SUPERVISOR_ID', '')
param teamsAppId = readEnvironmentVariable('VCAS_TEAMS_APP_ID', '')
// A JSON object: {"Vcas__Policy__IntervalDays":"28"}
param extraSettings = json(readEnvironmentVariable('VCAS_SETTINGS', '{}'))

// Keys, by id.
param sealingKeys = split(readEnvironmentVariable('VCAS_SEALING_KEYS', 'k1'), ',')
param activeSealingKey = readEnvironmentVariable('VCAS_SEALING_ACTIVE_KEY', 'k1')

// Who may come in.
param authClientId = readEnvironmentVariable('VCAS_AUTH_CLIENT_ID', '')
param authAllowedClients = filter(split(readEnvironmentVariable('VCAS_AUTH_ALLOWED_CLIENTS', ''), ','), client => !empty(client))
param consoleClientId = readEnvironmentVariable('VCAS_CONSOLE_CLIENT_ID', '')
param consoleUrl = readEnvironmentVariable('VCAS_CONSOLE_URL', '')
param officersGroupId = readEnvironmentVariable('VCAS_OFFICERS_GROUP_ID', '')
param callersGroupId = readEnvironmentVariable('VCAS_CALLERS_GROUP_ID', '')
param vcasPrincipalId = readEnvironmentVariable('VCAS_PRINCIPAL_ID', '')
param vcasAddressRanges = filter(split(readEnvironmentVariable('VCAS_ADDRESS_RANGES', ''), ','), range => !empty(range))

// Who is told. infra/ask asks for it where it is missing.
param alertEmails = filter(split(readEnvironmentVariable('VCAS_ALERT_EMAILS'), ','), address => !empty(address))

// Networks.
param privateNetworking = bool(readEnvironmentVariable('VCAS_PRIVATE_NETWORKING', 'true'))
param serviceBusTier = readEnvironmentVariable('VCAS_SERVICE_BUS_TIER', 'Standard')
param vaultAddressRanges = filter(split(readEnvironmentVariable('VCAS_VAULT_ADDRESS_RANGES', ''), ','), range => !empty(range))

// By choice.
param durableTaskScheduler = bool(readEnvironmentVariable('VCAS_DURABLE_TASK_SCHEDULER', 'false'))
param backupDays = int(readEnvironmentVariable('VCAS_BACKUP_DAYS', '35'))
param lockBackups = bool(readEnvironmentVariable('VCAS_LOCK_BACKUPS', 'false'))
param lockData = bool(readEnvironmentVariable('VCAS_LOCK_DATA', 'false'))
param lockAnchors = bool(readEnvironmentVariable('VCAS_LOCK_ANCHORS', 'false'))

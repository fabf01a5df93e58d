// Only what has no default.
using '../../../infra/main.bicep'

param environmentName = 'golden'
param force = 'durham'

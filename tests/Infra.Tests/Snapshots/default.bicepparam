// Only what has no default.
using '../../../infra/main.bicep'

param environmentName = 'golden'
param force = 'durham'
param alertEmails = ['duty.desk@example.org']

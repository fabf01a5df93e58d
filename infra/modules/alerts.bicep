// What somebody must know of. Each alert asks for the words that the app logs, so a test holds these queries and the app
// together; what to do about each stands in docs/operations/deploy.md.
param token string
param location string
param tags object
param emails string[]
param workspaceId string
param busId string
param deadQueues { name: string, queue: string }[]
param appPrincipalId string
param appClientId string

// One line is enough for an alert, but for these. So many refusals within half an hour are no slips of the finger.
var thresholds = { 'access-refused': 30 }

// As it stands in what the vault logs of whoever asks.
var theApp = '\'${appPrincipalId}\', \'${appClientId}\''

// Telemetry takes some minutes to arrive: the window is twice the interval, so that nothing slips between two looks.
var logAlerts = [
  {
    name: 'call-back-overdue'
    severity: 2
    title: 'A call-back is overdue'
    description: 'Nobody has called a household within the working days that the policy allows. The supervisor has been notified in Teams.'
    query: 'AppTraces | where Message contains "is overdue: nobody has called"'
  }
  {
    name: 'danger-unacknowledged'
    severity: 1
    title: 'Nobody has acknowledged a danger'
    description: join(
      [
        'Somebody may come to harm, and neither the supervisor nor whoever is told next has said that they know of it.'
        'It is said again after twice as long each time.'
      ],
      ' '
    )
    query: 'AppTraces | where Message contains "nobody has acknowledged a danger"'
  }
  {
    name: 'sweep-repaired'
    severity: 2
    title: 'The sweep repaired something'
    description: join(
      [
        'A timer, a start or a notification was lost and has been made good, or could not be made good yet.'
        'Once is weather; twice is a fault.'
      ],
      ' '
    )
    query: 'AppTraces | where Message startswith "The sweep repaired" or Message contains "could not be repaired"'
  }
  {
    name: 'orchestration-failed'
    severity: 1
    title: 'An orchestration failed'
    description: 'Nobody keeps time for a household until the next sweep starts its orchestration anew.'
    query: 'AppTraces | where SeverityLevel >= 3 and Message contains "OfferOrchestration (Orchestrator)\' failed with an error"'
  }
  {
    name: 'notification-undeliverable'
    severity: 2
    title: 'A notification can\'t be delivered'
    description: join(
      [
        'Nobody is configured to be told, the Teams app is missing somewhere, or Teams refuses.'
        'The call list still shows the call-back.'
      ],
      ' '
    )
    query: join(
      [
        'AppTraces | where Message contains "has nobody to tell"'
        'or Message contains "can\'t be told in Teams" or Message contains "can still not be sent"'
      ],
      ' '
    )
  }
  {
    name: 'answers-not-taken'
    severity: 2
    title: 'VCAS\'s answers can\'t be taken in'
    description: join(
      [
        'The queue can\'t be read, or an answer failed on its way into a household\'s record.'
        'It lies on the queue and is tried again every minute.'
      ],
      ' '
    )
    query: join(
      [
        'AppTraces | where Message startswith "VCAS\'s answers can\'t be read"'
        'or Message startswith "An answer of VCAS\'s could not be taken in"'
      ],
      ' '
    )
  }
  {
    name: 'request-failed'
    severity: 2
    title: 'A request failed'
    description: 'The app answered somebody with an error of its own. The log names the function and the place.'
    query: 'AppTraces | where SeverityLevel >= 3 and Message matches regex "^[A-Za-z]+ failed with [A-Za-z]+ at "'
  }
  {
    name: 'night-failed'
    severity: 2
    title: 'A part of the night\'s work failed'
    description: join(
      [
        'Personal data whose time is over may still be kept, or the audit of that day is not held fast yet.'
        'The next night makes it good where it can.'
      ],
      ' '
    )
    query: 'AppTraces | where Message startswith "The night\'s " or Message contains "could not be erased"'
  }
  {
    name: 'household-exported'
    severity: 3
    title: 'A household was exported'
    description: 'An administrator took all that is known of one household out of the system. The audit says who, and why.'
    query: 'AppTraces | where Message contains " was exported as a whole, for "'
  }
  {
    name: 'audit-broken'
    severity: 1
    title: 'The audit is broken'
    description: 'Something in the audit is missing or altered. It is said again every night until it is repaired.'
    query: 'AppTraces | where Message startswith "The audit is broken"'
  }
  {
    name: 'access-refused'
    severity: 2
    title: 'Many were refused access'
    description: 'Somebody tries doors: bad tokens, functions without the role, households of other teams. The audit says who.'
    query: 'AppTraces | where Message startswith "Access refused: "'
  }
  {
    name: 'vault-read'
    severity: 1
    title: 'Somebody else read a key'
    description: 'Somebody who is not the app read a secret of the vault, or tried to: with the keys a copy of the tables opens.'
    query: 'AZKVAuditLogs | where OperationName in ("SecretGet", "SecretBackup") and not(tostring(Identity) has_any (${theApp}))'
  }
]

// An app that does nothing logs nothing: silence is what these listen for.
var silences = [
  {
    name: 'sweep-silent'
    severity: 1
    title: 'The sweep has not run for three hours'
    description: 'The app is down, or its timer trigger is: call-backs that a timer misses are not repaired.'
    query: 'AppRequests | where Name == "SweepHouseholds" and Success == true'
    every: 'PT1H'
    within: 'PT3H'
  }
  {
    name: 'answers-silent'
    severity: 2
    title: 'Nobody has looked for VCAS\'s answers for an hour'
    description: 'The app is down, or its timer trigger is: what VCAS says of a referral is not known to the force.'
    query: 'AppRequests | where Name == "ReceiveAnswers" and Success == true'
    every: 'PT15M'
    within: 'PT1H'
  }
  {
    name: 'night-silent'
    severity: 2
    title: 'The night\'s work has not been done for two days'
    description: 'Nothing is erased when its time is over, and the audit is not held fast.'
    query: 'AppRequests | where Name == "NightlyMaintenance" and Success == true'
    every: 'PT6H'
    within: 'P2D'
  }
  {
    name: 'audit-not-verified'
    severity: 2
    title: 'The audit has not been verified for two days'
    description: 'Nobody knows whether it is whole: the night\'s work did not come to it, or failed at it.'
    query: 'AppTraces | where Message startswith "The audit was verified" or Message startswith "The audit is broken"'
    every: 'PT6H'
    within: 'P2D'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'vcas'
    enabled: true
    emailReceivers: [for (email, index) in emails: { name: 'email-${index}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource inTheLog 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in logAlerts: {
    name: 'alert-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT30M'
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: thresholds[?alert.name] ?? 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      // The table comes into being with the first telemetry, after this deployment.
      skipQueryValidation: true
      actions: { actionGroups: [people.id] }
    }
  }
]

resource silence 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in silences: {
    name: 'alert-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: alert.every
      windowSize: alert.within
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'LessThan'
            threshold: 1
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      skipQueryValidation: true
      actions: { actionGroups: [people.id] }
    }
  }
]

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for dead in deadQueues: {
    name: 'alert-dead-letters-${dead.queue}'
    location: 'global'
    tags: tags
    properties: {
      description: join(
        [
          'A message in ${dead.queue} could not be taken, or expired:'
          'a household\'s referral or VCAS\'s answer waits for somebody.'
        ],
        ' '
      )
      severity: 1
      enabled: true
      scopes: [busId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT5M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'dead-letters'
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            metricName: 'Messages'
            dimensions: [{ name: 'EntityName', operator: 'Include', values: [dead.name] }]
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      autoMitigate: true
      actions: [{ actionGroupId: people.id }]
    }
  }
]

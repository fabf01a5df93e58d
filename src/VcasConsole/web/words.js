/** The API's words by their lists, written from its description; a test compares them. Their labels stand in the texts. */
export const words = {
  AcceptedWhen: [
    'atOffer', 'notAsked', 'beforeCallBack', 'atCallBack', 'later',
  ],
  AgeBand: [
    'under5', 'from5To11', 'from12To15', 'from16To17', 'adult', 'over65',
  ],
  Article9Condition: [
    'explicitConsent', 'socialProtection', 'vitalInterests', 'notForProfitBody', 'madePublic', 'legalClaims',
    'substantialPublicInterest', 'healthOrSocialCare', 'publicHealth', 'research',
  ],
  AttemptWay: [
    'phone', 'visit', 'letter', 'email', 'professional',
  ],
  AuditFormat: [
    'csv', 'ndjson',
  ],
  AuditKind: [
    'collection', 'alteration', 'consultation', 'disclosure', 'erasure', 'refusal',
  ],
  Became: [
    'waiting', 'due', 'held', 'acceptedAtDoor', 'acceptedLater', 'referredUnasked', 'takenOn', 'notTakenOn',
    'supportEnded', 'declinedAgain', 'notReached', 'never', 'ended', 'awaitingRoute',
  ],
  CallBackListState: [
    'waiting', 'due', 'overdue', 'held',
  ],
  CallDirection: [
    'outgoing', 'incoming',
  ],
  CallOutcome: [
    'accepted', 'declined', 'noAnswer', 'callLater', 'unsafeToCall', 'wrongNumber', 'died', 'doNotContact',
    'messageLeft',
  ],
  ClosingReason: [
    'declinedAtCallBack', 'notReached', 'doNotContact', 'died', 'withdrawn', 'declinedInPerson',
  ],
  ClosureReason: [
    'completed', 'notEngaged', 'needsMet', 'moved', 'died', 'other',
  ],
  ConsentBy: [
    'themselves', 'guardian', 'representative',
  ],
  ConsentHow: [
    'inPerson', 'byPhone', 'inWriting',
  ],
  ConsentTo: [
    'beingCalled', 'beingReferred', 'beingAskedAgain',
  ],
  ContactRoad: [
    'phone', 'visit',
  ],
  DangerAction: [
    'emergencyService', 'safeguardingNotification', 'welfareCheck', 'none',
  ],
  DayOfWeek: [
    'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday',
  ],
  DeadLetterKind: [
    'referrals', 'answers',
  ],
  DeathOf: [
    'suspect', 'relative',
  ],
  DependencyState: [
    'up', 'down', 'unknown',
  ],
  DetailField: [
    'crimeReference', 'household', 'risks', 'contact', 'childMayBeDirectVictim', 'answer', 'offeredAt', 'team',
    'lawfulBasis', 'consent', 'officerInCase',
  ],
  DisclosureReason: [
    'cpia', 'mopi', 'legalProceedings', 'complaint', 'accessRequest', 'inquiry',
  ],
  ErasureReason: [
    'retentionEnded', 'dataSubjectRequest', 'recordedInError', 'other',
  ],
  FindingKind: [
    'entryMissing', 'entryAltered', 'endMissing', 'chainMissing', 'householdAltered', 'anchorMissing', 'anchorBroken',
    'anchorNotKept',
  ],
  Hiding: [
    'few', 'withheld',
  ],
  HoldReason: [
    'suspectAtAddress', 'bailChanged', 'chargeOrCourtDate', 'suspectDied', 'childrensServices', 'wrongNumber', 'unsafe',
    'bereavement', 'neverToBeCalled', 'likelyDuplicate',
  ],
  KeyUse: [
    'hash', 'seal', 'index',
  ],
  LawfulBasis: [
    'consent', 'legalObligation', 'vitalInterests', 'publicTask',
  ],
  Likeness: [
    'sameHousehold', 'sameCase',
  ],
  NeverTakenBackReason: [
    'recordedInError', 'wrongNumber', 'householdAsked', 'numberReassigned', 'reviewed', 'other',
  ],
  NightStep: [
    'clock', 'anchoring', 'verification', 'erasure', 'auditExpiry', 'deadLetters', 'passedNumbers', 'seenPeople',
    'timekeeping', 'seals', 'otherSeals', 'nameSeals', 'index', 'backup',
  ],
  NoActionReason: [
    'recordedInError', 'alreadySeenTo', 'noLongerTrue', 'other',
  ],
  OfferAnswer: [
    'accepted', 'declined', 'notAsked', 'doNotContact',
  ],
  OfferState: [
    'waiting', 'due', 'held', 'referred', 'closed',
  ],
  OfferTurn: [
    'first', 'second',
  ],
  PassedNumberOutcome: [
    'recorded', 'called', 'neverRecorded', 'notKnown', 'other',
  ],
  PersonSource: [
    'directory', 'signedIn',
  ],
  ReadReason: [
    'callBack', 'supervision', 'referral', 'correction', 'dataSubjectRequest', 'audit', 'faultFinding', 'ownRecord',
    'theyGotInTouch',
  ],
  ReferralState: [
    'toSend', 'sent', 'received', 'accepted', 'rejected', 'withdrawn', 'closed', 'awaitingRoute',
  ],
  RejectionReason: [
    'atCapacity', 'outOfArea', 'notEligible', 'duplicate', 'unableToContact', 'insufficientInformation', 'other',
  ],
  Relationship: [
    'partner', 'child', 'parent', 'sibling', 'otherAdult', 'otherChild',
  ],
  ReopeningReason: [
    'closedInError', 'wrongHousehold', 'noLongerTrue', 'other',
  ],
  ReportFormat: [
    'json', 'csv',
  ],
  RetentionClass: [
    'error', 'closed', 'referred', 'declined', 'notReached', 'doNotContact', 'died', 'withdrawn',
  ],
  Risk: [
    'suspectAtAddress', 'suspectMayReturn', 'violence', 'selfHarm', 'childAtRisk', 'childrensServicesInvolved',
    'courtDatePending', 'other',
  ],
  Role: [
    'officer', 'caller', 'supervisor', 'vcas', 'auditor', 'administrator',
  ],
  RouteKind: [
    'phone', 'inPerson', 'email', 'professional',
  ],
  SaidAtDesk: [
    'wantsCall', 'wantsNoContact', 'other',
  ],
  Schedule1Condition: [
    'socialProtection', 'healthOrSocialCare', 'publicHealth', 'research', 'statutoryPurposes',
    'administrationOfJustice', 'equality', 'unlawfulActs', 'dishonesty', 'regulatoryRequirements', 'disabilitySupport',
    'counselling', 'safeguarding', 'economicWellBeing',
  ],
  TaskAction: [
    'acknowledge', 'recordMeasure', 'askHowTheyAre', 'openNumber', 'decide', 'haveCalled', 'reviewHold', 'openHours',
    'amendReferral', 'askVcas', 'findRoute',
  ],
  TaskKind: [
    'dangerUnacknowledged', 'neverPassedOn', 'measureMissing', 'welfareContactDue', 'decisionNeeded', 'callOverdue',
    'reviewOverdue', 'hoursNeverMeet', 'referralRejected', 'answerLate', 'noSafeRoute', 'numberPassedOn',
  ],
  UptakeBy: [
    'total', 'month', 'year', 'team', 'quarter', 'halfYear', 'finest', 'financialYear',
  ],
  WelfareOutcome: [
    'spokenTo', 'noAnswer', 'unsafeToContact', 'seenByAnother', 'notPossible',
  ],
  WithdrawalReason: [
    'recordedInError', 'duplicate', 'moved', 'died', 'doNotContact', 'needsMet', 'noLongerWanted', 'other',
  ],
};

namespace Vcas.Domain.Households;

/// <summary>The state of a referral (after the answers of HL7 SDOH Clinical Care's closed loop).</summary>
public enum ReferralState
{
    /// <summary>Made or amended, and not yet taken by the queue.</summary>
    ToSend,

    /// <summary>On the queue; VCAS has not answered.</summary>
    Sent,

    /// <summary>VCAS has it and has not decided.</summary>
    Received,

    /// <summary>VCAS supports the household.</summary>
    Accepted,

    /// <summary>VCAS has refused it, with a reason: a task for the supervisor.</summary>
    Rejected,

    /// <summary>Taken back by the police.</summary>
    Withdrawn,

    /// <summary>VCAS has finished, and the referral is over.</summary>
    Closed,

    /// <summary>Made, and not sent: nobody knows a safe way to reach the household. It is sent as soon as one is known.</summary>
    AwaitingRoute,
}

/// <summary>What VCAS says of a referral.</summary>
public enum ReferralAnswerKind
{
    /// <summary>VCAS has the referral and has not decided.</summary>
    Received,

    /// <summary>VCAS supports the household.</summary>
    Accepted,

    /// <summary>It is refused, with a reason.</summary>
    Rejected,

    /// <summary>The support has ended, with a reason.</summary>
    Closed,
}

/// <summary>Why VCAS refused a referral.</summary>
public enum RejectionReason
{
    /// <summary>No capacity at present.</summary>
    AtCapacity,

    /// <summary>Outside the area served.</summary>
    OutOfArea,

    /// <summary>Not a case for this service.</summary>
    NotEligible,

    /// <summary>Already known under another referral.</summary>
    Duplicate,

    /// <summary>The household could not be reached.</summary>
    UnableToContact,

    /// <summary>Too little to go on: amend and send again.</summary>
    InsufficientInformation,

    /// <summary>Another reason.</summary>
    Other,
}

/// <summary>How the support ended.</summary>
public enum ClosureReason
{
    /// <summary>Support was given.</summary>
    Completed,

    /// <summary>The household did not take it up.</summary>
    NotEngaged,

    /// <summary>Nothing more was needed.</summary>
    NeedsMet,

    /// <summary>The household has left the area.</summary>
    Moved,

    /// <summary>The person supported has died.</summary>
    Died,

    /// <summary>Another reason.</summary>
    Other,
}

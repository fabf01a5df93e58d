namespace Vcas.Domain.CallBacks;

/// <summary>What came of one attempt to call back.</summary>
public enum CallOutcome
{
    /// <summary>Support was accepted: a referral goes to VCAS.</summary>
    Accepted,

    /// <summary>Support was declined again: nobody calls any more.</summary>
    Declined,

    /// <summary>Nobody answered. The next attempt follows, or the call-back closes as not reached.</summary>
    NoAnswer,

    /// <summary>Reached, and asked to be called at another time.</summary>
    CallLater,

    /// <summary>The check before the call said no: nobody phoned. The call-back is held.</summary>
    UnsafeToCall,

    /// <summary>The number belongs to somebody else. The call-back is held until a safe number is known.</summary>
    WrongNumber,

    /// <summary>The person to be called has died.</summary>
    Died,

    /// <summary>Reached, and asked never to be contacted again.</summary>
    DoNotContact,
}

/// <summary>Why nobody may phone for now.</summary>
public enum HoldReason
{
    /// <summary>The suspect is back at the address.</summary>
    SuspectAtAddress,

    /// <summary>Bail conditions have changed.</summary>
    BailChanged,

    /// <summary>A charge or court date is near.</summary>
    ChargeOrCourtDate,

    /// <summary>The suspect has died.</summary>
    SuspectDied,

    /// <summary>Children's services have asked to wait.</summary>
    ChildrensServices,

    /// <summary>The number is wrong; a safe one has to be found.</summary>
    WrongNumber,

    /// <summary>Another reason why it is not safe.</summary>
    Unsafe,

    /// <summary>Somebody asked under another offer that this number never be called: the supervisor decides.</summary>
    NeverToBeCalled,

    /// <summary>Support was accepted for this number under another offer: likely the same household. The supervisor decides.</summary>
    LikelyDuplicate,
}

namespace Vcas.Domain.Households;

/// <summary>Who got in touch with whom.</summary>
public enum CallDirection
{
    /// <summary>Somebody of the force called the household.</summary>
    Outgoing,

    /// <summary>The household got in touch by itself, at whatever time and with whomever.</summary>
    Incoming,
}

/// <summary>What came of one attempt to call back, or of a contact that the household made by itself.</summary>
public enum CallOutcome
{
    /// <summary>Support was accepted: a referral goes to VCAS.</summary>
    Accepted,

    /// <summary>Support was declined. The second time nobody calls any more; the first time it is offered once more, later.</summary>
    Declined,

    /// <summary>
    /// Nobody answered. The next attempt follows, or the call-back closes as not reached. Of an incoming contact: nobody could
    /// speak with them, and nothing changes in what is planned.
    /// </summary>
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

    /// <summary>Nobody was spoken to, and a message was left: on a voicemail that was agreed to, in a letter, with somebody.</summary>
    MessageLeft,
}

/// <summary>How an attempt to reach a household was made.</summary>
public enum AttemptWay
{
    /// <summary>Somebody phoned.</summary>
    Phone,

    /// <summary>Somebody went there.</summary>
    Visit,

    /// <summary>Somebody wrote a letter, by hand.</summary>
    Letter,

    /// <summary>Somebody wrote to an e-mail address of their own.</summary>
    Email,

    /// <summary>Somebody asked a professional who knows them.</summary>
    Professional,
}

/// <summary>How a household is reached when it is due.</summary>
public enum ContactRoad
{
    /// <summary>Somebody phones.</summary>
    Phone,

    /// <summary>Somebody goes there, or writes a letter by hand.</summary>
    Visit,
}

/// <summary>Which offer of support a call makes, by how often it was really offered so far.</summary>
public enum OfferTurn
{
    /// <summary>Nobody has really offered it yet: they could not be asked at the door.</summary>
    First,

    /// <summary>It was offered once and declined.</summary>
    Second,
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

    /// <summary>Somebody of the household, or close to it, has died.</summary>
    Bereavement,

    /// <summary>Somebody asked under another offer that this number never be called: the supervisor decides.</summary>
    NeverToBeCalled,

    /// <summary>Support was accepted for this number under another offer: likely the same household. The supervisor decides.</summary>
    LikelyDuplicate,
}

/// <summary>Whose death a caller must know of before speaking with a household.</summary>
public enum DeathOf
{
    /// <summary>The suspect has died.</summary>
    Suspect,

    /// <summary>That of somebody of the household, or close to it.</summary>
    Relative,
}

/// <summary>What a hold's reason means, apart from "nobody may phone".</summary>
public static class HoldReasons
{
    /// <summary>Who has died, if the reason is a death.</summary>
    public static DeathOf? Death(this HoldReason reason) => reason switch
    {
        HoldReason.SuspectDied => DeathOf.Suspect,
        HoldReason.Bereavement => DeathOf.Relative,
        _ => null,
    };

    /// <summary>
    /// Whether the supervisor is told as soon as it is placed: nothing but a decision of theirs will make a call possible.
    /// </summary>
    public static bool NeedsTheSupervisor(this HoldReason reason) => reason == HoldReason.WrongNumber || reason.Death() is not null;
}

namespace Vcas.Domain.Households;

// Words, as in OfferWords.cs: one may be added; its meaning may not be changed, because stored records hold it.

/// <summary>Why a household's offer was closed.</summary>
public enum ClosingReason
{
    /// <summary>Really offered twice, at the door or in calls, and declined each time.</summary>
    DeclinedAtCallBack,

    /// <summary>The last attempt reached nobody.</summary>
    NotReached,

    /// <summary>The household asked never to be contacted.</summary>
    DoNotContact,

    /// <summary>The person to be called has died.</summary>
    Died,

    /// <summary>Taken back by the police; the withdrawal reason says why.</summary>
    Withdrawn,

    /// <summary>Really offered twice and declined each time, the last time to somebody who met them.</summary>
    DeclinedInPerson,
}

/// <summary>Why an offer was taken back (after HMPPS Interventions' coded withdrawals).</summary>
public enum WithdrawalReason
{
    /// <summary>Recorded by mistake: it doesn't count in any figure.</summary>
    RecordedInError,

    /// <summary>Another offer is about the same household, so this one does not count in any figure.</summary>
    Duplicate,

    /// <summary>The household has left the force's area.</summary>
    Moved,

    /// <summary>The person to be called has died.</summary>
    Died,

    /// <summary>The household asked never to be contacted.</summary>
    DoNotContact,

    /// <summary>Support came from elsewhere.</summary>
    NeedsMet,

    /// <summary>The household has changed its mind after accepting.</summary>
    NoLongerWanted,

    /// <summary>None of the other reasons.</summary>
    Other,
}

/// <summary>Why a number may be called again although somebody asked that it never be.</summary>
public enum NeverTakenBackReason
{
    /// <summary>It was recorded by mistake.</summary>
    RecordedInError,

    /// <summary>It was another number.</summary>
    WrongNumber,

    /// <summary>The household asked to be called again.</summary>
    HouseholdAsked,

    /// <summary>The number is somebody else's now.</summary>
    NumberReassigned,

    /// <summary>Its review date came, and there was no longer a reason.</summary>
    Reviewed,

    /// <summary>None of the other reasons.</summary>
    Other,
}

/// <summary>Why a closed offer waits again.</summary>
public enum ReopeningReason
{
    /// <summary>It was closed or withdrawn by mistake.</summary>
    ClosedInError,

    /// <summary>It was another household that this was about.</summary>
    WrongHousehold,

    /// <summary>The reason for closing it is no longer true.</summary>
    NoLongerTrue,

    /// <summary>None of the other reasons.</summary>
    Other,
}

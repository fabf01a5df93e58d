namespace Vcas.Domain.Households;

// Words, as in OfferWords.cs: one may be added; its meaning may not be changed, because stored records hold it.

/// <summary>What was done about a danger.</summary>
public enum DangerAction
{
    /// <summary>An emergency service was called.</summary>
    EmergencyService,

    /// <summary>A safeguarding notification was made; its reference says which.</summary>
    SafeguardingNotification,

    /// <summary>Somebody went to see how they are.</summary>
    WelfareCheck,

    /// <summary>Nothing was done; a reason says why.</summary>
    None,
}

/// <summary>What came of a welfare contact after a danger.</summary>
public enum WelfareOutcome
{
    /// <summary>Somebody spoke with them.</summary>
    SpokenTo,

    /// <summary>Nobody answered, or nobody was in. It is still to be made.</summary>
    NoAnswer,

    /// <summary>The check before it said no: nobody tried. It is still to be made.</summary>
    UnsafeToContact,

    /// <summary>Another service is with them, so that it need not be made.</summary>
    SeenByAnother,

    /// <summary>It can't be made: nobody knows where they are, or they want none.</summary>
    NotPossible,
}

/// <summary>Why nothing was done about a danger.</summary>
public enum NoActionReason
{
    /// <summary>It was recorded by mistake.</summary>
    RecordedInError,

    /// <summary>Those who can come knew of it already, and see to it.</summary>
    AlreadySeenTo,

    /// <summary>The danger has passed.</summary>
    NoLongerTrue,

    /// <summary>None of the other reasons.</summary>
    Other,
}

/// <summary>What those words mean.</summary>
public static class DangerMeanings
{
    /// <summary>Whether a welfare contact is over with it.</summary>
    public static bool EndsTheContact(this WelfareOutcome outcome) =>
        outcome is WelfareOutcome.SpokenTo or WelfareOutcome.SeenByAnother or WelfareOutcome.NotPossible;

    /// <summary>Whether there was no danger, or it has passed: then nobody has to ask how they are.</summary>
    public static bool SaysThereIsNone(this NoActionReason reason) =>
        reason is NoActionReason.RecordedInError or NoActionReason.NoLongerTrue;
}

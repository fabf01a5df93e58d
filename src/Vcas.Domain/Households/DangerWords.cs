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

namespace Vcas.Domain.Teams;

// Words, as in Households/OfferWords.cs: one may be added; its meaning may not be changed, because stored records hold it.

/// <summary>What somebody said who got in touch with a front desk.</summary>
public enum SaidAtDesk
{
    /// <summary>They want to be called.</summary>
    WantsCall,

    /// <summary>They want nobody to contact them again.</summary>
    WantsNoContact,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>What became of a number that was passed on.</summary>
public enum PassedNumberOutcome
{
    /// <summary>What they said is recorded with their household.</summary>
    Recorded,

    /// <summary>Somebody has called them, and recorded that.</summary>
    Called,

    /// <summary>It is recorded that nobody is ever to call this number.</summary>
    NeverRecorded,

    /// <summary>No household of this service has this number.</summary>
    NotKnown,

    /// <summary>None of these.</summary>
    Other,
}

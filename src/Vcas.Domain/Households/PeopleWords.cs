namespace Vcas.Domain.Households;

// Words, as in OfferWords.cs: one may be added; its meaning may not be changed, because stored records hold it.

/// <summary>The relationship of a person in the household to the suspect.</summary>
public enum Relationship
{
    /// <summary>Spouse or partner.</summary>
    Partner,

    /// <summary>Son, daughter or stepchild.</summary>
    Child,

    /// <summary>Mother, father or step-parent.</summary>
    Parent,

    /// <summary>Brother or sister.</summary>
    Sibling,

    /// <summary>Another adult of the household.</summary>
    OtherAdult,

    /// <summary>Another child of the household.</summary>
    OtherChild,
}

/// <summary>Age in bands, so that a date of birth is never needed at the door.</summary>
public enum AgeBand
{
    /// <summary>0 to 4 years.</summary>
    Under5,

    /// <summary>5 to 11 years.</summary>
    From5To11,

    /// <summary>12 to 15 years.</summary>
    From12To15,

    /// <summary>16 and 17 years.</summary>
    From16To17,

    /// <summary>18 to 64 years.</summary>
    Adult,

    /// <summary>65 years and over.</summary>
    Over65,
}

/// <summary>What a caller must know before phoning, and VCAS before visiting.</summary>
public enum Risk
{
    /// <summary>The suspect lives at the address.</summary>
    SuspectAtAddress,

    /// <summary>The suspect may come back to the address.</summary>
    SuspectMayReturn,

    /// <summary>Violence or control in the household.</summary>
    Violence,

    /// <summary>Somebody in the household may harm themselves.</summary>
    SelfHarm,

    /// <summary>A child in the household is at risk.</summary>
    ChildAtRisk,

    /// <summary>Children's services are involved.</summary>
    ChildrensServicesInvolved,

    /// <summary>A charge or court date is coming.</summary>
    CourtDatePending,

    /// <summary>Another risk, known to the team.</summary>
    Other,
}

namespace Vcas.Domain.Audit;

// The one source of the words of the audit, as Households/OfferWords.cs is for households: a word may be added; its meaning may not be
// changed, because stored records hold it.

/// <summary>What was done with personal data, as section 62 of the Data Protection Act 2018 names it.</summary>
public enum AuditKind
{
    /// <summary>Data was recorded for the first time.</summary>
    Collection,

    /// <summary>It, or what is planned by it, was changed.</summary>
    Alteration,

    /// <summary>Somebody looked at data.</summary>
    Consultation,

    /// <summary>It was given to somebody outside the force.</summary>
    Disclosure,

    /// <summary>Data was erased.</summary>
    Erasure,

    /// <summary>Somebody asked for one of these and was refused: nothing was changed, shown or given. The Act has no word for it.</summary>
    Refusal,
}

/// <summary>Why somebody opens a household.</summary>
public enum ReadReason
{
    /// <summary>To call back, or to prepare it.</summary>
    CallBack,

    /// <summary>To watch over what is due, held or missed.</summary>
    Supervision,

    /// <summary>To make, follow or take back a referral.</summary>
    Referral,

    /// <summary>To correct what was recorded.</summary>
    Correction,

    /// <summary>Somebody asks for the data about themselves, or for its erasure.</summary>
    DataSubjectRequest,

    /// <summary>To examine how data is handled.</summary>
    Audit,

    /// <summary>To find a fault of the system.</summary>
    FaultFinding,

    /// <summary>An officer looks at what they recorded themselves.</summary>
    OwnRecord,

    /// <summary>The household rang, wrote or came to a front desk.</summary>
    TheyGotInTouch,
}

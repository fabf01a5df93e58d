namespace Vcas.Domain.Offers;

// Words, as in OfferWords.cs: one may be added; its meaning may not be changed, because the audit holds it.

/// <summary>What another household that looks like this one probably is.</summary>
public enum Likeness
{
    /// <summary>It has the same number: likely the same household, recorded twice.</summary>
    SameHousehold,

    /// <summary>It has the same crime reference and another number, or none: another household of the case.</summary>
    SameCase,
}

namespace Vcas.Domain.Households;

// Words, as in OfferWords.cs: one may be added; its meaning may not be changed, because stored records hold it.

/// <summary>A way to reach a household.</summary>
public enum RouteKind
{
    /// <summary>A number of theirs.</summary>
    Phone,

    /// <summary>At their door.</summary>
    InPerson,

    /// <summary>An e-mail address of their own.</summary>
    Email,

    /// <summary>Through a named professional.</summary>
    Professional,
}

using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>What somebody said when they were asked. Only what they said; what is left out was not recorded.</summary>
public sealed record ConsentRequest
{
    /// <summary>The version of the words in which they were asked; leave it out if it was in other words.</summary>
    public string? WordsVersion { get; init; }

    /// <summary>What they said yes to. A yes to being referred is not the legal ground for it.</summary>
    public IReadOnlyList<ConsentTo>? YesTo { get; init; }

    /// <summary>What they said no to.</summary>
    public IReadOnlyList<ConsentTo>? NoTo { get; init; }

    /// <summary>Who said it.</summary>
    public ConsentBy? By { get; init; }

    /// <summary>When they said it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How they said it.</summary>
    public ConsentHow? How { get; init; }
}

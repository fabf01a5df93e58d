namespace Vcas.Domain.Households;

/// <summary>
/// What somebody said when they were asked, and nothing that follows from it: what is not here was not recorded. It is not the ground on
/// which data is handled or given to VCAS: that is the force's, whatever was said. Personal data.
/// </summary>
public sealed record Consent
{
    /// <summary>In which words they were asked: the version of the force's own; null if it isn't known.</summary>
    public string? WordsVersion { get; init; }

    /// <summary>What they said yes to.</summary>
    public IReadOnlyList<ConsentTo> YesTo { get; init; } = [];

    /// <summary>What they said no to. What is in neither list was not asked, or not answered.</summary>
    public IReadOnlyList<ConsentTo> NoTo { get; init; } = [];

    /// <summary>Who said so; null if it wasn't recorded.</summary>
    public ConsentBy? By { get; init; }

    /// <summary>When they said so, UTC; null if it wasn't recorded.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How they said so; null if it wasn't recorded.</summary>
    public ConsentHow? How { get; init; }

    /// <summary>Compares what the lists hold.</summary>
    public bool Equals(Consent? other) =>
        other is not null
        && (WordsVersion, By, At, How).Equals((other.WordsVersion, other.By, other.At, other.How))
        && YesTo.SequenceEqual(other.YesTo)
        && NoTo.SequenceEqual(other.NoTo);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(WordsVersion, By, At, How, YesTo.Count, NoTo.Count);

    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(Consent);
}

/// <summary>What somebody says yes or no to.</summary>
public enum ConsentTo
{
    /// <summary>That the police phone them about support.</summary>
    BeingCalled,

    /// <summary>That their details are passed to VCAS. A no keeps them from it; a yes is not the legal ground for it.</summary>
    BeingReferred,

    /// <summary>That support is offered to them again, after they have declined it.</summary>
    BeingAskedAgain,
}

/// <summary>Who said it.</summary>
public enum ConsentBy
{
    /// <summary>The person whom it is about.</summary>
    Themselves,

    /// <summary>A guardian, not the suspect, for a child.</summary>
    Guardian,

    /// <summary>Somebody whom the law lets decide for them, such as an attorney or a deputy.</summary>
    Representative,
}

/// <summary>How they said it.</summary>
public enum ConsentHow
{
    /// <summary>To somebody who met them.</summary>
    InPerson,

    /// <summary>In a call.</summary>
    ByPhone,

    /// <summary>In a letter, a message or a form.</summary>
    InWriting,
}

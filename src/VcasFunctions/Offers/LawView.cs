using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Offers;

/// <summary>On what the force says that it relies. Nobody of a household has said any of it.</summary>
public sealed record LawView
{
    /// <summary>False where the force had set nothing: then nothing is claimed.</summary>
    public required bool IsSet { get; init; }

    /// <summary>The force's name for this version.</summary>
    public string? Version { get; init; }

    /// <summary>Since when it is in force; present with words.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The basis under UK GDPR article 6.</summary>
    public LawfulBasis? Article6 { get; init; }

    /// <summary>The condition under UK GDPR article 9.</summary>
    public Article9Condition? Article9 { get; init; }

    /// <summary>The condition in Schedule 1 to the Data Protection Act 2018.</summary>
    public Schedule1Condition? Schedule1 { get; init; }

    /// <summary>The data protection officer's words; present where one household is opened and its version is the one in force.</summary>
    public string? Words { get; init; }

    /// <summary>What a household keeps.</summary>
    internal static LawView Of(LawInForce? law) => new()
    {
        IsSet = law is not null,
        Version = law?.Version,
        Article6 = law?.Article6,
        Article9 = law?.Article9,
        Schedule1 = law?.Schedule1,
    };

    /// <summary>What is set now.</summary>
    internal static LawView Of(LawOptions options) => Of(options.InForce).With(options);

    /// <summary>With the words that go with its version, as long as that is in force: those of earlier ones the force keeps.</summary>
    internal LawView With(LawOptions options) =>
        IsSet && Version == options.Version ? this with { Since = options.Since, Words = options.Words } : this;
}

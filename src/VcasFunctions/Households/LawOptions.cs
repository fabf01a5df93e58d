using Vcas.Domain.Households;

namespace VcasFunctions.Households;

/// <summary>
/// On what the force says that it relies, section <c>Vcas:Law</c>: in codes, and in the data protection officer's own words. Nothing is set
/// by default, and where nothing is set every page and record says so.
/// </summary>
public sealed record LawOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Law";

    /// <summary>The force's name for what is set here; each household keeps it. Another one for every change.</summary>
    public string? Version { get; init; }

    /// <summary>Since when it is in force, London.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The basis under UK GDPR article 6, also for a referral where no officer recorded another.</summary>
    public LawfulBasis? Article6 { get; init; }

    /// <summary>The condition under UK GDPR article 9.</summary>
    public Article9Condition? Article9 { get; init; }

    /// <summary>The condition in Schedule 1 to the Data Protection Act 2018.</summary>
    public Schedule1Condition? Schedule1 { get; init; }

    /// <summary>What the data protection officer says about it, for whoever records a household and for whoever reads the record.</summary>
    public string? Words { get; init; }

    /// <summary>In which words officers and callers ask.</summary>
    public string ConsentWords { get; init; } =
        "May somebody phone you about support? May we pass your details to the service that supports you? "
        + "If you say no today, may we ask you again?";

    /// <summary>The name of those words; what somebody says keeps it. Another one for every change.</summary>
    public string ConsentWordsVersion { get; init; } = "standard-1";

    /// <summary>What a household keeps of it; null where nothing is set.</summary>
    internal LawInForce? InForce => Version is null ? null : new LawInForce(Version, Article6, Article9, Schedule1);
}

namespace Vcas.Domain.Households;

/// <summary>
/// On what the force says that it relies, as it was in force when a household was recorded: the version and the codes. The words that go
/// with a version are the force's own. Nobody of the household has said any of it.
/// </summary>
/// <param name="Version">The force's name for this version.</param>
/// <param name="Article6">Its basis under UK GDPR article 6.</param>
/// <param name="Article9">Its condition under UK GDPR article 9, for what says something of health, sex life or belief.</param>
/// <param name="Schedule1">Its condition in Schedule 1 to the Data Protection Act 2018, where article 9 or 10 needs one.</param>
public sealed record LawInForce(string Version, LawfulBasis? Article6, Article9Condition? Article9, Schedule1Condition? Schedule1);

/// <summary>The conditions of UK GDPR article 9(2) under which special categories of data may be used.</summary>
public enum Article9Condition
{
    /// <summary>The person agreed explicitly, (a).</summary>
    ExplicitConsent,

    /// <summary>Employment, social security and social protection law, (b).</summary>
    SocialProtection,

    /// <summary>Vital interests of somebody who can't agree, (c).</summary>
    VitalInterests,

    /// <summary>A not-for-profit body's own members, (d).</summary>
    NotForProfitBody,

    /// <summary>The person has made it public, (e).</summary>
    MadePublic,

    /// <summary>Legal claims, or courts, (f).</summary>
    LegalClaims,

    /// <summary>Reasons of substantial public interest, (g).</summary>
    SubstantialPublicInterest,

    /// <summary>Health or social care, (h).</summary>
    HealthOrSocialCare,

    /// <summary>Public health, (i).</summary>
    PublicHealth,

    /// <summary>Archiving, research and statistics, (j).</summary>
    Research,
}

/// <summary>
/// The conditions of Schedule 1 to the Data Protection Act 2018 that a service of this kind can rely on. Those for journalism, insurance,
/// pensions, politics and sport are left out.
/// </summary>
public enum Schedule1Condition
{
    /// <summary>Employment, social security and social protection, paragraph 1.</summary>
    SocialProtection,

    /// <summary>Health or social care, paragraph 2.</summary>
    HealthOrSocialCare,

    /// <summary>Public health, paragraph 3.</summary>
    PublicHealth,

    /// <summary>Research, paragraph 4.</summary>
    Research,

    /// <summary>Statutory and government purposes, paragraph 6.</summary>
    StatutoryPurposes,

    /// <summary>Administration of justice, paragraph 7.</summary>
    AdministrationOfJustice,

    /// <summary>Equality of opportunity or treatment, paragraph 8.</summary>
    Equality,

    /// <summary>Preventing or detecting unlawful acts, paragraph 10.</summary>
    UnlawfulActs,

    /// <summary>Protecting the public against dishonesty, paragraph 11.</summary>
    Dishonesty,

    /// <summary>Regulatory requirements on unlawful acts and dishonesty, paragraph 12.</summary>
    RegulatoryRequirements,

    /// <summary>Support for individuals with a particular disability or medical condition, paragraph 16.</summary>
    DisabilitySupport,

    /// <summary>Confidential counselling, advice or support, paragraph 17.</summary>
    Counselling,

    /// <summary>Safeguarding of children and of individuals at risk, paragraph 18.</summary>
    Safeguarding,

    /// <summary>Safeguarding of economic well-being of certain individuals, paragraph 19.</summary>
    EconomicWellBeing,
}

/// <summary>Which conditions go together.</summary>
public static class Conditions
{
    /// <summary>Whether it stands in Part 1 of the schedule, which is for employment, health and research.</summary>
    public static bool IsOfPart1(this Schedule1Condition condition) => condition is Schedule1Condition.SocialProtection
        or Schedule1Condition.HealthOrSocialCare or Schedule1Condition.PublicHealth or Schedule1Condition.Research;

    /// <summary>Whether section 10(2) of the Act wants a condition of Part 1 beside it.</summary>
    public static bool NeedsPart1(this Article9Condition condition) => condition is Article9Condition.SocialProtection
        or Article9Condition.HealthOrSocialCare or Article9Condition.PublicHealth or Article9Condition.Research;
}

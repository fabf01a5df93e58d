using Microsoft.Extensions.Configuration;
using Vcas.Domain.Households;
using VcasFunctions.Households;

namespace VcasFunctions.Tests.Settings;

/// <summary>What the statute ties together is set together, and nobody who was not asked has consented.</summary>
public sealed class LawOptionsTests
{
    private static readonly LawOptions Set = new() { Version = "2026-1", Article6 = LawfulBasis.PublicTask };

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(Article9Condition.SubstantialPublicInterest, Schedule1Condition.Safeguarding, null)]
    [InlineData(Article9Condition.SubstantialPublicInterest, null, "section 10(3)")]
    [InlineData(Article9Condition.SubstantialPublicInterest, Schedule1Condition.HealthOrSocialCare, "section 10(3)")]
    [InlineData(Article9Condition.HealthOrSocialCare, Schedule1Condition.HealthOrSocialCare, null)]
    [InlineData(Article9Condition.HealthOrSocialCare, Schedule1Condition.Counselling, "section 10(2)")]
    [InlineData(Article9Condition.Research, null, "section 10(2)")]
    [InlineData(Article9Condition.ExplicitConsent, null, null)]
    [InlineData(null, Schedule1Condition.AdministrationOfJustice, null)]
    public void Conditions_that_the_Act_ties_together_are_set_together(
        Article9Condition? article, Schedule1Condition? schedule, string? named)
    {
        var failures = Failures(Set with { Article9 = article, Schedule1 = schedule });
        if (named is null) Assert.Empty(failures);
        else Assert.Contains(named, Assert.Single(failures), StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_nothing_is_set_and_nothing_is_wrong_with_that()
    {
        Assert.Empty(Failures(new LawOptions()));
        Assert.Null(new LawOptions().InForce);
    }

    [Fact]
    public void Whoever_was_not_asked_has_not_consented()
    {
        var consent = Set with { Article6 = LawfulBasis.Consent };
        Assert.Empty(Failures(consent));
        Assert.Contains("Vcas:Law:Article6", Assert.Single(Failures(consent, "optOut")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Failures(LawOptions options, string model = "optIn")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Vcas:Policy:ConsentModel"] = model }).Build();
        return new LawOptionsValidator(configuration).Validate(null, options).Failures ?? [];
    }
}

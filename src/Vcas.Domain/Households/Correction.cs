using System.Text.Json.Serialization;

namespace Vcas.Domain.Households;

/// <summary>What was corrected, as it was before; the details hold what it is now. Personal data.</summary>
/// <param name="At">UTC.</param>
/// <param name="Fields">What changed.</param>
/// <param name="Was">The earlier values of what changed.</param>
public sealed record Correction(DateTimeOffset At, IReadOnlyList<DetailField> Fields, FormerDetails Was)
{
    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(Correction);
}

/// <summary>The earlier details; what did not change is left out.</summary>
public sealed record FormerDetails
{
    /// <summary>Crime or investigation reference.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The people in the household.</summary>
    [JsonPropertyName("household")]
    public HouseholdMembers? Members { get; init; }

    /// <summary>What a caller had to know.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>Whether a child was known as one who may be a direct victim.</summary>
    public bool? ChildMayBeDirectVictim { get; init; }

    /// <summary>How the household can be reached safely.</summary>
    public SafeContact? Contact { get; init; }

    /// <summary>What the household was said to have answered at the door.</summary>
    public OfferAnswer? Answer { get; init; }

    /// <summary>When it was said to have been offered, UTC.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>The team that was said to have attended.</summary>
    public string? Team { get; init; }

    /// <summary>The ground for a disclosure.</summary>
    public LawfulBasis? LawfulBasis { get; init; }

    /// <summary>What somebody was said to have said yes or no to.</summary>
    public IReadOnlyList<Consent>? Consents { get; init; }

    /// <summary>Who was recorded as the officer in the case.</summary>
    public string? OfficerInCase { get; init; }

    /// <summary>Says nothing of the household, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(FormerDetails);
}

/// <summary>What differs between two states of a household's details, and what of it is kept.</summary>
internal static class CorrectedDetails
{
    // More corrections than this are a sign of another problem. The oldest is dropped; its event stays.
    private const int MostKept = 30;

    /// <summary>The corrections of a household whose details become these.</summary>
    internal static IReadOnlyList<Correction> CorrectedTo(this Household household, OfferDetails details, Moment moment)
    {
        var fields = FieldsOf(household.Details, details);
        if (fields.Count == 0) return household.Corrections;
        var was = new FormerDetails
        {
            CrimeReference = fields.Contains(DetailField.CrimeReference) ? household.Details.CrimeReference : null,
            Members = fields.Contains(DetailField.Household) ? household.Details.Members : null,
            Risks = fields.Contains(DetailField.Risks) ? household.Details.Risks : null,
            ChildMayBeDirectVictim = fields.Contains(DetailField.ChildMayBeDirectVictim) ? household.Details.ChildMayBeDirectVictim : null,
            Contact = fields.Contains(DetailField.Contact) ? household.Details.Contact : null,
            Answer = fields.Contains(DetailField.Answer) ? household.Details.Answer : null,
            OfferedAt = fields.Contains(DetailField.OfferedAt) ? household.Details.OfferedAt : null,
            Team = fields.Contains(DetailField.Team) ? household.Details.Team : null,
            LawfulBasis = fields.Contains(DetailField.LawfulBasis) ? household.Details.LawfulBasis : null,
            Consents = fields.Contains(DetailField.Consent) ? household.Details.Consents : null,
            OfficerInCase = fields.Contains(DetailField.OfficerInCase) ? household.Details.OfficerInCase : null,
        };
        return [.. household.Corrections.TakeLast(MostKept - 1), new Correction(moment.Now, fields, was)];
    }

    /// <summary>These details in place of those before, of which nobody outside is told.</summary>
    internal static Transition Corrected(this Household household, OfferDetails details, Moment moment) =>
        (household with { Details = details, Corrections = household.CorrectedTo(details, moment) })
            .After(new DetailsCorrected(FieldsOf(household.Details, details)))
            .WithDanger(household.Details, moment);
    internal static List<DetailField> FieldsOf(OfferDetails before, OfferDetails after)
    {
        var fields = new List<DetailField>();
        if (before.CrimeReference != after.CrimeReference) fields.Add(DetailField.CrimeReference);
        if (before.Members != after.Members) fields.Add(DetailField.Household);
        if (!before.Risks.SequenceEqual(after.Risks)) fields.Add(DetailField.Risks);
        if (before.ChildMayBeDirectVictim != after.ChildMayBeDirectVictim) fields.Add(DetailField.ChildMayBeDirectVictim);
        if (before.Contact != after.Contact) fields.Add(DetailField.Contact);
        if (before.Answer != after.Answer) fields.Add(DetailField.Answer);
        if (before.OfferedAt != after.OfferedAt) fields.Add(DetailField.OfferedAt);
        if (before.Team != after.Team) fields.Add(DetailField.Team);
        if (before.LawfulBasis != after.LawfulBasis) fields.Add(DetailField.LawfulBasis);
        if (!before.Consents.SequenceEqual(after.Consents)) fields.Add(DetailField.Consent);
        if (before.OfficerInCase != after.OfficerInCase) fields.Add(DetailField.OfficerInCase);
        return fields;
    }
}

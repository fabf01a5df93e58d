namespace Vcas.Domain.Households;

/// <summary>The partner and dependants of a suspect: the consequential victims. Monitoring counts households, not people.</summary>
/// <param name="People">As far as known.</param>
public sealed record HouseholdMembers(IReadOnlyList<HouseholdMember> People)
{
    /// <summary>Of a household of which nothing is known yet.</summary>
    public static readonly HouseholdMembers Unknown = new([]);

    /// <summary>Whether people are named and every one of them is under 18.</summary>
    public bool IsOnlyChildren => People.Count > 0 && People.All(person => person.AgeBand.IsChild());

    /// <summary>Compares the people themselves, in their order.</summary>
    public bool Equals(HouseholdMembers? other) => other is not null && People.SequenceEqual(other.People);

    /// <inheritdoc />
    public override int GetHashCode() => People.Count;
}

/// <summary>Somebody in the household, by relationship to the suspect and age band; never by name.</summary>
/// <param name="Relationship">To the suspect.</param>
/// <param name="AgeBand">In bands.</param>
public sealed record HouseholdMember(Relationship Relationship, AgeBand AgeBand);

/// <summary>What an age band means.</summary>
public static class AgeBands
{
    /// <summary>Whether everybody in the band is under 18.</summary>
    public static bool IsChild(this AgeBand band) =>
        band is AgeBand.Under5 or AgeBand.From5To11 or AgeBand.From12To15 or AgeBand.From16To17;
}

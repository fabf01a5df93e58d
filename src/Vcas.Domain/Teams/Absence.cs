namespace Vcas.Domain.Teams;

/// <summary>When a team's supervisor is away: meanwhile the deputy is told in their place.</summary>
/// <param name="From">The first day, London.</param>
/// <param name="Until">The last day, London.</param>
public sealed record Absence(DateOnly From, DateOnly Until)
{
    /// <summary>The longest absence that can be recorded at once, days.</summary>
    public const int LongestDays = 92;

    /// <summary>Whether it is on this day.</summary>
    public bool IsOn(DateOnly day) => From <= day && day <= Until;

    /// <summary>An absence that is recorded now.</summary>
    /// <exception cref="RuleBrokenException">Nobody stands in, it is over already, or it is too long.</exception>
    public static Absence Recorded(string team, string? deputy, DateOnly from, DateOnly until, DateOnly today)
    {
        Rules.Keep(
            new AbsenceMustHaveDeputy(team, deputy), new AbsenceMustEndLater(from, until, today), new AbsenceMustBeShort(from, until));
        return new Absence(from, until);
    }
}

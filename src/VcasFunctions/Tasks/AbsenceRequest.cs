using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>When a team's supervisor is away.</summary>
public sealed record AbsenceRequest
{
    /// <summary>The first day, London.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, London.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>A team's absence.</summary>
/// <param name="Team">The team.</param>
/// <param name="From">The first day, London; absent where nobody is away.</param>
/// <param name="Until">The last day, London.</param>
/// <param name="Now">Whether the deputy is told in the supervisor's place today.</param>
/// <param name="HasDeputy">Whether somebody could stand in.</param>
/// <param name="Supervisor">The supervisor's directory id; absent where none is set.</param>
/// <param name="Deputy">The directory id of whoever stands in; absent where nobody does.</param>
public sealed record AbsenceView(
    string Team, DateOnly? From, DateOnly? Until, bool Now, bool HasDeputy, string? Supervisor, string? Deputy)
{
    internal static AbsenceView Of(string team, Absence? absence, VcasOptions options, DateOnly today)
    {
        var served = options.OptionsOfTeam(team);
        var deputy = IdOf(served?.Deputy);
        return new AbsenceView(
            team,
            absence?.From,
            absence?.Until,
            deputy is not null && absence?.IsOn(today) == true,
            deputy is not null,
            IdOf(served?.Supervisor),
            deputy);
    }

    private static string? IdOf(string? set) => string.IsNullOrWhiteSpace(set) ? null : set.ToLowerInvariant();
}

/// <summary>Whose absence it is.</summary>
internal static class TeamOfAbsence
{
    /// <summary>The team as it is stored: one of the caller's own that takes part.</summary>
    /// <exception cref="ProblemException">It is no team of theirs, or there is none.</exception>
    public static string Of(string team, RequestAccess access, VcasSettings settings)
    {
        // What is no name of a team may be a person's, and would stand in an answer.
        var known = IsName(team) ? settings.Teams.Find(team.ToLowerInvariant()) : null;
        return known is not null && access.Supervises(known.Name, known.CallBackTeam, null)
            ? known.Name.ToLowerInvariant()
            : throw new ProblemException(Problem.NotFound("team"));
    }

    private static bool IsName(string team) =>
        team.Length is > 0 and <= 60
        && team.All(letter => char.IsAsciiLetter(letter) || char.IsAsciiDigit(letter) || letter == '-');
}

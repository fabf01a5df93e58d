namespace Vcas.Domain.Teams;

/// <summary>One team that attends addresses, and who calls its households back.</summary>
/// <param name="Name">The team's short name, as in offers and reports.</param>
/// <param name="CallBackTeam">The team that phones.</param>
/// <param name="CareOfficer">Directory id of a consequential victim care officer who owns the team's households; null if the
/// call-back team does.</param>
/// <param name="Supervisor">Directory id of the person who is told when a call-back is overdue or an answer is missing.</param>
public sealed record Team(string Name, string CallBackTeam, string? CareOfficer, string? Supervisor)
{
    /// <summary>Who calls this team's households at first.</summary>
    public Assignee FirstAssignee => new(CallBackTeam, CareOfficer);
}

/// <summary>
/// Which teams take part. A trial names one; a roll-out to the whole force sets a pattern for all others.
/// </summary>
public sealed class TeamDirectory
{
    private readonly Dictionary<string, Team> teams;
    private readonly Team? others;

    /// <summary>The named teams, and how every other team is served; null if only the named ones take part.</summary>
    public TeamDirectory(IEnumerable<Team> named, Team? others)
    {
        teams = named.ToDictionary(team => team.Name, StringComparer.OrdinalIgnoreCase);
        this.others = others;
    }

    /// <summary>The teams that take part by name.</summary>
    public IReadOnlyCollection<Team> Named => teams.Values;

    /// <summary>Every team that phones, each once: the lists to look through for "all teams".</summary>
    public IReadOnlyList<string> CallBackTeams =>
        [.. teams.Values.Append(others).OfType<Team>().Select(team => team.CallBackTeam).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The team of this name, or null when it doesn't take part.</summary>
    public Team? Find(string name) =>
        teams.TryGetValue(name, out var team) ? team : others is null ? null : others with { Name = name };

    /// <summary>
    /// Who calls the households of a team from now on: as it is served today. Where it takes part no more, as all others are, or as the
    /// first of the named ones; a household stays somebody's. Null if there is no team at all.
    /// </summary>
    public Assignee? SuccessorFor(string team) =>
        (Find(team) ?? others ?? teams.Values.OrderBy(named => named.Name, StringComparer.Ordinal).FirstOrDefault())?.FirstAssignee;

    /// <summary>Whether some team is called back by a team of this name.</summary>
    public bool IsCallBackTeam(string name) => CallBackTeams.Contains(name, StringComparer.OrdinalIgnoreCase);
}

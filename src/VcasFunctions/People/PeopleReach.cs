using VcasFunctions.Access;
using VcasFunctions.Settings;

namespace VcasFunctions.People;

/// <summary>Of whom somebody may know: who calls for their teams, and who supervises these or stands in.</summary>
internal sealed record PeopleReach(IReadOnlySet<string> CallBackTeams, IReadOnlySet<string> Supervisors)
{
    /// <summary>All teams with how they are served; those without a name in the settings are one.</summary>
    public static IEnumerable<(string Name, TeamOptions Options)> TeamsOf(VcasOptions options) => options.Teams
        .Select(team => (team.Key, team.Value))
        .Concat(options.OtherTeams is { } others ? [(VcasOptions.OtherTeamsKey, others)] : Array.Empty<(string, TeamOptions)>());

    /// <summary>Of whom somebody may know.</summary>
    public static PeopleReach Of(RequestAccess access, VcasOptions options)
    {
        var membership = access.Membership;
        var callBackTeams = new HashSet<string>(membership.CallBackTeams, StringComparer.OrdinalIgnoreCase);
        var supervisors = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var watches = access.HasAnyRole(Role.Supervisor);
        foreach (var (name, team) in TeamsOf(options))
        {
            var isWatched = watches && (membership.IsOwnTeam(name) || membership.Supervises(name));
            if (isWatched) callBackTeams.Add(team.CallBackTeam);
            // A caller knows whom to ask.
            if (!isWatched && !membership.IsOwnCallBackTeam(team.CallBackTeam)) continue;
            if (!string.IsNullOrEmpty(team.Supervisor)) supervisors.Add(team.Supervisor);
            if (!string.IsNullOrEmpty(team.Deputy)) supervisors.Add(team.Deputy);
        }

        return new PeopleReach(callBackTeams, supervisors);
    }

    /// <summary>Whether somebody who has signed in is among them.</summary>
    public bool Includes(SeenPerson person) =>
        Supervisors.Contains(person.IdText) || person.CallBackTeams.Any(CallBackTeams.Contains);
}

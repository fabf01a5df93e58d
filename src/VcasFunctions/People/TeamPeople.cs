using VcasFunctions.Access;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.People;

/// <summary>
/// The people of somebody's teams. Where the directory was read it says who calls for a team; elsewhere those do who have signed in with
/// it. Who has left keeps their name for as long as they are known, so that calls which were assigned to them say whose they were.
/// </summary>
public sealed class TeamPeople(SeenPeople seen, DirectoryPeople directory, Absences absences, VcasSettings settings)
{
    /// <summary>Those whom somebody may know of.</summary>
    public async Task<PeoplePage> OfAsync(RequestAccess access, CancellationToken cancellation)
    {
        var options = settings.Options;
        var reach = PeopleReach.Of(access, options);
        var callers = new Dictionary<string, (DirectoryPerson Person, List<string> Teams)>(StringComparer.OrdinalIgnoreCase);
        var (told, isFailed) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), false);
        // Side by side: where the directory is silent nobody waits once for each team.
        var read = await Task.WhenAll(reach.CallBackTeams.Where(_ => directory.IsOn)
            .Select(team => (Team: team, Group: GroupOf(team, options))).Where(team => team.Group is not null)
            .Select(async team => (team.Team, People: await directory.OfAsync(team.Group!, cancellation))));
        foreach (var (team, people) in read)
        {
            isFailed |= people is null;
            if (people is null) continue;
            told.Add(team);
            foreach (var person in people)
            {
                if (!callers.TryGetValue(person.Id, out var known)) callers[person.Id] = known = (person, []);
                known.Teams.Add(team);
            }
        }

        var away = await AwayAsync(options, cancellation);
        PersonView View(string id, string name, PersonSource source, IEnumerable<string> teams) =>
            new(id, name, source, [.. teams.Order(StringComparer.Ordinal)], reach.Supervisors.Contains(id), away.Contains(id));
        var views = callers.Values
            .Select(one => View(one.Person.Id, one.Person.Name, PersonSource.Directory, one.Teams)).ToList();
        foreach (var person in await seen.ListAsync(cancellation))
        {
            if (callers.ContainsKey(person.IdText) || !reach.Includes(person)) continue;
            var teams = person.CallBackTeams.Where(team => reach.CallBackTeams.Contains(team) && !told.Contains(team));
            views.Add(View(person.IdText, person.Name, PersonSource.SignedIn, teams));
        }

        return new PeoplePage(
            [.. views.OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(one => one.Id, StringComparer.Ordinal)],
            isFailed);
    }

    private static string? GroupOf(string callBackTeam, VcasOptions options) =>
        options.CallBackTeams.FirstOrDefault(team => string.Equals(team.Key, callBackTeam, StringComparison.OrdinalIgnoreCase)).Value
            ?.GroupId is { Length: > 0 } group
            ? group
            : null;

    // Supervisors who are away today.
    private async Task<IReadOnlySet<string>> AwayAsync(VcasOptions options, CancellationToken cancellation)
    {
        var absent = await absences.OfTodayAsync(cancellation);
        return PeopleReach.TeamsOf(options).Where(team => absent.Contains(team.Name))
            .Select(team => team.Options.Supervisor ?? "")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}

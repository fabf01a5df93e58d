namespace VcasFunctions.Settings;

/// <summary>What is wrong with the teams as they are set: a call-back that belongs to nobody is found by nobody.</summary>
internal static class TeamSettingsFailures
{
    private const string Name = "letters, digits and hyphens, at most 60";
    private const string Person = "the directory's object id of a person, a GUID: nobody could be told";
    private const string Group = "the object id of a group, a GUID";

    /// <summary>Each, with the setting's name.</summary>
    public static IEnumerable<string> Of(VcasOptions options)
    {
        var teams = options.Teams.Select(team => (Setting: $"Vcas:Teams:{team.Key}", Team: team.Value));
        if (options.OtherTeams is { } others) teams = teams.Append(("Vcas:OtherTeams", others));
        foreach (var (setting, team) in teams)
        {
            // It is also a key of the call list, and a part of addresses.
            if (!IsName(team.CallBackTeam)) yield return $"{setting}:CallBackTeam must be {Name}.";
            if (!IsId(team.CareOfficer)) yield return $"{setting}:CareOfficer must be {Person}.";
            if (!IsId(team.Supervisor)) yield return $"{setting}:Supervisor must be {Person}.";
            if (!IsId(team.Deputy)) yield return $"{setting}:Deputy must be {Person}.";
            if (!IsGroup(team.GroupId)) yield return $"{setting}:GroupId must be {Group}.";
        }

        foreach (var (name, team) in options.CallBackTeams)
        {
            if (!IsName(name)) yield return $"Vcas:CallBackTeams:{name}: the team's name must be {Name}.";
            if (!IsId(team.TeamId))
                yield return $"Vcas:CallBackTeams:{name}:TeamId must be the id of a team in Microsoft Teams, a GUID: nobody could be told.";
            if (!IsGroup(team.GroupId)) yield return $"Vcas:CallBackTeams:{name}:GroupId must be {Group}.";
        }
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= 60 } && name.All(letter => char.IsAsciiLetter(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static bool IsId(string? id) => string.IsNullOrEmpty(id) || DirectoryId.Is(id);

    // A group that is left out is meant to be; an empty text would let nobody in.
    private static bool IsGroup(string? id) => id is null || DirectoryId.Is(id);
}

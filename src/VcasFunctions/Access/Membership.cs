using System.Runtime.CompilerServices;
using VcasFunctions.Settings;

namespace VcasFunctions.Access;

/// <summary>
/// Which teams are a person's own, by the directory's groups and by who is set as a team's supervisor. It is worked out once for a
/// token and the settings in force, so a changed setting holds at once, and a changed group with the next token.
/// </summary>
public sealed class Membership(Person person, VcasOptions options)
{
    // As long as a token is remembered, so is who brought it.
    private static readonly ConditionalWeakTable<Person, Membership> Known = [];

    private readonly VcasOptions options = options;

    /// <summary>A person's membership under the settings in force.</summary>
    public static Membership Of(Person person, VcasOptions options)
    {
        if (Known.TryGetValue(person, out var known) && ReferenceEquals(known.options, options)) return known;
        var membership = new Membership(person, options);
        Known.AddOrUpdate(person, membership);
        return membership;
    }

    /// <summary>The named teams whose group the person is in.</summary>
    public IReadOnlyList<string> Teams { get; } =
        [.. options.Teams.Where(team => IsIn(person, team.Value.GroupId)).Select(team => team.Key.ToLowerInvariant())];

    /// <summary>Whether the person is in the group of all teams that have no name in the settings.</summary>
    public bool IsInOtherTeams { get; } = IsIn(person, options.OtherTeams?.GroupId);

    /// <summary>The call-back teams whose group the person is in.</summary>
    public IReadOnlyList<string> CallBackTeams { get; } =
        [.. options.CallBackTeams.Where(team => IsIn(person, team.Value.GroupId)).Select(team => team.Key.ToLowerInvariant())];

    /// <summary>The team of an offer that names none; null if the person must say which.</summary>
    public string? TeamOfNewOffers => IsInOtherTeams ? options.DefaultTeam : Teams.Count == 1 ? Teams[0] : null;

    /// <summary>Whether this is the person's team.</summary>
    public bool IsOwnTeam(string team) => Has(Teams, team) || (IsInOtherTeams && !IsNamed(team));

    /// <summary>Whether the person is set as this team's supervisor, or as the deputy.</summary>
    public bool Supervises(string team) =>
        options.OptionsOfTeam(team) is { } served && (Same(served.Supervisor, person.Id) || Same(served.Deputy, person.Id));

    /// <summary>Whether the person phones for this call-back team.</summary>
    public bool IsOwnCallBackTeam(string? callBackTeam) => callBackTeam is not null && Has(CallBackTeams, callBackTeam);

    private bool IsNamed(string team) => Has(options.Teams.Keys, team);

    private static bool IsIn(Person person, string? group) => !string.IsNullOrEmpty(group) && person.Groups.Contains(group);

    private static bool Has(IEnumerable<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool Same(string? set, string id) =>
        !string.IsNullOrEmpty(set) && string.Equals(set, id, StringComparison.OrdinalIgnoreCase);
}

using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace VcasFunctions.Settings;

/// <summary>
/// The force, its teams, its policy and its calendar: what stands in the section <c>Vcas</c> itself, because folders on several floors
/// read it. Every value has a default that a laptop can run on. A section beneath it belongs to a folder, and is declared there.
/// </summary>
public sealed record VcasOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas";

    /// <summary>The force's name in the <c>source</c> of its messages, lower case without blanks.</summary>
    public string Force { get; init; } = "local";

    /// <summary>The first day of the scheme, London: no offer can be older.</summary>
    public DateOnly SchemeStart { get; init; } = new(2022, 1, 1);

    /// <summary>The team of an offer whose officer named none.</summary>
    public string DefaultTeam { get; init; } = "unassigned";

    /// <summary>Teams that take part, by name.</summary>
    public Dictionary<string, TeamOptions> Teams { get; init; } = [];

    /// <summary>Whether only the named teams take part, as in a trial.</summary>
    public bool OnlyNamedTeams { get; init; }

    /// <summary>How all other teams are served, unless only the named ones take part.</summary>
    public TeamOptions? OtherTeams { get; init; } = new();

    /// <summary>Who phones for each call-back team, and who is told in Teams, by the team's name.</summary>
    public Dictionary<string, RecipientOptions> CallBackTeams { get; init; } = [];

    /// <summary>The policy in force for offers recorded from now on.</summary>
    public CallBackPolicy Policy { get; init; } = new();

    /// <summary>When the call-back team phones.</summary>
    public CallHoursOptions CallHours { get; init; } = new();

    /// <summary>Extra days without calls, such as special bank holidays.</summary>
    public List<DateOnly> ExtraHolidays { get; init; } = [];

    /// <summary>Bank holidays on which calls are made all the same: those that were moved.</summary>
    public List<DateOnly> NotHolidays { get; init; } = [];

    /// <summary>
    /// The last year for which somebody has compared the bank holidays with GOV.UK's, where that is later than this version's own list.
    /// </summary>
    public int? HolidaysCheckedTo { get; init; }

    /// <summary>The key of all teams that have no name in the settings: they are served alike.</summary>
    public const string OtherTeamsKey = "*";

    /// <summary>By what a team is kept apart from those that are served otherwise: its name, or one key for all that have none.</summary>
    public string KeyOfTeam(string team) =>
        Teams.Keys.FirstOrDefault(named => string.Equals(named, team, StringComparison.OrdinalIgnoreCase))?.ToLowerInvariant()
        ?? OtherTeamsKey;

    /// <summary>How a team is served: as it is set by its name, or as all others are.</summary>
    public TeamOptions? OptionsOfTeam(string team) =>
        Teams.FirstOrDefault(named => string.Equals(named.Key, team, StringComparison.OrdinalIgnoreCase)) is { Key: not null } found
            ? found.Value
            : OtherTeams;
}

/// <summary>How one team is served.</summary>
public sealed record TeamOptions
{
    /// <summary>The team that phones.</summary>
    public string CallBackTeam { get; init; } = "call-back";

    /// <summary>Directory id of a consequential victim care officer who owns the team's households.</summary>
    public string? CareOfficer { get; init; }

    /// <summary>Directory id of the supervisor.</summary>
    public string? Supervisor { get; init; }

    /// <summary>
    /// Directory id of the person who is told of a danger that the supervisor has not acknowledged in time; the call-back
    /// team if there is none.
    /// </summary>
    public string? Deputy { get; init; }

    /// <summary>Object id of the directory's group whose members are this team's officers and supervisors.</summary>
    public string? GroupId { get; init; }
}

/// <summary>Who is in a call-back team, and who is told.</summary>
public sealed record RecipientOptions
{
    /// <summary>
    /// Object id of the group whose members are told in Teams, where it is another than <see cref="GroupId"/>; a Microsoft Teams team's id
    /// is that of its group.
    /// </summary>
    public string? TeamId { get; init; }

    /// <summary>Object id of the directory's group whose members phone for this team.</summary>
    public string? GroupId { get; init; }

    /// <summary>The group whose members are told in Teams.</summary>
    internal string? Recipient => string.IsNullOrWhiteSpace(TeamId) ? GroupId : TeamId;
}

/// <summary>The hours in which the team phones, Europe/London.</summary>
public sealed record CallHoursOptions
{
    /// <summary>When calls begin.</summary>
    public TimeOnly From { get; init; } = CallHours.OfficeHours.From;

    /// <summary>When calls end.</summary>
    public TimeOnly To { get; init; } = CallHours.OfficeHours.To;

    /// <summary>Days of the week; none means Monday to Friday.</summary>
    public List<DayOfWeek> Days { get; init; } = [];
}

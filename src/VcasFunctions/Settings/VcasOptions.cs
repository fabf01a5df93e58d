using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace VcasFunctions.Settings;

/// <summary>The section <c>Vcas</c> as it is in configuration: every value has a default that a laptop can run on.</summary>
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

    /// <summary>The queues between the force and VCAS.</summary>
    public ReferralOptions Referrals { get; init; } = new();

    /// <summary>Notifications in Microsoft Teams.</summary>
    public NotificationOptions Notifications { get; init; } = new();

    /// <summary>Whose tokens are taken.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>How much one caller may ask.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>What protects a household from day to day.</summary>
    public SafetyOptions Safety { get; init; } = new();

    /// <summary>When and how far the sweep looks.</summary>
    public SweepOptions Sweep { get; init; } = new();

    /// <summary>What is done to all records every night.</summary>
    public NightlyOptions Nightly { get; init; } = new();

    /// <summary>How long each kind of record is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>The nightly backup.</summary>
    public BackupOptions Backup { get; init; } = new();

    /// <summary>The keys that seal personal data.</summary>
    public SealingOptions Sealing { get; init; } = new();

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

/// <summary>The queues between the force and VCAS.</summary>
public sealed record ReferralOptions
{
    /// <summary>The queue to VCAS.</summary>
    public string Queue { get; init; } = "referrals";

    /// <summary>The queue from VCAS.</summary>
    public string AnswerQueue { get; init; } = "referral-answers";

    /// <summary>
    /// Where messages to VCAS are set aside that could not be taken: a queue of their own, so that nobody needs
    /// the right to take referrals.
    /// </summary>
    public string DeadLetterQueue { get; init; } = "referrals-dead";

    /// <summary>Where answers of VCAS's are set aside that could not be taken.</summary>
    public string AnswerDeadLetterQueue { get; init; } = "referral-answers-dead";

    /// <summary>When VCAS's answers are taken in, NCRONTAB with seconds, UTC: every minute.</summary>
    public string AnswersSchedule { get; init; } = "0 * * * * *";

    /// <summary>Names of queues that are impossible together, each by its setting.</summary>
    internal IEnumerable<string> Failures()
    {
        (string Setting, string Name)[] queues =
        [
            (nameof(Queue), Queue), (nameof(AnswerQueue), AnswerQueue),
            (nameof(DeadLetterQueue), DeadLetterQueue), (nameof(AnswerDeadLetterQueue), AnswerDeadLetterQueue),
        ];
        foreach (var (setting, _) in queues.Where(queue => string.IsNullOrWhiteSpace(queue.Name)))
            yield return $"Vcas:Referrals:{setting} is empty.";
        // Messages in a dead-letter queue are erased after a time, so no queue in use may be named as one.
        if (queues.DistinctBy(queue => queue.Name, StringComparer.OrdinalIgnoreCase).Count() < queues.Length)
            yield return "Vcas:Referrals names one queue for two purposes.";
    }
}

/// <summary>Notifications in Microsoft Teams.</summary>
public sealed record NotificationOptions
{
    /// <summary>Whether any are sent. Without them the call list is the only prompt.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The id of the Teams app that opens the call list.</summary>
    public string TeamsAppId { get; init; } = "00000000-0000-0000-0000-000000000000";

    /// <summary>The console's address, ending in <c>/console/</c>: opened if a client can't show the Teams app's tab.</summary>
    public Uri? ConsoleUrl { get; init; }
}

/// <summary>The hourly sweep.</summary>
public sealed record SweepOptions
{
    /// <summary>When it runs, NCRONTAB with seconds, UTC.</summary>
    public string Schedule { get; init; } = "0 7 * * * *";

    /// <summary>Minutes for which something may be late before the sweep repairs it, so that it doesn't race the ordinary course.</summary>
    public int GraceMinutes { get; init; } = 5;
}

/// <summary>The nightly care of the records.</summary>
public sealed record NightlyOptions
{
    /// <summary>When it begins, NCRONTAB with seconds, UTC.</summary>
    public string Schedule { get; init; } = "0 40 1 * * *";
}

using System.Security.Cryptography;
using System.Text;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Notifications;

/// <summary>Who is told in Teams: a person, or everybody of a team's group, by the id that the directory gives them.</summary>
public sealed record Recipient(bool IsTeam, string Id);

/// <summary>In what part somebody is told.</summary>
public enum Reader
{
    /// <summary>Whoever is to call.</summary>
    Caller,

    /// <summary>Whoever decides.</summary>
    Supervisor,

    /// <summary>Whoever recorded the household.</summary>
    Recorder,
}

/// <summary>The channels by which a notice can reach somebody, best first; what none of them reaches, the lists show.</summary>
/// <param name="Reader">Who has to act.</param>
/// <param name="InOrder">The person, then the whole call-back team; none if nobody is configured.</param>
public sealed record Recipients(Reader Reader, IReadOnlyList<Recipient> InOrder)
{
    /// <summary>
    /// Tells whose notices may be reported together: the same for the same role and first channel. No id can be read from it,
    /// for it is in an orchestration's history.
    /// </summary>
    public string Key { get; } = KeyOf(Reader, InOrder);

    /// <summary>For whom a notice of this kind is.</summary>
    public static Reader ReaderOf(DispatchKind kind) => kind switch
    {
        DispatchKind.CallBackDue or DispatchKind.CallBackReminder or DispatchKind.VisitDue => Reader.Caller,
        DispatchKind.SafeRouteAsked => Reader.Recorder,
        _ => Reader.Supervisor,
    };

    /// <summary>The channels for one notice of an offer, as the teams are configured now.</summary>
    /// <param name="household">The household.</param>
    /// <param name="kind">What is told.</param>
    /// <param name="options">The teams.</param>
    /// <param name="away">
    /// Whether the team's supervisor is away: the deputy is told in their place, and the call-back team in the deputy's.
    /// </param>
    public static Recipients For(Household household, DispatchKind kind, VcasOptions options, bool away = false)
    {
        // Whoever was the supervisor when the household was recorded may have left since.
        var served = options.OptionsOfTeam(household.Details.Team);
        var reader = ReaderOf(kind);
        var person = kind switch
        {
            DispatchKind.DangerUnacknowledged or DispatchKind.MeasureStillMissing or DispatchKind.WelfareContactMissing =>
                away ? null : served?.Deputy,
            _ when reader == Reader.Caller => household.Assignee.Person,
            _ when reader == Reader.Recorder => household.RecordedBy,
            _ when away => served?.Deputy,
            _ => string.IsNullOrWhiteSpace(served?.Supervisor) ? household.Supervisor : served.Supervisor,
        };
        // If only the supervisor may know, the team is not told instead: the list of held calls shows it. Nor is it told what whoever
        // recorded the household is asked for, because the supervisor is told of that beside them.
        var team = kind is DispatchKind.DecisionNeeded or DispatchKind.DisclosureReview || reader == Reader.Recorder
            ? null
            : options.CallBackTeams.GetValueOrDefault(household.Assignee.Team)?.Recipient;
        return new Recipients(
            reader,
            [.. new[] { Channel(isTeam: false, person), Channel(isTeam: true, team) }.OfType<Recipient>()]);
    }

    /// <summary>Who decides for a team: its supervisor or, while they are away, the deputy; then the call-back team.</summary>
    public static Recipients OfSupervisor(TeamOptions? team, bool away, VcasOptions options) =>
        OfTeam(team, away ? team?.Deputy : team?.Supervisor, options);

    /// <summary>
    /// Who is told of what waits although the supervisor was told: the deputy, or the call-back team where there is none or the deputy is
    /// the one who was told.
    /// </summary>
    public static Recipients OfDeputy(TeamOptions? team, bool away, VcasOptions options) =>
        OfTeam(team, away ? null : team?.Deputy, options);

    /// <summary>The same for what the call-back team may not know of: the deputy, or the supervisor once more.</summary>
    public static Recipients OfDeputyAlone(TeamOptions? team) => new(
        Reader.Supervisor,
        [.. new[] { Channel(isTeam: false, team?.Deputy), Channel(isTeam: false, team?.Supervisor) }.OfType<Recipient>().Take(1)]);

    /// <summary>Everybody of a call-back team.</summary>
    public static Recipients OfCallBackTeam(string callBackTeam, VcasOptions options) => new(
        Reader.Caller,
        [.. new[] { Channel(isTeam: true, options.CallBackTeams.GetValueOrDefault(callBackTeam)?.Recipient) }.OfType<Recipient>()]);

    /// <inheritdoc/>
    public bool Equals(Recipients? other) =>
        other is not null && Reader == other.Reader && InOrder.SequenceEqual(other.InOrder);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reader, InOrder.Count > 0 ? InOrder[0] : null);

    private static Recipients OfTeam(TeamOptions? team, string? person, VcasOptions options)
    {
        var callBackTeam = team is null ? null : options.CallBackTeams.GetValueOrDefault(team.CallBackTeam)?.Recipient;
        return new Recipients(
            Reader.Supervisor,
            [.. new[] { Channel(isTeam: false, person), Channel(isTeam: true, callBackTeam) }.OfType<Recipient>()]);
    }

    private static Recipient? Channel(bool isTeam, string? id) => string.IsNullOrWhiteSpace(id) ? null : new Recipient(isTeam, id);

    private static string KeyOf(Reader reader, IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Count == 0) return "";
        var first = $"{(recipients[0].IsTeam ? "team" : "person")}/{recipients[0].Id.ToLowerInvariant()}";
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first)).AsSpan(0, 8));
        return $"{Word.Of(reader)}-{digits}";
    }
}

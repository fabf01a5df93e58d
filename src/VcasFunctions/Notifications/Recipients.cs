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
    public static Recipients For(Household household, DispatchKind kind, VcasOptions options)
    {
        // Whoever was the supervisor when the household was recorded may have left since.
        var served = options.OptionsOfTeam(household.Details.Team);
        var reader = ReaderOf(kind);
        var person = kind switch
        {
            DispatchKind.DangerUnacknowledged or DispatchKind.MeasureStillMissing or DispatchKind.WelfareContactMissing =>
                served?.Deputy,
            _ when reader == Reader.Caller => household.Assignee.Person,
            _ when reader == Reader.Recorder => household.RecordedBy,
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

    /// <inheritdoc/>
    public bool Equals(Recipients? other) =>
        other is not null && Reader == other.Reader && InOrder.SequenceEqual(other.InOrder);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reader, InOrder.Count > 0 ? InOrder[0] : null);

    private static Recipient? Channel(bool isTeam, string? id) => string.IsNullOrWhiteSpace(id) ? null : new Recipient(isTeam, id);

    private static string KeyOf(Reader reader, IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Count == 0) return "";
        var first = $"{(recipients[0].IsTeam ? "team" : "person")}/{recipients[0].Id.ToLowerInvariant()}";
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first)).AsSpan(0, 8));
        return $"{Word.Of(reader)}-{digits}";
    }
}

using System.Security.Cryptography;
using System.Text;
using Vcas.Domain.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Notifications;

/// <summary>Who is told in Teams: a person, or everybody of a team's group, by the id that the directory gives them.</summary>
public sealed record Recipient(bool IsTeam, string Id);

/// <summary>The channels by which a notice can reach somebody, best first; what none of them reaches, the lists show.</summary>
/// <param name="ToSupervisor">Whether it is the supervisor who has to act, or the caller.</param>
/// <param name="InOrder">The person, then the whole call-back team; none if nobody is configured.</param>
public sealed record Recipients(bool ToSupervisor, IReadOnlyList<Recipient> InOrder)
{
    /// <summary>
    /// Tells whose notices may be reported together: the same for the same role and first channel. No id can be read from it,
    /// for it is in an orchestration's history.
    /// </summary>
    public string Key { get; } = KeyOf(ToSupervisor, InOrder);

    /// <summary>Whether a notice of this kind is for the supervisor rather than for the caller.</summary>
    public static bool IsForSupervisor(DispatchKind kind) => kind is not (DispatchKind.CallBackDue or DispatchKind.CallBackReminder);

    /// <summary>The channels for one notice of an offer, as the teams are configured now.</summary>
    public static Recipients For(Household household, DispatchKind kind, VcasOptions options)
    {
        // Whoever was the supervisor when the household was recorded may have left since.
        var served = options.OptionsOfTeam(household.Details.Team);
        var person = kind switch
        {
            DispatchKind.DangerUnacknowledged or DispatchKind.MeasureStillMissing => served?.Deputy,
            _ when !IsForSupervisor(kind) => household.Assignee.Person,
            _ => string.IsNullOrWhiteSpace(served?.Supervisor) ? household.Supervisor : served.Supervisor,
        };
        // If only the supervisor may know, the team is not told instead: the list of held calls shows it.
        var team = kind == DispatchKind.DecisionNeeded ? null : options.CallBackTeams.GetValueOrDefault(household.Assignee.Team)?.Recipient;
        return new Recipients(
            IsForSupervisor(kind),
            [.. new[] { Channel(isTeam: false, person), Channel(isTeam: true, team) }.OfType<Recipient>()]);
    }

    /// <inheritdoc/>
    public bool Equals(Recipients? other) =>
        other is not null && ToSupervisor == other.ToSupervisor && InOrder.SequenceEqual(other.InOrder);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ToSupervisor, InOrder.Count > 0 ? InOrder[0] : null);

    private static Recipient? Channel(bool isTeam, string? id) => string.IsNullOrWhiteSpace(id) ? null : new Recipient(isTeam, id);

    private static string KeyOf(bool toSupervisor, IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Count == 0) return "";
        var first = $"{(recipients[0].IsTeam ? "team" : "person")}/{recipients[0].Id.ToLowerInvariant()}";
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first)).AsSpan(0, 8));
        return $"{(toSupervisor ? "supervisor" : "caller")}-{digits}";
    }
}

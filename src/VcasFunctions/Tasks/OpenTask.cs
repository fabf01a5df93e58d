using Vcas.Domain;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Households;

namespace VcasFunctions.Tasks;

/// <summary>Something that waits for a person's decision. Nobody's name, number or risk is in it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The offer's id, or that of a number that was passed on.</param>
/// <param name="Since">Since when it waits, UTC.</param>
public sealed record OpenTask(TaskKind Kind, Guid Id, DateTimeOffset Since)
{
    /// <summary>The team that made the offer, or passed the number on; null where a damaged row can't tell.</summary>
    public string? Team { get; init; }

    /// <summary>The team that calls.</summary>
    public string? CallBackTeam { get; init; }

    /// <summary>The person who calls, if it is one person.</summary>
    public string? Person { get; init; }

    /// <summary>Whether its own clock has told somebody else of it.</summary>
    public bool IsEscalated { get; init; }

    /// <summary>What a line of the call list waits for.</summary>
    internal static IEnumerable<OpenTask> Of(OpenCall call, DateTimeOffset now)
    {
        if (call.IsForDecision) yield return As(TaskKind.DecisionNeeded, call.HeldSince);
        else if (call.ReviewAt <= now) yield return As(TaskKind.ReviewOverdue, call.ReviewAt);
        if (call.IsDue && call.OverdueAt <= now) yield return As(TaskKind.CallOverdue, call.OverdueAt);
        if (call.HoursNeverMeet) yield return As(TaskKind.HoursNeverMeet, call.RecordedAt);
        if (call.MayLookForRoute) yield return As(TaskKind.NoSafeRoute, call.RouteSince);

        // A row that was written before it had a column, or is damaged, is written again by the sweep.
        OpenTask As(TaskKind kind, DateTimeOffset? since) =>
            new(kind, call.Id, since ?? now) { Team = call.Team, CallBackTeam = call.CallBackTeam, Person = call.Person };
    }

    /// <summary>What a danger waits for.</summary>
    internal static OpenTask? Of(DangerRow row, DateTimeOffset now)
    {
        var danger = row.View;
        if (danger.AcknowledgedAt is not { } known) return As(TaskKind.DangerUnacknowledged, danger.Since);
        if (danger.WelfareFrom is not { } from) return As(TaskKind.MeasureMissing, known);
        // What is to be done only tomorrow waits for nobody yet.
        return from <= now ? As(TaskKind.WelfareContactDue, from) : null;

        OpenTask As(TaskKind kind, DateTimeOffset since) => new(kind, danger.OfferId, since)
        {
            Team = row.Team,
            CallBackTeam = row.CallBackTeam,
            Person = row.Person,
            IsEscalated = kind == TaskKind.DangerUnacknowledged && danger.EscalatedAt is not null,
        };
    }

    /// <summary>What a referral waits for; null if it waits for nobody.</summary>
    internal static OpenTask? Of(ReferralView referral, string? callBackTeam, DateTimeOffset now)
    {
        if (referral.State == Word.Of(ReferralState.Rejected))
            return As(TaskKind.ReferralRejected, referral.AnsweredAt ?? referral.MadeAt);
        if (referral.State == Word.Of(ReferralState.AwaitingRoute)) return As(TaskKind.NoSafeRoute, referral.MadeAt);
        return referral.AnswerLateSince is { } late ? As(TaskKind.AnswerLate, late) : null;

        OpenTask As(TaskKind kind, DateTimeOffset? since) => new(kind, referral.ReferralId, since ?? now)
        {
            Team = referral.Team.Length == 0 ? null : referral.Team,
            CallBackTeam = callBackTeam,
        };
    }
}

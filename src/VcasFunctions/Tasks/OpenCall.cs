using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Tasks;

/// <summary>What of a line of the call list says whether somebody has to decide about it.</summary>
public sealed record OpenCall
{
    /// <summary>What is asked of the table for it.</summary>
    internal static readonly IReadOnlyList<string> Columns =
    [
        "PartitionKey", "RowKey", "Team", "CallBackTeam", "Person", "CallFrom", "OverdueAt", "ReviewAt", "HeldSince", "HoldReason",
        "NeedsSafeRoute", "RouteSince", "RecordedAt", CallBackColumns.SafeTimes, CallBackColumns.CallHours,
    ];

    private static readonly string WrongNumber = Word.Of(Vcas.Domain.Households.HoldReason.WrongNumber);

    /// <summary>The offer's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The team that made the offer; null where the row can't tell.</summary>
    public string? Team { get; init; }

    /// <summary>The team that calls.</summary>
    public string? CallBackTeam { get; init; }

    /// <summary>The person who calls, if it is one person.</summary>
    public string? Person { get; init; }

    /// <summary>Whether somebody should call now.</summary>
    public bool IsDue { get; init; }

    /// <summary>Whether it is held for its supervisor's decision.</summary>
    public bool IsForDecision { get; init; }

    /// <summary>From when the next call may be made, UTC.</summary>
    public DateTimeOffset? CallFrom { get; init; }

    /// <summary>When the call becomes overdue, UTC.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>When somebody should decide about a hold, UTC.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>Since when it is held, UTC.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Why it is held.</summary>
    public string? HoldReason { get; init; }

    /// <summary>Since when a safe route has to be found, UTC; null while one is known.</summary>
    public DateTimeOffset? RouteSince { get; init; }

    /// <summary>When the household was recorded, UTC.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Whether no hour in which a call is safe is among those in which this household is called.</summary>
    public bool HoursNeverMeet { get; init; }

    /// <summary>
    /// Whether somebody may look for a safe route now. Who goes to ask for a number while the call is held for another reason might meet
    /// the suspect.
    /// </summary>
    public bool MayLookForRoute => RouteSince is not null && (HoldReason is null || HoldReason == WrongNumber);

    internal static OpenCall Read(TableEntity entity, Sealer sealer, CallHours teams)
    {
        var id = ListRow.OfferIdOf(entity);
        var needsRoute = entity.Value<bool?>("NeedsSafeRoute") ?? false;
        var isForDecision = CallBackSortKey.IsIn(CallBackSortKey.Decision, entity.RowKey);
        return new OpenCall
        {
            Id = id,
            Team = entity.Value<string>("Team"),
            CallBackTeam = entity.Value<string>("CallBackTeam") ?? entity.PartitionKey,
            Person = entity.Value<string>("Person") is { Length: > 0 } person ? person : null,
            IsDue = CallBackSortKey.IsIn(CallBackSortKey.Due, entity.RowKey),
            IsForDecision = isForDecision,
            CallFrom = entity.Value<DateTimeOffset?>("CallFrom"),
            OverdueAt = entity.Value<DateTimeOffset?>("OverdueAt"),
            ReviewAt = entity.Value<DateTimeOffset?>("ReviewAt"),
            HeldSince = entity.Value<DateTimeOffset?>("HeldSince"),
            HoldReason = entity.Value<string>("HoldReason"),
            RecordedAt = entity.Value<DateTimeOffset?>("RecordedAt"),
            RouteSince = needsRoute ? entity.Value<DateTimeOffset?>("RouteSince") : null,
            HoursNeverMeet = !isForDecision && NeverMeet(entity, id, sealer, teams),
        };
    }

    // Hours that can't be read are no task: the next sweep writes the row again, and the list shows that it is damaged.
    private static bool NeverMeet(TableEntity entity, Guid id, Sealer sealer, CallHours teams) =>
        string.IsNullOrEmpty(entity.Value<string>(CallBackColumns.CallHours))
        && entity.Value<string>(CallBackColumns.SafeTimes) is { Length: > 0 } hours
        && DamagedRow.TryRead(
            entity, _ => SafeTimesText.Read(sealer.OpenListed(id, CallBackColumns.SafeTimes, hours)), out var times)
        && !SafeHours.Meet(times, teams);
}

using Azure.Data.Tables;
using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>One row of the list as it is shown.</summary>
public sealed record CallBackRow
{
    public required CallBackListEntry Place { get; init; }

    /// <summary>
    /// Whether the row can't be read: then its household's own page is what counts, and the next sweep writes the row again.
    /// </summary>
    internal bool IsDamaged { get; init; }

    internal DateTimeOffset? DueAt { get; init; }
    internal DateTimeOffset? CallFrom { get; init; }
    internal DateTimeOffset? ReviewAt { get; init; }
    internal string? HoldReason { get; init; }
    internal string? Death { get; init; }
    internal string? NextOffer { get; init; }
    internal bool NeedsSafeRoute { get; init; }
    internal string? Road { get; init; }
    internal DateTimeOffset? RouteRemindAt { get; init; }
    internal int Attempts { get; init; }
    internal DateTimeOffset? LastAttemptAt { get; init; }
    internal string? LastOutcome { get; init; }
    internal string? LastDirection { get; init; }
    internal string Risks { get; init; } = "";
    internal string SafeTimes { get; init; } = "";
    internal string CallHours { get; init; } = "";
    internal DateTimeOffset? UntoldSince { get; init; }
    internal Claim? Claim { get; init; }

    /// <summary>The row at a place, under the key and with the contents that the person who asks may know of.</summary>
    internal static CallBackRow Read(TableEntity entity, CallBackListEntry place, Sealer sealer)
    {
        if (!DamagedRow.TryRead(entity, row => Whole(row, place, sealer), out var whole))
            return new CallBackRow { Place = place, IsDamaged = true, CallFrom = place.CallFrom, ReviewAt = place.ReviewAt };
        if (!place.IsAsOthersKnowIt) return whole;
        return whole with
        {
            CallFrom = place.KnownCallFrom,
            HoldReason = entity.GetString("KnownHoldReason"),
            ReviewAt = place.KnownReviewAt,
            UntoldSince = null,
        };
    }

    private static CallBackRow Whole(TableEntity entity, CallBackListEntry place, Sealer sealer) => new()
    {
        Place = place,
        DueAt = entity.GetDateTimeOffset("DueAt"),
        CallFrom = entity.GetDateTimeOffset("CallFrom"),
        ReviewAt = entity.GetDateTimeOffset("ReviewAt"),
        HoldReason = entity.GetString("HoldReason"),
        Death = entity.GetString("Death"),
        NextOffer = entity.GetString("NextOffer"),
        NeedsSafeRoute = entity.GetBoolean("NeedsSafeRoute") ?? false,
        Road = entity.GetString("Road"),
        RouteRemindAt = entity.GetDateTimeOffset("RouteRemindAt"),
        Attempts = entity.GetInt32("Attempts") ?? 0,
        LastAttemptAt = entity.GetDateTimeOffset("LastAttemptAt"),
        LastOutcome = entity.GetString("LastOutcome"),
        LastDirection = entity.GetString("LastDirection"),
        Risks = sealer.OpenListed(place.OfferId, CallBackColumns.Risks, entity.GetString(CallBackColumns.Risks)),
        SafeTimes = sealer.OpenListed(place.OfferId, CallBackColumns.SafeTimes, entity.GetString(CallBackColumns.SafeTimes)),
        CallHours = sealer.OpenListed(place.OfferId, CallBackColumns.CallHours, entity.GetString(CallBackColumns.CallHours)),
        UntoldSince = entity.GetDateTimeOffset("UntoldSince"),
        Claim = ClaimColumns.Read(entity),
    };
}

using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// Where a call-back is in the list, and what is needed to count, sort and choose: no sealed column is read for it. What of it can't be
/// read is left out; the row then says of itself that it is damaged.
/// </summary>
public sealed record CallBackListEntry
{
    /// <summary>What is asked of the table for it.</summary>
    internal static readonly IReadOnlyList<string> Columns =
    [
        "PartitionKey", "RowKey", "Team", "CallBackTeam", "Person", "CallFrom", "OverdueAt", "ReviewAt", "KnownReviewAt", "KnownHoldReason",
        "NeedsSafeRoute",
    ];

    internal string Partition { get; init; } = "";
    internal string RowKey { get; init; } = "";

    /// <summary>By what it is sorted: its key or, where somebody may not know of a hold, the key that it would have without.</summary>
    internal string SortKey { get; init; } = "";

    /// <summary>Whether its row is among those that only the supervisor knows of.</summary>
    internal bool IsForDecision => CallBackSortKey.IsIn(CallBackSortKey.Decision, RowKey);

    /// <summary>How many rows of its part and team were read before it.</summary>
    internal int Position { get; init; }

    internal Guid OfferId { get; init; }
    internal string? Team { get; init; }
    internal string? CallBackTeam { get; init; }
    internal string? Person { get; init; }
    internal DateTimeOffset? CallFrom { get; init; }
    internal DateTimeOffset? OverdueAt { get; init; }
    internal DateTimeOffset? ReviewAt { get; init; }
    internal DateTimeOffset? KnownReviewAt { get; init; }
    internal bool IsHeldOtherwise { get; init; }
    internal bool NeedsSafeRoute { get; init; }

    /// <summary>Whether it is shown without the hold that only its supervisor knows of.</summary>
    internal bool IsAsOthersKnowIt { get; init; }

    /// <summary>From when others may then expect the call, UTC.</summary>
    internal DateTimeOffset? KnownCallFrom { get; init; }

    internal static CallBackListEntry Read(TableEntity entity, int position) => new()
    {
        Partition = entity.PartitionKey,
        RowKey = entity.RowKey,
        SortKey = entity.RowKey,
        Position = position,
        OfferId = ListRow.OfferIdOf(entity),
        Team = entity.Value<string>("Team"),
        CallBackTeam = entity.Value<string>("CallBackTeam"),
        Person = entity.Value<string>("Person") is { Length: > 0 } person ? person : null,
        CallFrom = entity.Value<DateTimeOffset?>("CallFrom"),
        OverdueAt = entity.Value<DateTimeOffset?>("OverdueAt"),
        ReviewAt = entity.Value<DateTimeOffset?>("ReviewAt"),
        KnownReviewAt = entity.Value<DateTimeOffset?>("KnownReviewAt"),
        NeedsSafeRoute = entity.Value<bool?>("NeedsSafeRoute") ?? false,
        IsHeldOtherwise = entity.Value<string>("KnownHoldReason") is not null,
    };
}

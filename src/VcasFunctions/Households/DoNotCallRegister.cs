using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// Numbers that nobody is ever to call, as keyed hashes: one row for each number and each offer under which that was said, with who said
/// so, when, and when it is to be reviewed. A number is free when its last row is gone. It outlives the households, and without the key no
/// number can be tried. Beside each row stands where to find it again from its offer, and which households it holds.
/// </summary>
public sealed class DoNotCallRegister(VcasTables tables, BlindKeys keys, IOptionsMonitor<RetentionOptions> retention)
{
    private const string Own = "offer|";

    /// <summary>The rows that bar a number (E.164), under whatever key they were written.</summary>
    public async Task<IReadOnlyList<DoNotCallEntry>> FindAsync(string phone, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(keys.All(BlindHash.Phones, phone).Select(hash => ReadAsync(NumberOf(hash.Text), cancellation)));
        return [.. found.SelectMany(rows => rows).Select(MarkOf)];
    }

    /// <summary>Takes a number in for an offer. False if it was there already, with its first author and day.</summary>
    public async Task<bool> AddAsync(Guid offerId, string phone, Actor actor, DateTimeOffset at, CancellationToken cancellation)
    {
        // It may be there already, under another key.
        foreach (var older in keys.All(BlindHash.Phones, phone).Skip(1))
        {
            var known = await tables.DoNotCall.GetEntityIfExistsAsync<TableEntity>(
                NumberOf(older.Text), Row(offerId), cancellationToken: cancellation);
            if (known.HasValue) return false;
        }

        var hash = keys.Active(BlindHash.Phones, phone);
        // First the row that leads to it from its offer: without it the bar could never be taken back.
        await tables.DoNotCall.UpsertEntityAsync(new TableEntity(OwnOf(offerId), hash.Text), TableUpdateMode.Replace, cancellation);
        try
        {
            await tables.DoNotCall.AddEntityAsync(
                new TableEntity(NumberOf(hash.Text), Row(offerId))
                {
                    ["At"] = at,
                    ["By"] = actor.Role,
                    ["ById"] = actor.Id,
                    ["ReviewAt"] = at.AddDays(retention.CurrentValue.NeverReviewDays),
                    ["KeyId"] = hash.KeyId,
                },
                cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    /// <summary>The hashes of what an offer brought in, each with its key's id.</summary>
    public async Task<IReadOnlyList<string>> HashesOfAsync(Guid offerId, CancellationToken cancellation) =>
        [.. (await ReadAsync(OwnOf(offerId), cancellation)).Select(row => row.RowKey)];

    /// <summary>Takes away what an offer brought in, of one number or of all: other offers' rows for the same number stay.</summary>
    public async Task RemoveAsync(Guid offerId, string? phone, CancellationToken cancellation)
    {
        var hashes = phone is null
            ? null
            : keys.All(BlindHash.Phones, phone).Select(hash => hash.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var own in (await ReadAsync(OwnOf(offerId), cancellation)).Where(own => hashes?.Contains(own.RowKey) ?? true))
        {
            await tables.DoNotCall.DeleteEntityAsync(NumberOf(own.RowKey), Row(offerId), ETag.All, cancellation);
            await tables.DoNotCall.DeleteEntityAsync(own.PartitionKey, own.RowKey, ETag.All, cancellation);
        }
    }

    /// <summary>Notes that a household is held for another's sake, before it is: taking that back finds it.</summary>
    public Task NoteHeldAsync(Guid causedBy, Guid held, CancellationToken cancellation) =>
        tables.DoNotCall.UpsertEntityAsync(new TableEntity(HeldOf(causedBy), Row(held)), TableUpdateMode.Replace, cancellation);

    /// <summary>The households that are, or were, held for this one's sake.</summary>
    public async Task<IReadOnlyList<Guid>> HeldForAsync(Guid causedBy, CancellationToken cancellation) =>
        [.. (await ReadAsync(HeldOf(causedBy), cancellation)).Select(row => Guid.Parse(row.RowKey))];

    /// <summary>The household is no longer held because of the other offer.</summary>
    public Task ForgetHeldAsync(Guid causedBy, Guid held, CancellationToken cancellation) =>
        tables.DoNotCall.DeleteEntityAsync(HeldOf(causedBy), Row(held), ETag.All, cancellation);

    /// <summary>Every number that is due for review, for the night.</summary>
    public async IAsyncEnumerable<DoNotCallEntry> DueForReviewAsync(
        DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"ReviewAt le {now}");
        await foreach (var row in tables.DoNotCall.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return MarkOf(row);
    }

    private async Task<List<TableEntity>> ReadAsync(string partition, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in tables.DoNotCall.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)) rows.Add(row);
        return rows;
    }

    private static DoNotCallEntry MarkOf(TableEntity row) => new(
        Guid.Parse(row.RowKey),
        row.GetDateTimeOffset("At")!.Value,
        row.GetString("By"),
        row.GetString("ById"),
        row.GetDateTimeOffset("ReviewAt")!.Value,
        row.GetString("KeyId"));

    /// <summary>Which offer a row is found by, where it is one of those: under it a number was barred that nobody has taken back.</summary>
    internal static string? BarredBy(TableEntity row) =>
        row.PartitionKey.StartsWith(Own, StringComparison.Ordinal) ? row.PartitionKey[Own.Length..] : null;

    private static string NumberOf(string hash) => $"number|{hash}";

    private static string OwnOf(Guid offerId) => $"{Own}{offerId:D}";

    private static string HeldOf(Guid offerId) => $"held|{offerId:D}";

    private static string Row(Guid offerId) => offerId.ToString("D");
}

/// <summary>That a number is never to be called.</summary>
/// <param name="OfferId">Under which offer that was said.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">The role of the person who recorded it.</param>
/// <param name="ById">Their directory id.</param>
/// <param name="ReviewAt">When somebody must review it, UTC.</param>
/// <param name="KeyId">The key under which it is stored.</param>
public sealed record DoNotCallEntry(Guid OfferId, DateTimeOffset At, string By, string? ById, DateTimeOffset ReviewAt, string KeyId);

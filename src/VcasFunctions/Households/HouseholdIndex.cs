using Azure;
using Azure.Data.Tables;
using Vcas.Domain.Households;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// Which households have which phone number or crime reference, by keyed hashes: a partition a number or reference, a row a household.
/// A row is written before the offer that has the number, and taken away after it; so none is ever missing, and one too many is seen by
/// anyone who reads the offer behind it. The night takes those away and, after a change of key, indexes all again.
/// </summary>
public sealed class HouseholdIndex(VcasTables tables, BlindKeys keys)
{
    private const int LargestPage = 1000;

    /// <summary>Writes an offer's rows; again changes nothing.</summary>
    public Task PutAsync(Household household, CancellationToken cancellation) => Task.WhenAll(
        Known(household).Select(known => tables.HouseholdIndex.UpsertEntityAsync(
            new TableEntity(BlindHash.PartitionOf(known.Purpose, keys.Active(known.Purpose, known.Text).Text), RowOf(household.Id)),
            TableUpdateMode.Replace,
            cancellation)));

    /// <summary>Takes away, under every key, what an offer had before and has no longer.</summary>
    public Task RemoveAsync(Household before, Household after, CancellationToken cancellation) =>
        AreSame(before, after)
            ? Task.CompletedTask
            : Task.WhenAll(
                from known in Known(before).Except(Known(after))
                from hash in keys.All(known.Purpose, known.Text)
                select tables.HouseholdIndex.DeleteEntityAsync(
                    BlindHash.PartitionOf(known.Purpose, hash.Text), RowOf(before.Id), ETag.All, cancellation));

    /// <summary>Whether two versions of an offer are in the same rows.</summary>
    public static bool AreSame(Household one, Household other) =>
        ReferenceEquals(one.Details, other.Details) || Known(one).SequenceEqual(Known(other));

    /// <summary>The offers that have this number (E.164), or had it a moment ago: the offer itself has the last word.</summary>
    /// <param name="phone">The number.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="most">How many are wanted under each key.</param>
    public Task<IReadOnlyList<Guid>> FindByPhoneAsync(string phone, CancellationToken cancellation, int most = int.MaxValue) =>
        FindAsync(BlindHash.Phones, phone, most, cancellation);

    /// <summary>The same of several numbers.</summary>
    public async Task<IReadOnlyList<Guid>> FindByPhonesAsync(IReadOnlyList<string> numbers, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(numbers.Select(phone => FindByPhoneAsync(phone, cancellation)));
        return [.. found.SelectMany(offers => offers).Distinct()];
    }

    /// <summary>The same, where only the number's hash is known, with its key's id.</summary>
    public async Task<IReadOnlyList<Guid>> FindByHashesAsync(IReadOnlyList<string> hashes, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(
            hashes.Select(hash => RowsAsync(BlindHash.PartitionOf(BlindHash.Phones, hash), int.MaxValue, cancellation)));
        return [.. found.SelectMany(offers => offers).Distinct()];
    }

    /// <summary>Whether one of these hashes is a number's.</summary>
    public bool IsOneOf(IReadOnlyList<string> hashes, string phone) =>
        keys.All(BlindHash.Phones, phone).Any(hash => hashes.Contains(hash.Text, StringComparer.Ordinal));

    /// <summary>The offers that have this crime reference, however it was written.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="most">How many are wanted under each key.</param>
    public Task<IReadOnlyList<Guid>> FindByReferenceAsync(
        string reference, CancellationToken cancellation, int most = int.MaxValue) =>
        FindAsync(BlindHash.References, Bare(reference), most, cancellation);

    /// <summary>Every row, for the night.</summary>
    internal async IAsyncEnumerable<IndexRow> AllRowsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in tables.HouseholdIndex.QueryAsync<TableEntity>(cancellationToken: cancellation))
            yield return new IndexRow(row.PartitionKey, Guid.Parse(row.RowKey), row.Timestamp, row.ETag);
    }

    /// <summary>Whether a row belongs to an offer, under the active key only or under any key.</summary>
    internal bool Fits(IndexRow row, Household household, bool underActiveAlone) => Known(household)
        .SelectMany(known => (underActiveAlone ? [keys.Active(known.Purpose, known.Text)] : keys.All(known.Purpose, known.Text))
            .Select(hash => BlindHash.PartitionOf(known.Purpose, hash.Text)))
        .Contains(row.Partition, StringComparer.Ordinal);

    /// <summary>Takes a row away, unless somebody has written it again.</summary>
    internal async Task RemoveAsync(IndexRow row, CancellationToken cancellation)
    {
        try
        {
            await tables.HouseholdIndex.DeleteEntityAsync(row.Partition, RowOf(row.OfferId), row.Version, cancellation);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            // Another household uses the row again.
        }
    }

    private async Task<IReadOnlyList<Guid>> FindAsync(string purpose, string text, int most, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(
            keys.All(purpose, text).Select(hash => RowsAsync(BlindHash.PartitionOf(purpose, hash.Text), most, cancellation)));
        return [.. found.SelectMany(offers => offers).Distinct()];
    }

    private async Task<List<Guid>> RowsAsync(string partition, int most, CancellationToken cancellation)
    {
        var offers = new List<Guid>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in tables.HouseholdIndex.QueryAsync<TableEntity>(
            filter, Math.Min(most, LargestPage), ["RowKey"], cancellation))
        {
            offers.Add(Guid.Parse(row.RowKey));
            if (offers.Count == most) break;
        }

        return offers;
    }

    private static IEnumerable<(string Purpose, string Text)> Known(Household household)
    {
        foreach (var phone in household.Details.Numbers) yield return (BlindHash.Phones, phone);
        if (household.Details.CrimeReference is { } reference) yield return (BlindHash.References, Bare(reference));
    }

    /// <summary>A crime reference as it is compared: people write one in several ways.</summary>
    internal static string Bare(string reference) => string.Concat(reference.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static string RowOf(Guid offerId) => offerId.ToString("D");
}

/// <summary>A row of the index as it was read.</summary>
internal sealed record IndexRow(string Partition, Guid OfferId, DateTimeOffset? WrittenAt, ETag Version);

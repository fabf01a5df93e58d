using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Audit;
using VcasFunctions.Access;

namespace VcasFunctions.Audit;

/// <summary>
/// One entry of the audit as a row of a chain. A chain is the rows of one partition that begin with the same word, numbered from 1
/// without a gap; each row's hash covers its own contents and the hash of the row before.
/// </summary>
internal sealed record AuditRow
{
    /// <summary>Changes of a household, oldest first; they are written with the change.</summary>
    public const string Events = "event-";

    /// <summary>Consultations, newest first, so that the newest is found by one small query.</summary>
    public const string Reads = "read-";

    // Numbers of consultations count down from it.
    private const int Ceiling = 1_000_000_000;

    public required string Partition { get; init; }

    public required string Prefix { get; init; }

    /// <summary>The entry's number in its chain, from 1.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The word for what was done, as it was stored: an unknown word shows that the row was altered.</summary>
    public required string KindWord { get; init; }

    public AuditKind? Kind => Word.TryRead<AuditKind>(KindWord, out var kind) ? kind : null;

    public required string What { get; init; }

    public required string By { get; init; }

    public string? ById { get; init; }

    public string? Why { get; init; }

    public string? To { get; init; }

    public required string Data { get; init; }

    public required string Hash { get; init; }

    public string RowKey => KeyOf(Prefix, Number);

    /// <summary>A row without its hash.</summary>
    public static AuditRow Of(
        string partition, string prefix, int number, DateTimeOffset at, Actor actor, AuditKind kind, string what) => new()
        {
            Partition = partition,
            Prefix = prefix,
            Number = number,
            At = at,
            KindWord = Word.Of(kind),
            What = what,
            By = actor.Role,
            ById = actor.Id,
            Data = "{}",
            Hash = "",
        };

    public static string KeyOf(string prefix, int number) =>
        prefix == Events ? $"{Events}{number:D6}" : $"{prefix}{(Ceiling - number).ToString("D9", CultureInfo.InvariantCulture)}";

    public static bool IsOne(TableEntity entity, string prefix) => entity.RowKey.StartsWith(prefix, StringComparison.Ordinal);

    public static AuditRow Read(TableEntity entity)
    {
        var prefix = IsOne(entity, Events) ? Events : Reads;
        var number = int.Parse(entity.RowKey.AsSpan(prefix.Length), CultureInfo.InvariantCulture);
        return new AuditRow
        {
            Partition = entity.PartitionKey,
            Prefix = prefix,
            Number = prefix == Events ? number : Ceiling - number,
            At = entity.GetDateTimeOffset("At")!.Value,
            // Version 0.1.0 wrote none of its first rows.
            KindWord = entity.GetString("Kind") ?? Word.Of(AuditKind.Alteration),
            What = entity.GetString("Event"),
            By = entity.GetString("By"),
            ById = entity.GetString("ById"),
            Why = entity.GetString("Why"),
            To = entity.GetString("To"),
            Data = entity.GetString("Data"),
            Hash = entity.GetString("Hash") ?? "",
        };
    }

    public TableEntity ToEntity() => new(Partition, RowKey)
    {
        ["At"] = At,
        ["By"] = By,
        ["ById"] = ById,
        ["Kind"] = KindWord,
        ["Event"] = What,
        ["Why"] = Why,
        ["To"] = To,
        ["Data"] = Data,
        ["Hash"] = Hash,
    };

    /// <summary>All that the hash covers, in a form that two different rows can't share.</summary>
    public string Contents(string previous) => JsonSerializer.Serialize(
        new[] { previous, Partition, RowKey, At.UtcTicks.ToString(CultureInfo.InvariantCulture), By, ById, KindWord, What, Why, To, Data });
}

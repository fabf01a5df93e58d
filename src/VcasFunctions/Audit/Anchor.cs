using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using VcasFunctions.Http;

namespace VcasFunctions.Audit;

/// <summary>Where one chain about lists ended.</summary>
internal sealed record ListEnd(string Partition, int Number, string Hash);

/// <summary>A day anchored, with when that was, UTC.</summary>
internal sealed record Anchor(DateOnly Day, string Previous, string Hash, int Households, IReadOnlyList<ListEnd> Lists, DateTimeOffset At)
{
    /// <summary>A keyed hash of the anchor's own contents, so that its instant is believed.</summary>
    public string Seal { get; init; } = "";

    /// <summary>The key of a day's anchor: newer days lie before older ones.</summary>
    public static string KeyOf(DateOnly day) =>
        (DateOnly.MaxValue.DayNumber - day.DayNumber).ToString("D7", CultureInfo.InvariantCulture);

    public static Anchor Read(TableEntity entity) => new(
        DateOnly.FromDayNumber(DateOnly.MaxValue.DayNumber - int.Parse(entity.RowKey, NumberStyles.None, CultureInfo.InvariantCulture)),
        entity.GetString("Previous"),
        entity.GetString("Hash"),
        entity.GetInt32("Households") ?? 0,
        JsonSerializer.Deserialize<IReadOnlyList<ListEnd>>(entity.GetString("Lists"), Json.Stored)!,
        entity.GetDateTimeOffset("At") ?? DateTimeOffset.MinValue)
    {
        Seal = entity.GetString("Seal") ?? "",
    };

    public TableEntity ToEntity(string partition) => new(partition, KeyOf(Day))
    {
        // For people who read the table: the key does not say it in plain words.
        ["Day"] = AuditDayIndex.Text(Day),
        ["Previous"] = Previous,
        ["Hash"] = Hash,
        ["Households"] = Households,
        ["Lists"] = JsonSerializer.Serialize(Lists, Json.Stored),
        ["At"] = At,
        ["Seal"] = Seal,
    };
}

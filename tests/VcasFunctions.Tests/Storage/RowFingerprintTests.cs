using Azure.Data.Tables;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Storage;

/// <summary>The print by which a list's row is known to be the one that it should be: as good as a comparison of the contents.</summary>
public sealed class RowFingerprintTests
{
    private static readonly TableClient Table = new("UseDevelopmentStorage=true", "CallBacks");
    private static readonly DateTimeOffset Noon = new(2025, 6, 3, 12, 0, 0, TimeSpan.Zero);

    private static TableEntity Whole => new("north|due", "20250603T120000|a")
    {
        ["Team"] = "north",
        ["Person"] = "",
        ["DueAt"] = Noon,
        ["Attempts"] = 2,
        ["NeedsSafeRoute"] = false,
        ["OfferId"] = Guid.Empty,
    };

    public static TheoryData<string, object?> Others => new()
    {
        { "Team", "north " }, { "Team", "North" }, { "Team", null }, { "Person", null }, { "Person", "north" },
        { "DueAt", Noon.AddTicks(1) }, { "DueAt", "2025-06-03T12:00:00.0000000Z" },
        { "Attempts", 3 }, { "Attempts", 2L }, { "Attempts", "2" }, { "NeedsSafeRoute", true },
        { "OfferId", new Guid(1, 0, 0, new byte[8]) }, { "Death", "" }, { "Team", "north;Person:String:0:" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_contents_have_another_print(string column, object? value)
    {
        var other = Whole;
        other[column] = value;
        Assert.NotEqual(PrintOf(Whole), PrintOf(other));
    }

    [Fact]
    public void Neither_the_order_of_the_columns_nor_what_is_the_row_s_own_counts()
    {
        var other = new TableEntity("south|held", "z") { Timestamp = Noon, ETag = new("7") };
        foreach (var (name, value) in Whole.Reverse().Where(column => column.Key is not ("PartitionKey" or "RowKey"))) other[name] = value;
        other["DueAt"] = Noon.ToOffset(TimeSpan.FromHours(1));
        other["ClaimedBy"] = "somebody";
        other["Death"] = null;
        Assert.Equal(PrintOf(Whole), PrintOf(other));
        Assert.Equal(PrintOf(Whole), ListRow.Read(Table, other).ReadAs);
    }

    // Of as many prints of 32 bits some ten would be equal to another by chance.
    [Fact]
    public void Of_hundreds_of_thousands_of_contents_no_two_have_the_same_print()
    {
        const int Many = 300_000;
        var row = new TableEntity("p", "r");
        var prints = new HashSet<UInt128>(Many);
        for (var number = 0; number < Many; number++)
        {
            (row["Attempts"], row["Revision"]) = (number % 600, number / 600);
            prints.Add(PrintOf(row));
        }

        Assert.Equal(Many, prints.Count);
    }

    private static UInt128 PrintOf(TableEntity entity) => new ListRow(Table, entity).Fingerprint();
}

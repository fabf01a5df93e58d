using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace LocalAzure.Tests.Tables;

public abstract partial class TableContract
{
    private static readonly DateTimeOffset Instant = new(2026, 3, 29, 1, 30, 0, 123, TimeSpan.FromHours(1));

    public enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public async Task Every_type_of_property_comes_back_as_it_went()
    {
        var guid = Guid.NewGuid();
        await Table.AddEntityAsync(
            new TableEntity("p", "r")
            {
                ["S"] = "Zoë 😀 'quoted'",
                ["Empty"] = "",
                ["I"] = int.MinValue,
                ["L"] = long.MaxValue,
                ["D"] = 1.25,
                ["T"] = true,
                ["F"] = false,
                ["G"] = guid,
                ["O"] = Instant,
                ["U"] = Instant.UtcDateTime,
                ["B"] = new byte[] { 0, 1, 255 },
                ["BD"] = BinaryData.FromBytes(
                    new byte[] { 7 }),
            },
            Token);
        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;

        Assert.Equal("Zoë 😀 'quoted'", Assert.IsType<string>(read["S"]));
        Assert.Equal("", read["Empty"]);
        Assert.Equal(int.MinValue, Assert.IsType<int>(read["I"]));
        Assert.Equal(long.MaxValue, Assert.IsType<long>(read["L"]));
        Assert.Equal(1.25, Assert.IsType<double>(read["D"]));
        Assert.True(Assert.IsType<bool>(read["T"]));
        Assert.False(Assert.IsType<bool>(read["F"]));
        Assert.Equal(guid, Assert.IsType<Guid>(read["G"]));
        Assert.Equal(Instant, Assert.IsType<DateTimeOffset>(read["O"]));
        Assert.Equal(TimeSpan.Zero, ((DateTimeOffset)read["O"]).Offset);
        Assert.Equal(Instant.UtcDateTime, read.GetDateTime("U"));
        Assert.Equal([0, 1, 255], Assert.IsType<byte[]>(read["B"]));
        Assert.Equal([7], read.GetBinaryData("BD").ToArray());
    }

    [Fact]
    public async Task A_type_that_tables_do_not_have_is_refused_by_the_client() =>
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Table.AddEntityAsync(new TableEntity("p", "r") { ["E"] = Colour.Green }, Token));

    [Fact]
    public async Task A_class_of_ones_own_comes_back_as_it_went()
    {
        var thing = new Thing
        {
            PartitionKey = "p",
            RowKey = "r",
            Text = "t",
            Number = 1,
            Large = 2,
            Real = 0.5,
            Truth = true,
            Id = Guid.NewGuid(),
            At = Instant,
            Utc = Instant.UtcDateTime,
            Bytes = [1, 2],
            Data = BinaryData.FromString("d"),
            Colour = Colour.Green,
            MaybeColour = Colour.Red,
            MaybeNumber = 3,
            Huge = 4,
            Renamed = "x",
            Ignored = "never",
        };
        var added = await Table.AddEntityAsync(thing, Token);
        var read = (await Table.GetEntityAsync<Thing>("p", "r", cancellationToken: Token)).Value;

        Assert.Equivalent(
            new
            {
                PartitionKey = "p",
                RowKey = "r",
                Text = "t",
                Number = 1,
                Large = 2L,
                Real = 0.5,
                Truth = true,
                thing.Id,
                At = Instant.ToUniversalTime(),
                Utc = Instant.UtcDateTime,
                Bytes = new byte[] { 1, 2 },
                Colour = Colour.Green,
                MaybeColour = (Colour?)Colour.Red,
                MaybeNumber = (int?)3,
                MaybeInstant = (DateTimeOffset?)null,
                Huge = 4UL,
                Renamed = "x",
                ETag = added.Headers.ETag!.Value,
                NoText = (string?)null,
                Ignored = (string?)null,
            },
            read);
        Assert.Equal("d", read.Data!.ToString());

        var raw = (await Table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Token)).Value;
        Assert.Equal(
            ("x", "Green", "t!", 4L),
            (raw.GetString("other_name"), raw.GetString("Colour"), raw.GetString("Computed"), raw.GetInt64("Huge")));
        Assert.False(raw.ContainsKey("Ignored"));
        Assert.False(raw.ContainsKey("NoText"));
        Assert.False(raw.ContainsKey("ETag"));
    }

    [Fact]
    public async Task A_class_reads_what_it_knows_and_leaves_the_rest()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["Extra"] = 1, ["Text"] = "t", ["Real"] = 2 }, Token);
        var read = (await Table.GetEntityAsync<Thing>("p", "r", cancellationToken: Token)).Value;
        Assert.Equal(("t", 2.0, 0L), (read.Text, read.Real, read.Large));
    }

    [Fact]
    public async Task Select_brings_only_what_was_asked_for()
    {
        await Table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2 }, Token);
        var read = (await Table.GetEntityAsync<TableEntity>("p", "r", ["RowKey", "B", "Missing"], Token)).Value;
        Assert.Equal(("r", 2), (read.RowKey, read.GetInt32("B")));
        Assert.Null(read.PartitionKey);
        Assert.False(read.ContainsKey("A"));

        var queried = await Table.QueryAsync<TableEntity>("PartitionKey eq 'p'", select: ["A"], cancellationToken: Token)
            .SingleAsync(Token);
        Assert.Equal(1, queried.GetInt32("A"));
        Assert.False(queried.ContainsKey("B"));
    }

    public sealed class Thing : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }

        public string? Text { get; init; }

        public string? NoText { get; set; }

        public int Number { get; set; }

        public long Large { get; set; }

        public double Real { get; set; }

        public bool Truth { get; set; }

        public Guid Id { get; set; }

        public DateTimeOffset At { get; set; } = Instant;

        public DateTime Utc { get; set; } = Instant.UtcDateTime;

        public byte[]? Bytes { get; set; }

        public BinaryData? Data { get; set; }

        public Colour Colour { get; set; }

        public Colour? MaybeColour { get; set; }

        public int? MaybeNumber { get; set; }

        public DateTimeOffset? MaybeInstant { get; set; }

        public ulong Huge { get; set; }

        [DataMember(Name = "other_name")]
        public string? Renamed { get; set; }

        [IgnoreDataMember]
        public string? Ignored { get; set; }

        public string Computed => Text + "!";
    }
}

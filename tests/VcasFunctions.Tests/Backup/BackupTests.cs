using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Backup;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Privacy;
using VcasFunctions.WriteOnceStorage;
using VcasRestore;

namespace VcasFunctions.Tests.Backup;

/// <summary>
/// Every night all tables go to a place of their own, and come back from there whole, without undoing what protects a household.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class BackupTests : IDisposable
{
    private static readonly string[] On = ["Vcas:Backup:Enabled=true", "BackupConnection=UseDevelopmentStorage=true"];

    private readonly MemoryWriteOnceStore place = new();
    private readonly Listening log = new();
    private readonly Drill drill;

    public BackupTests() => drill = new Drill(
        place,
        Given.Clock(),
        builder =>
        {
            builder.Services.AddSingleton<Func<IWriteOnceStore>>(() => place);
            log.Attach(builder);
        },
        On);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => drill.Dispose();

    [Fact]
    public Task A_night_s_backup_is_put_back_and_the_households_live_on_from_it() => drill.RunAsync();

    [Fact]
    public async Task A_backup_holds_every_row_of_every_table_as_it_is_stored_and_no_key()
    {
        await using var app = await drill.StartAsync();
        using var api = new Api(app);
        var households = new Households(app, api);
        foreach (var state in new[] { "waiting", "due", "referred", "doNotContact", "erased" }) await households.InAsync(state);
        var tables = app.Services.GetRequiredService<VcasTables>();
        var name = await app.Services.GetRequiredService<TablesBackup>().WriteAsync(Cancellation, rowsAPart: 3);

        var backup = Assert.Single(await BackupReader.ListAsync(place, Cancellation));
        Assert.Equal(name, backup.Name);
        Assert.Equal(
            ["Audit", "CallBacks", "Desk", "DoNotCall", "HouseholdIndex", "Notices", "Offers", "Referrals", "Register"],
            backup.Manifest.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        foreach (var table in tables.InBackupOrder)
        {
            var stored = new List<string>();
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation)) stored.Add(BackupRowText.Write(row));
            var kept = new List<string>();
            await foreach (var row in BackupReader.RowsAsync(place, backup, table.Name, Cancellation)) kept.Add(BackupRowText.Write(row));
            Assert.Equal(stored, kept);
            Assert.Equal(stored.Count, backup.Table(table.Name)!.Rows);
            Assert.All(backup.Table(table.Name)!.Parts, part => Assert.InRange(part.Rows, 1, 3));
        }

        Assert.Empty(backup.Manifest.Torn);
        var vault = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllBytesAsync(Path.Combine(app.Folder, "vault.json"), Cancellation))!;
        Assert.NotEmpty(vault);
        foreach (var (file, content) in place.Files)
        {
            var text = file.EndsWith(".gz", StringComparison.Ordinal) ? Unzipped(content) : Encoding.UTF8.GetString(content);
            foreach (var hidden in vault.Values.Concat(["900123", "7700900"]))
                Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_night_there_is_one_more_and_where_it_is_switched_off_there_is_none()
    {
        await using (var app = await drill.StartAsync()) await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        var backups = await BackupReader.ListAsync(place, Cancellation);
        Assert.Equal(
            ["2024-03-12T01-40-00Z", "2024-03-13T01-40-00Z", "2024-03-14T01-40-00Z"], backups.Select(backup => backup.Name[..20]));
        Assert.Contains(log.Lines, line => line.Contains($"The backup {backups[0].Name} holds ", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("The night's backup failed", StringComparison.Ordinal));

        await using var off = await RunningApp.StartAsync(
            Given.Clock(), configure: builder => builder.Services.AddSingleton<Func<IWriteOnceStore>>(() => place));
        await off.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        Assert.Equal(3, (await BackupReader.ListAsync(place, Cancellation)).Count);
    }

    [Fact]
    public async Task While_a_household_is_changed_all_the_time_it_is_of_one_piece_in_each()
    {
        await using var app = await drill.StartAsync();
        using var api = new Api(app);
        var ids = new List<Guid>();
        for (var i = 0; i < 30; i++) ids.Add(await api.RecordAsync(Given.Declined($"07700 9004{i:D2}")));
        // More rows than the service gives on one page, so that a page ends within a household.
        for (var round = 0; round < 38; round++)
            await Task.WhenAll(
                ids.Select(async id => (await api.PutAsync($"offers/{id}/contact", new { phone = $"07700 9005{round:D2}" })).Must(200)));
        using var enough = new CancellationTokenSource();
        var changing = Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var round = 0; !enough.IsCancellationRequested; round++)
                (await api.PutAsync(
                    $"offers/{ids[(round * 4 + lane) % ids.Count]}/contact", new { phone = $"07700 9006{round % 100:D2}" })).Must(200);
        }));
        for (var i = 0; i < 3; i++) await app.Services.GetRequiredService<TablesBackup>().WriteAsync(Cancellation);
        await enough.CancelAsync();
        await changing;

        var backups = await BackupReader.ListAsync(place, Cancellation);
        Assert.Equal(3, backups.Count);
        await using var second = await drill.StartAsync(isSecond: true);
        using var again = new Api(second);
        await drill.RestoreAsync(second, backups[1].Name);
        foreach (var id in ids)
        {
            var verified = (await again.GetAsync($"audit/verification?offerId={id}")).Must(200);
            Assert.True(verified["isWhole"] == "true", verified.Text);
        }
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "a byte of a file is another", "is not the file that was written" },
        { "a file is gone", "is missing, and the manifest names it" },
        { "the manifest is gone", "There is no backup that was finished." },
        { "the tables hold something", "These tables hold something: Register, Offers, CallBacks" },
        { "there is none of this name", "There is no finished backup 2024-01-01" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task What_can_not_be_put_back_whole_is_not_put_back_at_all(string what, string sentence)
    {
        await using (var app = await drill.StartAsync())
        {
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined());
            await app.Services.GetRequiredService<TablesBackup>().WriteAsync(Cancellation);
        }

        await using var second = await drill.StartAsync(isSecond: true);
        var offers = place.Files.Keys.Single(name => name.Contains("/Offers-", StringComparison.Ordinal));
        if (what.StartsWith("a byte", StringComparison.Ordinal)) place.Files[offers][^1] ^= 1;
        if (what == "a file is gone") place.Files.Remove(offers, out _);
        if (what == "the manifest is gone")
            place.Files.Remove(place.Files.Keys.Single(name => name.EndsWith(BackupManifest.FileName, StringComparison.Ordinal)), out _);
        var before = 0;
        if (what == "the tables hold something")
        {
            using var api = new Api(second);
            await api.RecordAsync(Given.Declined());
            before = await RowsAsync(second);
        }

        var refused = await Assert.ThrowsAsync<RestoreRefusedException>(
            () => drill.RestoreAsync(second, what.EndsWith("name", StringComparison.Ordinal) ? "2024-01-01" : null));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await RowsAsync(second));
    }

    [Fact]
    public async Task Where_it_is_told_to_fill_in_what_stands_there_stays_and_what_is_missing_comes_back_and_again_changes_nothing()
    {
        Guid kept, lost;
        await using (var app = await drill.StartAsync())
        {
            using var api = new Api(app);
            (kept, lost) = (await api.RecordAsync(Given.Declined("07700 900501")), await api.RecordAsync(Given.Declined("07700 900502")));
            await app.Services.GetRequiredService<TablesBackup>().WriteAsync(Cancellation);
            (await api.PutAsync($"offers/{kept}/contact", new { phone = "07700 900503" })).Must(200);
            // A whole household is lost.
            var offers = app.Services.GetRequiredService<VcasTables>().Offers;
            await foreach (var row in offers.QueryAsync<TableEntity>($"PartitionKey eq '{lost:D}'", cancellationToken: Cancellation))
                await offers.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);
            (await api.GetAsync($"offers/{lost}")).MustRefuse(404, 1006);

            await drill.RestoreAsync(app, null, fillIn: true);
            Assert.Equal("+447700900502", (await api.GetAsync($"offers/{lost}?reason=callBack")).Must(200)["contact.phone"]);
            Assert.Equal("+447700900503", (await api.GetAsync($"offers/{kept}?reason=callBack")).Must(200)["contact.phone"]);
            Assert.Equal("true", (await api.GetAsync($"audit/verification?offerId={kept}")).Must(200)["isWhole"]);
            Assert.Equal("true", (await api.GetAsync($"audit/verification?offerId={lost}")).Must(200)["isWhole"]);
            Assert.Equal(0, (await drill.RestoreAsync(app, null, fillIn: true)).Rows);
        }
    }

    [Fact]
    public async Task Whoever_said_never_after_the_only_backup_is_left_out_by_name_and_not_put_back_as_somebody_to_be_called()
    {
        await using var app = await drill.StartAsync();
        using var api = new Api(app);
        var (said, other) = (await api.RecordAsync(Given.Declined("07700 900521")), await api.RecordAsync(Given.Declined("07700 900522")));
        await app.Services.GetRequiredService<TablesBackup>().WriteAsync(Cancellation);
        (await api.PostAsync($"offers/{said}/withdrawal", new { reason = "doNotContact" })).Must(200);
        // All households are lost, and the register of numbers isn't.
        var offers = app.Services.GetRequiredService<VcasTables>().Offers;
        await foreach (var row in offers.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            await offers.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);

        var restored = await drill.RestoreAsync(app, null, fillIn: true);
        Assert.Equal($"{said:D}", Assert.Single(restored.Withheld));
        Assert.Contains(Vcas.Domain.Households.Household.ReferenceOf(said), restored.Text, StringComparison.Ordinal);
        (await api.GetAsync($"offers/{said}")).MustRefuse(404, 1006);
        Assert.Equal("waiting", await api.StateAsync(other));
    }

    [Fact]
    public void A_row_comes_back_with_every_value_in_its_type()
    {
        var row = new TableEntity("p", "r|\u00e9 \" \u2028")
        {
            ["Text"] = "07 \u0001 \ud83d\ude00",
            ["Empty"] = "",
            ["Flag"] = false,
            ["Number"] = int.MinValue,
            ["Long"] = 42L,
            ["Most"] = long.MaxValue,
            ["Double"] = 0.1,
            ["Whole"] = 3.0,
            ["At"] = new DateTimeOffset(2024, 3, 11, 10, 0, 0, 7, TimeSpan.Zero).AddTicks(3),
            ["Id"] = Guid.Parse("7b2e9d10-3c5f-4e87-a6d4-91c0f4b7e802"),
            ["Bytes"] = new byte[] { 0, 255, 7 },
            ["Nothing"] = null,
        };
        var back = BackupRowText.Read(BackupRowText.Write(row));
        Assert.Equal(row.Where(column => column.Value is not null).Select(column => column.Key), back.Select(column => column.Key));
        foreach (var (name, value) in back)
        {
            Assert.Equal(row[name].GetType(), value.GetType());
            Assert.Equal(row[name], value);
        }
    }

    [Theory]
    [InlineData("Vcas:Backup:Enabled is set", "Vcas:Backup:Enabled=true")]
    [InlineData("Vcas:Backup:Enabled is set", "Vcas:Backup:Enabled=true", "BackupConnection:serviceUri=not an address")]
    [InlineData("Vcas:Backup:Container takes", "Vcas:Backup:Container=Upper")]
    [InlineData("Vcas:Backup:Container takes", "Vcas:Backup:Container=a--b")]
    public async Task A_backup_that_can_not_be_made_stops_the_start_by_its_setting(string sentence, params string[] settings)
    {
        var stopped = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => RunningApp.StartAsync(Given.Clock(), settings: settings));
        Assert.Contains(sentence, stopped.Message, StringComparison.Ordinal);
    }

    private static async Task<int> RowsAsync(RunningApp app)
    {
        var rows = 0;
        foreach (var table in app.Services.GetRequiredService<VcasTables>().InBackupOrder)
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
                if (row.PartitionKey is not ("keys" or "marks")) rows++;
        return rows;
    }

    private static string Unzipped(byte[] content)
    {
        using var lines = new StreamReader(
            new System.IO.Compression.GZipStream(new MemoryStream(content), System.IO.Compression.CompressionMode.Decompress));
        return lines.ReadToEnd();
    }
}

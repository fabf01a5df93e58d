using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Sealing;

/// <summary>
/// A start with other keys than the data was written with is stopped by the setting's name; putting them back is all it takes.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class KeyCheckTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
    private readonly FakeTimeProvider clock = Given.Clock();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // First the keys that something was recorded with, then those of the next start, then the settings that are named.
    public static TheoryData<string, string, string, string> WrongStarts => new()
    {
        { "another key under the same id", "k3=3 *k4=4 hash=50", "k3=3 *k4=5 hash=50", "Vcas:Sealing:Keys:k4" },
        { "another key under an id that seals no longer", "k3=3 *k4=4 hash=50", "k3=6 *k4=4 hash=50", "Vcas:Sealing:Keys:k3" },
        { "two keys changed about", "k3=3 *k4=4 hash=50", "k3=4 *k4=3 hash=50", "Vcas:Sealing:Keys:k3 Vcas:Sealing:Keys:k4" },
        { "another hash key", "*k3=3 hash=50", "*k3=3 hash=51", "Vcas:Sealing:HashKey" },
        { "the sealing key in the hash key's place", "*k3=3 hash=50", "*k3=3 hash=3", "Vcas:Sealing:HashKey" },
        { "all of them new", "*k3=3 hash=50", "*k3=7 hash=52", "Vcas:Sealing:Keys:k3 Vcas:Sealing:HashKey" },
        { "the key that sealed is gone", "k3=3 *k4=4 hash=50", "*k3=3 hash=50", "Vcas:Sealing:Keys:k4" },
        { "another index key", "*k3=3 hash=50 *x1=8", "*k3=3 hash=50 *x1=9", "Vcas:Sealing:IndexKeys:x1" },
        { "the key that numbers stand under is gone", "*k3=3 hash=50 *x1=8", "*k3=3 hash=50 *x2=9", "Vcas:Sealing:IndexKeys:x1" },
        { "a new key in place of the one that sealed", "*k3=3 hash=50", "*k5=5 hash=50", "Vcas:Sealing:Keys:k3" },
    };

    [Theory]
    [MemberData(nameof(WrongStarts))]
    public async Task A_start_with_a_key_that_is_wrong_missing_or_replaced_is_stopped_by_its_name(
        string what, string first, string next, string named)
    {
        Guid id;
        await using (var app = await StartAsync(first))
        {
            using var api = new Api(app);
            id = await api.RecordAsync(Given.Declined("07700 900123"));
        }

        // And again: that it was tried has changed nothing.
        for (var i = 0; i < 2; i++)
        {
            var stopped = await Assert.ThrowsAsync<KeyMismatchException>(() => StartAsync(next));
            Assert.True(
                named.Split(' ').All(
                    setting => stopped.Message.Contains($"{setting} is ", StringComparison.Ordinal)), $"{what}: {stopped.Message}");
            Assert.Equal(named.Split(' ').Length, stopped.Message.Split("Vcas:Sealing:").Length - 1);
            Assert.Contains("Put ", stopped.Message, StringComparison.Ordinal);
            foreach (var number in new byte[] { 3, 4, 5, 6, 7, 50, 51, 52 })
                Assert.DoesNotContain(Keys.Of(number), stopped.ToString(), StringComparison.Ordinal);
        }

        await using var again = await StartAsync(first);
        using var same = new Api(again);
        Assert.Equal("+447700900123", (await same.GetAsync($"offers/{id}")).Must(200)["contact.phone"]);
    }

    [Fact]
    public async Task A_deleted_vault_beside_old_data_stops_the_start_and_putting_it_back_lets_it_go_on()
    {
        Guid id;
        await using (var app = await RunningApp.StartAsync(clock, folder))
        {
            using var api = new Api(app);
            id = await api.RecordAsync(Given.Declined("07700 900123"));
        }

        var vault = Path.Combine(folder, "vault.json");
        File.Move(vault, vault + ".away");
        var stopped = await Assert.ThrowsAsync<KeyMismatchException>(() => RunningApp.StartAsync(clock, folder));
        Assert.Contains("Vcas:Sealing:Keys:local1", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("Vcas:Sealing:HashKey", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("vault.json", stopped.Message, StringComparison.Ordinal);

        File.Move(vault + ".away", vault, overwrite: true);
        await using var again = await RunningApp.StartAsync(clock, folder);
        using var same = new Api(again);
        Assert.Equal("+447700900123", (await same.GetAsync($"offers/{id}")).Must(200)["contact.phone"]);
    }

    [Fact]
    public async Task A_new_key_beside_the_old_ones_is_written_down_and_one_that_seals_nothing_may_go()
    {
        await using (var app = await StartAsync("*k3=3 hash=50"))
            Assert.Equal(["hash", "seal-k3", "seal-local1"], await WrittenDownAsync(app));
        await using (var app = await StartAsync("k3=3 *k4=4 hash=50"))
        {
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined("07700 900123"));
            Assert.Equal(["hash", "seal-k3", "seal-k4", "seal-local1"], await WrittenDownAsync(app));
        }

        await using (var app = await StartAsync("*k4=4 hash=50"))
            Assert.Equal(["hash", "seal-k4", "seal-local1"], await WrittenDownAsync(app));
    }

    // When a row was written is the table's own word: an emulator says today, and the night leaves what is so young.
    [Fact]
    [Trait("Tables", "Local")]
    public async Task An_index_key_under_which_nothing_stands_any_more_may_go_and_one_that_bars_a_number_may_not()
    {
        await using (var app = await StartAsync("*k3=3 hash=50 *x1=8"))
        {
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined("07700 900131"));
        }

        await using (var app = await StartAsync("*k3=3 hash=50 x1=8 *x2=9"))
        {
            // The night indexes anew, and takes away what is left under the earlier key.
            await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined("07700 900132").With("answer", "doNotContact"));
        }

        await using (var app = await StartAsync("*k3=3 hash=50 *x2=9 x3=7"))
            Assert.Equal(["hash", "index-x2", "index-x3", "seal-k3", "seal-local1"], await WrittenDownAsync(app));
        var stopped = await Assert.ThrowsAsync<KeyMismatchException>(() => StartAsync("*k3=3 hash=50 *x3=7"));
        Assert.Contains("Vcas:Sealing:IndexKeys:x2 is missing", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_changed_while_it_runs_reaches_nothing_before_a_start_has_looked_at_it()
    {
        await using var app = await StartAsync("*k3=3 hash=50");
        using var api = new Api(app);
        var known = await api.RecordAsync(Given.Declined("07700 900141"));
        await api.RecordAsync(Given.Declined("07700 900142").With("answer", "doNotContact"));

        ((ConfigurationManager)app.Services.GetRequiredService<IConfiguration>()).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Vcas:Sealing:HashKey"] = Keys.Of(51),
            ["Vcas:Sealing:Keys:k3"] = Keys.Of(7),
            ["Vcas:Policy:ReminderDays"] = "2",
        });

        // A setting that is no key is followed, so the change has arrived; and nothing that was sealed, hashed or barred is lost by it.
        Assert.Equal(2, app.Services.GetRequiredService<VcasSettings>().Policy.ReminderDays);
        Assert.Equal("+447700900141", (await api.GetAsync($"offers/{known}")).Must(200)["contact.phone"]);
        Assert.Equal("held", await api.StateAsync(await api.RecordAsync(Given.Declined("07700 900142"))));
    }

    [Fact]
    public async Task What_is_written_down_holds_no_key_and_can_not_be_altered_into_another()
    {
        await using (var app = await StartAsync("*k3=3 hash=50"))
        {
            var audit = app.Services.GetRequiredService<VcasTables>().Audit;
            var row = (await audit.GetEntityAsync<TableEntity>("keys", "seal-k3", cancellationToken: Cancellation)).Value;
            var all = string.Join(' ', ((IDictionary<string, object>)row).Values.Select(
                value => value is byte[] bytes ? Convert.ToBase64String(bytes) : $"{value}"));
            Assert.DoesNotContain(Keys.Of(3), all, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(Convert.FromBase64String(Keys.Of(3)))[..16], all, StringComparison.OrdinalIgnoreCase);
            var canary = row.GetBinary("Canary");
            canary[^1] ^= 1;
            row["Canary"] = canary;
            await audit.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
        }

        var stopped = await Assert.ThrowsAsync<KeyMismatchException>(() => StartAsync("*k3=3 hash=50"));
        Assert.Contains("Vcas:Sealing:Keys:k3", stopped.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static async Task<IReadOnlyList<string>> WrittenDownAsync(RunningApp app)
    {
        var rows = new List<string>();
        var audit = app.Services.GetRequiredService<VcasTables>().Audit;
        await foreach (var row in audit.QueryAsync<TableEntity>("PartitionKey eq 'keys'", cancellationToken: Cancellation))
            rows.Add(row.RowKey);
        return rows;
    }

    // "k3=3 *k4=4 hash=50 *x1=8": keys, and those of the index that begin with an x, by id with the number that tells them apart, and a
    // star at the one that seals.
    private Task<RunningApp> StartAsync(string keys) => RunningApp.StartAsync(
        clock, folder, settings: [.. keys.Split(' ').SelectMany(key => Settings(key.TrimStart('*').Split('='), key[0] == '*'))]);

    private static IEnumerable<string> Settings(string[] key, bool isActive)
    {
        var name = key[0] == "hash" ? "HashKey" : key[0][0] == 'x' ? $"IndexKeys:{key[0]}" : $"Keys:{key[0]}";
        yield return $"Vcas:Sealing:{name}={Keys.Of(byte.Parse(key[1], System.Globalization.CultureInfo.InvariantCulture))}";
        if (isActive) yield return $"Vcas:Sealing:Active{(key[0][0] == 'x' ? "Index" : "")}Key={key[0]}";
    }
}

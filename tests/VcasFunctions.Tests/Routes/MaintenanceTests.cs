using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Sealing;

namespace VcasFunctions.Tests.Routes;

/// <summary>Whoever answers for the service sees what the nights did, what they erase next, and how old the keys are.</summary>
public sealed class MaintenanceTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
    private readonly FakeTimeProvider clock = Given.Clock();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_night_nothing_is_claimed_and_afterwards_it_says_what_was_done_and_what_comes_next()
    {
        await using var app = await StartAsync("Vcas:Retention:ClosedDays=30", "Vcas:Retention:DeclinedDays=40");
        using var api = new Api(app);
        var first = (await api.GetAsync("maintenance")).Must(200);
        Assert.Equal((null, null, "false"), (first["night"], first["audit"], first["backup.enabled"]));

        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        var then = (await api.GetAsync("maintenance")).Must(200);
        Assert.Equal(("2024-03-12T01:40:00+00:00", "[]", "true"), (then["night.startedAt"], then["night.failed"], then["night.mayErase"]));
        Assert.Equal("2024-03-13T01:40:00+00:00", then["night.nextAt"]);
        Assert.Equal("true", then["audit.isWhole"]);
        // The next night is that of the 13th: what a day more makes due is erased by it.
        Assert.Equal("2024-02-02", Kind(then, "declined").GetProperty("erasedNext").GetString());
        Assert.Equal(30, Kind(then, "notReached").GetProperty("days").GetInt32());
    }

    [Fact]
    public async Task A_step_that_failed_is_named_and_the_backup_before_it_is_still_the_newest()
    {
        await using var app = await StartAsync("Vcas:Backup:Enabled=true", "BackupConnection=UseDevelopmentStorage=true");
        using var api = new Api(app);
        var tables = app.Services.GetRequiredService<VcasTables>();
        await tables.Audit.UpsertEntityAsync(
            new TableEntity(VcasTables.Marks, "night")
            {
                ["StartedAt"] = Given.Monday.AddDays(-1),
                ["EndedAt"] = Given.Monday.AddDays(-1),
                ["Failed"] = "",
                ["MayErase"] = true,
                ["Backup"] = "2024-03-10T01-41-00Z-abcdef",
                ["BackupAt"] = Given.Monday.AddDays(-1),
            },
            cancellationToken: Cancellation);

        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        var then = (await api.GetAsync("maintenance")).Must(200);
        // There is no storage for blobs here: the backup fails, and the other steps are done all the same.
        Assert.Equal("""["backup"]""", then["night.failed"]);
        Assert.Equal(("true", "2024-03-10T01-41-00Z-abcdef"), (then["backup.enabled"], then["backup.last"]));
        Assert.Equal("2024-03-10T10:00:00+00:00", then["backup.at"]);
    }

    [Fact]
    public async Task Keys_are_told_by_their_age_and_fingerprint_and_never_by_themselves()
    {
        string before;
        await using (var app = await StartAsync(KeysOf("k1", "k1=1")))
        {
            using var api = new Api(app);
            before = (await api.GetAsync("maintenance")).Must(200)["keys.1.fingerprint"]!;
        }

        clock.Advance(TimeSpan.FromDays(10));
        await using (var app = await StartAsync(KeysOf("k2", "k1=1", "k2=2")))
        {
            using var api = new Api(app);
            var answer = (await api.GetAsync("maintenance")).Must(200);
            var keys = answer.Json.GetProperty("keys").EnumerateArray().Select(
                key => $"{key.GetProperty("use")} {(key.TryGetProperty("id", out var id) ? id : "-")} "
                    + $"{key.GetProperty("isActive")} {key.GetProperty("ageDays")}");
            // local1 is the laptop's own.
            Assert.Equal(["hash - True 10", "seal k2 True 0", "seal k1 False 10", "seal local1 False 10"], keys);
            Assert.Equal(before, answer["keys.2.fingerprint"]);
            Assert.NotEqual(before, answer["keys.1.fingerprint"]);
            foreach (var number in new byte[] { 1, 2, 99 })
                Assert.DoesNotContain(Keys.Of(number), answer.Text, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static System.Text.Json.JsonElement Kind(ApiAnswer answer, string kind) =>
        answer.Json.GetProperty("retention").GetProperty("kinds").EnumerateArray()
            .Single(one => one.GetProperty("kind").GetString() == kind);

    private static string[] KeysOf(string active, params string[] keys) =>
    [
        $"Vcas:Sealing:ActiveKey={active}",
        $"Vcas:Sealing:HashKey={Keys.Of(99)}",
        .. keys.Select(key => key.Split('=')).Select(
            key => $"Vcas:Sealing:Keys:{key[0]}={Keys.Of(byte.Parse(key[1], System.Globalization.CultureInfo.InvariantCulture))}"),
    ];

    private Task<RunningApp> StartAsync(params string[] settings) =>
        RunningApp.StartAsync(clock, folder: folder, settings: settings);
}

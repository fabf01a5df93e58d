using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Audit;
using VcasFunctions.Tests.Sealing;
using static VcasFunctions.Tests.People.PeopleStory;

namespace VcasFunctions.Tests.People;

/// <summary>Who has signed in is known by name, to those of their team, and for a while.</summary>
public sealed class SeenPeopleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_and_supervisors_who_signed_in_are_known_by_name_to_their_own_teams_alone()
    {
        await using var app = await StartAsync();
        using var boss = new Api(app, "boss");
        Assert.Empty(await boss.PeopleAsync());
        await app.ComesAsync("north", "south", "officer", "deputy", "boss");

        Assert.Equal(
            ["Ada Quillivant signedIn ", "Kit Umberleigh signedIn ", "Priya Vosper signedIn north-calls"], await boss.PeopleAsync());
        using var south = new Api(app, "south");
        Assert.Equal(["Sam Yardarm signedIn south-calls"], await south.PeopleAsync());
        using var officer = new Api(app, "officer");
        (await officer.GetAsync("people")).MustRefuse(403, 1013);

        var page = (await boss.GetAsync("people")).Must(200);
        Assert.Equal((North, "false"), (page["people.2.id"], page["directoryFailed"]));
        using var api = new Api(app);
        var call = await api.RecordAsync(Given.DeclinedLongAgo().With("team", "north"));
        var assigned = (await boss.PutAsync($"call-backs/{call}/assignee", new { person = page["people.2.id"] })).Must(200);
        Assert.Equal(North, assigned["assignee.person"]);
    }

    [Fact]
    public async Task Who_is_recorded_as_away_is_marked_on_these_days()
    {
        await using var app = await StartAsync();
        await app.ComesAsync("boss", "deputy");
        using var boss = new Api(app, "boss");
        (await boss.PutAsync("teams/north/absence", new { from = "2024-03-12", until = "2024-03-12" })).Must(200);
        Assert.Equal("false", (await boss.GetAsync("people")).Must(200)["people.0.away"]);
        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        var page = (await boss.GetAsync("people")).Must(200);
        Assert.Equal(("true", "false"), (page["people.0.away"], page["people.1.away"]));
    }

    [Fact]
    public async Task A_name_is_sealed_written_once_a_day_and_erased_after_its_time()
    {
        using var log = new SaidLines();
        await using var app = await StartAsync(Given.Clock(), null, builder => builder.Logging.AddProvider(log));
        await app.ComesAsync("north", "boss");
        var first = await RowAsync(app);
        await app.ComesAsync("north");
        Assert.Equal(first.ETag, (await RowAsync(app)).ETag);
        Assert.DoesNotContain("Vosper", string.Join(" ", first.Select(column => column.Value)), StringComparison.Ordinal);

        await app.AdvanceAsync(TimeSpan.FromDays(60), Cancellation);
        await app.ComesAsync("north");
        Assert.Equal("2024-05-10", (await RowAsync(app)).GetString("LastSeen"));
        await app.AdvanceAsync(TimeSpan.FromDays(32), Cancellation);
        using var boss = new Api(app, "boss");
        Assert.Equal(["Priya Vosper signedIn north-calls"], await boss.PeopleAsync());
        await app.AdvanceAsync(TimeSpan.FromDays(60), Cancellation);
        Assert.Empty(await boss.PeopleAsync());
        Assert.Contains("1 people who had not signed in for long were erased", log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("Vosper", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_key_seals_the_names_anew()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        var clock = Given.Clock();
        try
        {
            await using (var app = await StartAsync(clock, folder, null, Under("k1", "k1"))) await app.ComesAsync("north");
            await using (var app = await StartAsync(clock, folder, null, Under("k2", "k1", "k2")))
                await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
            await using (var app = await StartAsync(clock, folder, null, Under("k2", "k2")))
            {
                using var boss = new Api(app, "boss");
                Assert.Equal(["Priya Vosper signedIn north-calls"], await boss.PeopleAsync());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_hides_nobody_else()
    {
        await using var app = await StartAsync();
        await app.ComesAsync("north", "deputy");
        var row = await RowAsync(app);
        row["Name"] = "k9:AAAA";
        await app.Services.GetRequiredService<VcasTables>().Desk.UpdateEntityAsync(
            row, row.ETag, TableUpdateMode.Replace, Cancellation);
        using var boss = new Api(app, "boss");
        Assert.Equal(["Kit Umberleigh signedIn "], await boss.PeopleAsync());
    }

    private static string[] Under(string active, params string[] ids) =>
        [$"Vcas:Sealing:ActiveKey={active}", .. ids.Select(id => $"Vcas:Sealing:Keys:{id}={Keys.Of((byte)id[1])}")];

    private static async Task<TableEntity> RowAsync(RunningApp app) =>
        (await app.Services.GetRequiredService<VcasTables>().Desk.GetEntityAsync<TableEntity>(
            "person", North, cancellationToken: Cancellation)).Value;
}

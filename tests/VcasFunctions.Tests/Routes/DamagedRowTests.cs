using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Routes;

/// <summary>A list costs what it shows, and one row that can't be read keeps no other from being seen.</summary>
[Trait("Pace", "Slow")]
public sealed class DamagedRowTests : IAsyncLifetime
{
    private RunningApp app = null!;
    private Api api = null!;
    private Households households = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient CallBacks => app.Services.GetRequiredService<VcasTables>().CallBacks;

    private TableClient Referrals => app.Services.GetRequiredService<VcasTables>().Referrals;

    public async ValueTask InitializeAsync()
    {
        app = await RunningApp.StartAsync(
            Given.Clock(), null, null,
            "Vcas:Teams:north:CallBackTeam=call-back",
            $"Vcas:Teams:north:Supervisor={Boss}",
            $"LocalAzure:Identity:People:boss:Id={Boss}",
            "LocalAzure:Identity:People:boss:Roles:0=Supervisor");
        api = new Api(app);
        households = new Households(app, api);
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("Risks", "bm90IHNlYWxlZA==")]
    [InlineData("Risks", "k1:AAAA")]
    [InlineData("SafeTimes", "nine to five")]
    [InlineData("DueAt", "last Tuesday")]
    [InlineData("Attempts", "two")]
    [InlineData("HoldReason", 7)]
    [InlineData("OfferId", "not an id")]
    public async Task A_call_whose_line_cannot_be_read_stands_in_the_list_and_says_so(string column, object nonsense)
    {
        var (sound, damaged) = (await households.DueAsync(), await households.DueAsync());
        await AlterAsync(CallBacks, damaged, row => row[column] = nonsense);

        var listed = Rows(await api.GetAsync("call-backs"));
        Assert.Equal(new[] { sound, damaged }.Order(), listed.Keys.Order());
        Assert.False(listed[sound].GetProperty("damaged").GetBoolean());
        if (column != "OfferId")
        {
            // Its household can be opened, and nothing of the line says that a call is safe.
            Assert.True(listed[damaged].GetProperty("damaged").GetBoolean());
            Assert.False(listed[damaged].GetProperty("safeNow").GetBoolean());
            Assert.Empty(listed[damaged].GetProperty("risks").EnumerateArray());
        }

        (await api.GetAsync($"offers/{damaged}")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        Assert.False(Rows(await api.GetAsync("call-backs"))[damaged].GetProperty("damaged").GetBoolean());
    }

    [Fact]
    public async Task A_danger_and_a_referral_whose_lines_cannot_be_read_stand_in_their_lists()
    {
        var danger = await households.InAsync("danger");
        var (sound, damaged) = (await households.ReferredAsync(), await households.ReferredAsync());
        await AlterAsync(CallBacks, danger, row => row["Risks"] = "k1:c2VsZkhhcm0=", where: "!danger");
        await AlterAsync(Referrals, damaged, row =>
        {
            row["CaseReference"] = "VC/12";
            row["MadeAt"] = "yesterday";
        });

        var told = Assert.Single((await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers").EnumerateArray());
        Assert.Equal((danger, true), (told.GetProperty("offerId").GetGuid(), told.GetProperty("damaged").GetBoolean()));
        var referrals = (await api.GetAsync("referrals?state=sent")).Must(200).Json.GetProperty("referrals").EnumerateArray()
            .ToDictionary(row => row.GetProperty("referralId").GetGuid(), row => row.GetProperty("damaged").GetBoolean());
        Assert.Equal([(sound, false), (damaged, true)], referrals.Select(row => (row.Key, row.Value)).OrderBy(row => row.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_line_that_does_not_say_whose_it_is_is_shown_to_whoever_watches_over_its_household(bool isGone)
    {
        var danger = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("selfHarm")).With("team", "north"));
        var referral = await households.ReferredAsync(Given.Accepted().With("team", "north"));
        foreach (var (table, id, where) in new[] { (CallBacks, danger, "!danger"), (Referrals, referral, null) })
        {
            await AlterAsync(table, id, row =>
            {
                foreach (var column in new[] { "Team", "CallBackTeam" })
                {
                    row.Remove(column);
                    if (!isGone) row[column] = 7;
                }
            }, where);
        }

        using var http = app.As("boss");
        var told = Assert.Single((await ReadAsync(http, "api/dangers")).GetProperty("dangers").EnumerateArray());
        Assert.Equal((danger, true), (told.GetProperty("offerId").GetGuid(), told.GetProperty("damaged").GetBoolean()));
        var sent = (await ReadAsync(http, "api/referrals?state=sent")).GetProperty("referrals").EnumerateArray()
            .Single(row => row.GetProperty("referralId").GetGuid() == referral);
        Assert.True(sent.GetProperty("damaged").GetBoolean());
        Assert.Equal("north", sent.GetProperty("team").GetString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Pages_show_every_call_once_and_open_no_other_lines_than_they_show(int limit)
    {
        const int Calls = 9;
        var ids = new List<Guid>();
        for (var call = 0; call < Calls; call++)
            ids.Add(await households.DueAsync(
                Given.DeclinedLongAgo(30 + call).With("risks", new JsonArray(call % 2 == 0 ? "violence" : "other"))));

        var seen = new List<Guid>();
        for (string? next = null; ;)
        {
            var page = (await api.GetAsync($"call-backs?limit={limit}{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}"))
                .Must(200);
            Assert.Equal($"{Calls}", page["total"]);
            seen.AddRange(Rows(page).Keys);
            next = page["next"];
            if (next is null) break;
        }

        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal(Calls, seen.Distinct().Count());
    }

    [Fact]
    public async Task One_persons_calls_among_many_are_found_and_in_the_lists_order()
    {
        var mine = new List<Guid>();
        for (var call = 0; call < 12; call++)
        {
            var id = await households.DueAsync(Given.DeclinedLongAgo(120 - (7 * call)));
            if (call % 5 != 0) continue;
            (await api.PutAsync($"call-backs/{id}/assignee", new { person = Person })).Must(200);
            mine.Add(id);
        }

        var everybodys = Rows(await api.GetAsync("call-backs?limit=200")).Keys.Where(mine.Contains);
        Assert.Equal(everybodys, Rows(await api.GetAsync($"call-backs?assignee={Person}")).Keys);
    }

    private const string Boss = "7a000000-0000-4000-8000-000000000008";
    private const string Person = "7a000000-0000-4000-8000-000000000007";

    private static Task<JsonElement> ReadAsync(HttpClient http, string path) => http.GetFromJsonAsync<JsonElement>(path, Cancellation);

    private static Dictionary<Guid, JsonElement> Rows(ApiAnswer page) =>
        page.Must(200).Json.GetProperty("callBacks").EnumerateArray().ToDictionary(row => row.GetProperty("offerId").GetGuid());

    private static async Task AlterAsync(TableClient table, Guid id, Action<TableEntity> alter, string? where = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation)) rows.Add(row);
        var found = rows.Single(
            row => row.RowKey.EndsWith($"{id:D}", StringComparison.Ordinal) && (where is null || row.PartitionKey == where));
        alter(found);
        await table.UpdateEntityAsync(found, ETag.All, TableUpdateMode.Replace, Cancellation);
    }
}

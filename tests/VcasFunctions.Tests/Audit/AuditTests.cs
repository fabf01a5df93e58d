using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Audit;

/// <summary>
/// Every collection, alteration, consultation and disclosure stands written with who, when, what, why and to whom; what is
/// altered or missing is found.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class AuditTests
{
    private const string Everybody = "e0000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_export_tells_who_did_what_when_why_and_to_whom()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        (await api.GetAsync($"offers/{id}?reason=referral")).Must(200);
        (await api.GetAsync("referrals?state=sent")).Must(200);

        var lines = await LinesAsync(api, "");
        Assert.Equal(
            [
                "collection offerRecorded", "alteration offerAccepted", "disclosure referralSent", "consultation offerRead",
                "consultation offerRead",
            ],
            lines.Where(line => Text(line, "offerId") == $"{id}").Select(line => $"{Text(line, "kind")} {Text(line, "what")}"));
        var disclosed = lines.Single(line => Text(line, "kind") == "disclosure");
        Assert.Equal(("vcas", "notSet", "system"), (Text(disclosed, "to"), Text(disclosed, "why"), Text(disclosed, "by")));
        var read = lines.Last(line => Text(line, "what") == "offerRead");
        Assert.Equal(("referral", "officer", Everybody), (Text(read, "why"), Text(read, "by"), Text(read, "byId")));

        // A list is one entry however long it is; the export is in the export.
        var list = Assert.Single(lines, line => Text(line, "what") == "referralsListed");
        Assert.Equal("""{"asked":{"states":["sent"]},"count":1}""", Text(list, "data"));
        Assert.Single(lines, line => Text(line, "what") == "auditExported");

        Assert.Equal(5, (await LinesAsync(api, $"&offerId={id}")).Count);
        Assert.All(await LinesAsync(api, "&actor=system"), line => Assert.Equal("system", Text(line, "by")));
        var csv = (await api.GetAsync("audit")).Must(200);
        Assert.Equal("text/csv", csv.ContentType);
        Assert.StartsWith("at,kind,what,by,byId,why,to,offerId,entry,data\r\n", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_searched_by_a_household_s_reference_and_by_what_was_done_however_long_ago_that_was()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        await api.RecordAsync(Given.Declined());
        var reference = (await api.GetAsync($"offers/{id}?reason=referral")).Must(200)["reference"]!;

        Assert.Equal(
            (await LinesAsync(api, $"&offerId={id}")).Select(line => Text(line, "entry")),
            (await LinesAsync(api, $"&reference={reference.ToLowerInvariant()}")).Select(line => Text(line, "entry")));
        Assert.Empty(await LinesAsync(api, "&reference=CB-000000"));
        var given = Assert.Single(await LinesAsync(api, "&kind=disclosure"));
        Assert.Equal(($"{id}", "referralSent"), (Text(given, "offerId"), Text(given, "what")));
        // Of all households only so many days at once; of one, all there ever were.
        (await api.GetAsync("audit?from=2010-01-01")).MustRefuse(400, 1010);
        Assert.Contains(await LinesAsync(api, $"&from=2010-01-01&reference={reference}"), line => Text(line, "what") == "offerRecorded");
        // What was searched for stands in the audit, and is no text of anybody's.
        (await api.GetAsync("audit?reference=Alex")).MustRefuse(400, 1010);
        Assert.Contains(
            await LinesAsync(api, "&kind=consultation"),
            line => Text(line, "data")!.Contains($"\"reference\":\"{reference}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_opens_a_household_without_a_reason_that_is_one_of_ours()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        (await api.GetAsync($"offers/{id}?reason=")).MustRefuse(400, 1030);
        (await api.GetAsync($"offers/{id}?reason=curiosity")).MustRefuse(400, 1010);
        Assert.DoesNotContain(await LinesAsync(api, ""), line => Text(line, "what") == "offerRead");
    }

    [Fact]
    public async Task A_request_that_came_again_shows_the_household_and_is_written_as_a_look_at_it()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined("07700 900123"));
        (await api.PutAsync($"offers/{id}", Given.Declined("07700 900123"))).Must(200);
        (await api.PutAsync($"offers/{id}/contact", new { phone = "07700 900123" })).Must(200);
        Assert.Equal(
            ["repeatedRequest", "repeatedRequest"],
            (await LinesAsync(api, "")).Where(line => Text(line, "what") == "offerAnswered").Select(line => Text(line, "why")));
    }

    [Fact]
    public async Task A_crowd_of_readers_all_get_their_answer_and_each_is_written_down_while_the_household_changes()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var reads = Enumerable.Range(0, 40).Select(async _ => (await api.GetAsync($"offers/{id}?reason=callBack")).Must(200));
        var changes = Enumerable.Range(0, 10)
            .Select(async number => (await api.PutAsync($"offers/{id}/contact", new { phone = $"07700 9001{number:D2}" })).Must(200));
        await Task.WhenAll(reads.Concat(changes));

        Assert.Equal(40, (await LinesAsync(api, $"&offerId={id}")).Count(line => Text(line, "what") == "offerRead"));
        var verified = (await api.GetAsync($"audit/verification?offerId={id}")).Must(200);
        Assert.True(verified["isWhole"] == "true", verified.Text);
        Assert.Equal("51", verified["entries"]);
    }

    [Fact]
    public async Task A_day_is_held_fast_the_night_after_and_found_whole()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await new Households(app, api).ReferredAsync();
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        (await api.GetAsync("call-backs")).Must(200);

        var verified = (await api.GetAsync("audit/verification")).Must(200);
        Assert.True(verified["isWhole"] == "true", verified.Text);
        Assert.Equal("1", verified["households"]);
        var anchors = new List<string>();
        await foreach (var row in Tables(app).Audit.QueryAsync<TableEntity>("PartitionKey eq 'anchors'", cancellationToken: Cancellation))
            anchors.Add(row.GetString("Day"));
        Assert.Equal(["2024-03-13", "2024-03-12", "2024-03-11"], anchors);

        // A copy of each is kept elsewhere: a day, counts and hashes, and nothing of anybody.
        var copies = Directory.GetFiles(Path.Combine(app.Folder, "kept")).Order().ToList();
        Assert.Equal(["2024-03-11-", "2024-03-12-", "2024-03-13-"], copies.Select(copy => Path.GetFileName(copy)[..11]));
        Assert.All(copies, copy =>
            Assert.Equal(
                ["day", "hash", "households", "previous"],
                JsonDocument.Parse(File.ReadAllText(copy)).RootElement.EnumerateObject().Select(field => field.Name).Order()));
    }

    [Theory]
    [InlineData("altered event", "entryAltered")]
    [InlineData("missing event", "entryMissing")]
    [InlineData("last event gone", "endMissing")]
    [InlineData("altered read", "entryAltered")]
    [InlineData("last read gone", "endMissing")]
    [InlineData("all gone", "chainMissing")]
    [InlineData("day forgotten", "anchorBroken")]
    [InlineData("anchor gone", "anchorMissing")]
    [InlineData("household altered", "householdAltered")]
    [InlineData("list read gone", "endMissing")]
    [InlineData("copy of an anchor gone", "anchorNotKept")]
    [InlineData("copy of an anchor altered", "anchorNotKept")]
    [InlineData("copy of an anchor spoilt", "anchorNotKept")]
    [InlineData("copy of another anchor beside it", "anchorNotKept")]
    [InlineData("tables put back to the day before", "anchorNotKept")]
    public async Task What_was_done_to_the_audit_is_found(string done, string found)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).ReferredAsync();
        (await api.GetAsync($"offers/{id}?reason=audit")).Must(200);
        (await api.GetAsync("referrals")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        Assert.Equal("true", (await api.GetAsync("audit/verification")).Must(200)["isWhole"]);

        if (done.StartsWith("copy", StringComparison.Ordinal))
            Spoil(Assert.Single(Directory.GetFiles(Path.Combine(app.Folder, "kept"), "2024-03-12-*.json")), done);
        else await SpoilAsync(Tables(app), id, done);
        var verified = (await api.GetAsync("audit/verification")).Must(200);
        Assert.Equal("false", verified["isWhole"]);
        Assert.Contains(found, verified.Json.GetProperty("findings").EnumerateArray().Select(finding => Text(finding, "kind")));
    }

    private static void Spoil(string copy, string done)
    {
        // Each is written once, and is for reading alone from then on.
        Assert.True(File.GetAttributes(copy).HasFlag(FileAttributes.ReadOnly));
        var text = File.ReadAllText(copy);
        if (done.EndsWith("beside it", StringComparison.Ordinal))
        {
            // As where the tables were put back and the day was held fast anew.
            File.WriteAllText(
                copy.Replace(".json", "0.json", StringComparison.Ordinal),
                text.Replace("\"hash\":\"", "\"hash\":\"A", StringComparison.Ordinal));
            return;
        }

        File.SetAttributes(copy, FileAttributes.Normal);
        File.Delete(copy);
        if (done.EndsWith("altered", StringComparison.Ordinal))
            File.WriteAllText(copy, text.Replace("\"hash\":\"", "\"hash\":\"A", StringComparison.Ordinal));
        if (done.EndsWith("spoilt", StringComparison.Ordinal)) File.WriteAllText(copy, text[..^9]);
    }

    private static async Task SpoilAsync(VcasTables tables, Guid id, string done)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in tables.Offers.QueryAsync<TableEntity>($"PartitionKey eq '{id}'", cancellationToken: Cancellation))
            rows.Add(row);
        var events = rows.Where(row => row.RowKey.StartsWith("event-", StringComparison.Ordinal)).ToList();
        // Consultations stand newest first.
        var reads = rows.Where(row => row.RowKey.StartsWith("read-", StringComparison.Ordinal)).ToList();
        switch (done)
        {
            case "altered event":
                events[1]["By"] = "supervisor";
                await tables.Offers.UpdateEntityAsync(events[1], Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
                break;
            case "missing event":
                await RemoveAsync(tables.Offers, events[1]);
                break;
            case "last event gone":
                await RemoveAsync(tables.Offers, events[^1]);
                break;
            case "altered read":
                reads[0]["Why"] = "ownRecord2";
                await tables.Offers.UpdateEntityAsync(reads[0], Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
                break;
            case "last read gone":
                await RemoveAsync(tables.Offers, reads[0]);
                break;
            case "all gone":
                foreach (var row in rows) await RemoveAsync(tables.Offers, row);
                break;
            case "day forgotten":
                await foreach (var row in tables.Audit.QueryAsync<TableEntity>(
                    $"PartitionKey ge 'touched' and RowKey eq '{id}'", cancellationToken: Cancellation))
                    await RemoveAsync(tables.Audit, row);
                break;
            case "anchor gone":
                await foreach (var row in tables.Audit.QueryAsync<TableEntity>(
                    "PartitionKey eq 'anchors'", cancellationToken: Cancellation))
                    await RemoveAsync(tables.Audit, row);
                break;
            case "tables put back to the day before":
                // Nothing that is in the tables tells of it: no anchor, nothing touched.
                foreach (var partition in new[] { "anchors", "touched", "lists" })
                {
                    await foreach (var row in tables.Audit.QueryAsync<TableEntity>(
                        $"PartitionKey ge '{partition}' and PartitionKey lt '{partition}~'", cancellationToken: Cancellation))
                    {
                        var day = partition == "anchors" ? Anchor.Read(row).Day : AuditDayIndex.DayOf(row.PartitionKey);
                        if (day > new DateOnly(2024, 3, 11)) await RemoveAsync(tables.Audit, row);
                    }
                }

                break;
            case "household altered":
                var offer = rows.Single(row => row.RowKey == "offer");
                offer["Chain"] = "";
                await tables.Offers.UpdateEntityAsync(offer, Azure.ETag.All, TableUpdateMode.Replace, Cancellation);
                break;
            case "list read gone":
                await foreach (var row in tables.Audit.QueryAsync<TableEntity>(
                    "PartitionKey ge 'lists|2024-03-11' and PartitionKey lt 'lists|2024-03-12'", cancellationToken: Cancellation))
                    await RemoveAsync(tables.Audit, row);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(done), done, "Nothing is known to be done so.");
        }
    }

    private static async Task RemoveAsync(TableClient table, TableEntity row) =>
        await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, Azure.ETag.All, Cancellation);

    private static VcasTables Tables(RunningApp app) => app.Services.GetRequiredService<VcasTables>();

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static async Task<IReadOnlyList<JsonElement>> LinesAsync(Api api, string filter)
    {
        var answer = (await api.GetAsync($"audit?format=ndjson{filter}")).Must(200);
        Assert.Equal("application/x-ndjson", answer.ContentType);
        return [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Routes;

/// <summary>
/// Whoever gets in touch is found again by what they can say: exactly, in every state, by their own teams, and it is written down.
/// </summary>
public sealed class SearchRouteTests(SharedApp shared)
{
    private readonly Households households = new(shared.App, shared.Api);

    [Theory]
    // Ofcom's range of Edinburgh, of which no other test takes a number.
    [InlineData("0131 496 0{0}", "151")]
    [InlineData("+44 131 496 0{0}", "152")]
    [InlineData("(0131) 496-0{0}", "153")]
    [InlineData("0044 (0)131 496 0 {0}", "154")]
    public async Task A_number_is_found_however_it_is_written(string written, string last)
    {
        var number = $"0131 496 0{last}";
        var id = await shared.Api.RecordAsync(Given.Declined(number));
        var found = await SearchAsync(new { phone = string.Format(null, written, last), reason = "theyGotInTouch" });
        Assert.Equal([id], Ids(found));
        Assert.Equal(("1", "false"), (found["count"], found["more"]));
        var one = found.Json.GetProperty("households")[0];
        Assert.Equal("waiting", one.GetProperty("state").GetString());
        Assert.Equal("waiting", one.GetProperty("became").GetString());
        Assert.Equal("second", one.GetProperty("nextOffer").GetString());
        Assert.True(one.GetProperty("mine").GetBoolean());
        Assert.False(one.GetProperty("needsSafeRoute").GetBoolean());
        Assert.DoesNotContain(last, string.Join(',', Names(one).Select(name => one.GetProperty(name).ToString())
            .Where(text => !Guid.TryParse(text, out _) && !text.StartsWith("CB-", StringComparison.Ordinal) && !text.Contains('T'))));
    }

    [Theory]
    [InlineData("OPX/{0}/24")]
    [InlineData("opx {0} 24")]
    [InlineData("OPX-{0}.24")]
    [InlineData("  opx{0}24 ")]
    [InlineData("OPX\u2013{0}/24")]
    public async Task A_crime_reference_is_found_however_it_is_written(string written)
    {
        var middle = Guid.NewGuid().ToString("N")[..8];
        var id = await shared.Api.RecordAsync(Given.Declined().With("crimeReference", $"OPX/{middle}/24"));
        Assert.Equal(
            [id], Ids(await SearchAsync(new { crimeReference = string.Format(null, written, middle), reason = "theyGotInTouch" })));
        Assert.Empty(Ids(await SearchAsync(new { crimeReference = $"OPX/{middle}/2", reason = "theyGotInTouch" })));
    }

    [Theory]
    [InlineData("CB-{0}")]
    [InlineData("cb-{0}")]
    [InlineData("cb {0}")]
    [InlineData("CB{0}")]
    [InlineData("CB\u2013{0}")]
    [InlineData(" {0} ")]
    public async Task A_short_reference_is_found_however_it_is_said(string written)
    {
        var id = Guid.Parse($"0c1{Guid.NewGuid().ToString("D")[3..]}");
        await shared.Api.RecordAsync(Given.Declined(), id);
        var digits = id.ToString("N")[..6];
        foreach (var said in new[] { digits, digits.ToUpperInvariant(), digits.Replace('0', 'O').Replace('1', 'l') })
            Assert.Contains(id, Ids(await SearchAsync(new { reference = string.Format(null, written, said), reason = "callBack" })));
        foreach (var whole in new[] { id.ToString("D"), id.ToString("N").ToUpperInvariant() })
            Assert.Equal([id], Ids(await SearchAsync(new { reference = whole, reason = "callBack" })));
    }

    [Fact]
    public async Task The_last_of_all_ids_is_found_by_its_reference()
    {
        var id = await shared.Api.RecordAsync(Given.Declined(), Guid.Parse($"ffffffff{Guid.NewGuid().ToString("D")[8..]}"));
        Assert.Contains(id, Ids(await SearchAsync(new { reference = "CB-FFFFFF", reason = "referral" })));
        Assert.Empty(Ids(await SearchAsync(new { reference = $"CB-{Guid.NewGuid():N}"[..9], reason = "referral" })));
    }

    [Theory]
    [InlineData("waiting", "waiting", "waiting")]
    [InlineData("due", "due", "due")]
    [InlineData("held", "held", "held")]
    [InlineData("wrongNumber", "held", "held")]
    [InlineData("referred", "referred", "acceptedAtDoor")]
    [InlineData("referralClosed", "referred", "supportEnded")]
    [InlineData("doNotContact", "closed", "never")]
    [InlineData("declinedAgain", "closed", "declinedAgain")]
    [InlineData("withdrawn", "closed", "ended")]
    public async Task It_is_found_in_every_state_and_what_became_of_it_is_said(string state, string expected, string became)
    {
        var id = await households.InAsync(state);
        var one = Assert.Single(
            (await SearchAsync(new { reference = id.ToString("D"), reason = "theyGotInTouch" })).Json.GetProperty("households")
                .EnumerateArray());
        Assert.Equal((expected, became), (one.GetProperty("state").GetString(), one.GetProperty("became").GetString()));
    }

    [Theory]
    [InlineData("declined", "declinedAtCallBack")]
    [InlineData("doNotContact", "doNotContact")]
    [InlineData("died", "died")]
    public async Task Who_was_closed_in_a_call_is_found_by_number(string outcome, string reason)
    {
        var number = Given.Number();
        var id = await households.WithNumberAsync("due", number);
        (await shared.Api.AttemptAsync(id, outcome)).Must(200);
        var found = await SearchAsync(new { phone = number, reason = "theyGotInTouch" });
        Assert.Equal([id], Ids(found));
        Assert.Equal(reason, found.Json.GetProperty("households")[0].GetProperty("closingReason").GetString());
    }

    [Fact]
    public async Task Who_said_never_at_the_door_and_rings_all_the_same_is_found_by_the_number_that_nobody_keeps()
    {
        var number = Given.Number();
        var id = await shared.Api.RecordAsync(
            new JsonObject { ["answer"] = "doNotContact", ["contact"] = new JsonObject { ["phone"] = number } });
        Assert.Equal([id], Ids(await SearchAsync(new { phone = number, reason = "theyGotInTouch" })));
        (await shared.Api.PostAsync($"offers/{id}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
        Assert.Empty(Ids(await SearchAsync(new { phone = number, reason = "theyGotInTouch" })));
    }

    [Fact]
    public async Task A_number_or_a_reference_that_was_put_right_finds_it_and_the_earlier_one_does_not()
    {
        var (wrong, right) = (Given.Number(), Given.Number());
        var id = await shared.Api.RecordAsync(Given.Declined(wrong).With("crimeReference", $"OLD {wrong}"));
        (await shared.Api.PutAsync($"offers/{id}/contact", new { phone = right })).Must(200);
        (await shared.Api.PutAsync($"offers/{id}/details", new { crimeReference = $"NEW {wrong}" })).Must(200);
        Assert.Equal([id], Ids(await SearchAsync(new { phone = right, reason = "theyGotInTouch" })));
        Assert.Empty(Ids(await SearchAsync(new { phone = wrong, reason = "theyGotInTouch" })));
        Assert.Equal([id], Ids(await SearchAsync(new { crimeReference = $"new-{wrong}", reason = "theyGotInTouch" })));
        Assert.Empty(Ids(await SearchAsync(new { crimeReference = $"old-{wrong}", reason = "theyGotInTouch" })));
    }

    [Fact]
    public async Task Several_are_answered_newest_first_and_fifty_at_most()
    {
        var number = Given.Number();
        var days = Enumerable.Range(1, 14).Concat(Enumerable.Range(1, 14)).Concat(Enumerable.Range(1, 14)).Concat(Enumerable.Range(1, 10));
        await Task.WhenAll(days.Select((day, hour) => shared.Api.RecordAsync(
            Given.Declined(number).With("offeredAt", Given.Monday.AddDays(-day).AddMinutes(hour).ToString("O")))));
        var found = await SearchAsync(new { phone = number, reason = "theyGotInTouch" });
        Assert.Equal(("50", "true"), (found["count"], found["more"]));
        var at = found.Json.GetProperty("households").EnumerateArray().Select(one => one.GetProperty("offeredAt").GetDateTimeOffset())
            .ToList();
        Assert.Equal(50, at.Count);
        Assert.Equal(at.OrderDescending(), at);
    }

    [Theory]
    [InlineData("""{"reason":"theyGotInTouch"}""", "phone")]
    [InlineData("""{"phone":" ","reference":"","reason":"theyGotInTouch"}""", "phone")]
    [InlineData("""{"phone":"07700 900123"}""", "reason")]
    [InlineData("""{"phone":"07700 900123","reference":"CB-7F3A1C","reason":"callBack"}""", "phone,reference")]
    [InlineData("""{"phone":"07700 90012","reason":"callBack"}""", "phone")]
    [InlineData("""{"phone":"ask for Zzyzx","reason":"callBack"}""", "phone")]
    [InlineData("""{"reference":"CB-7F3A","reason":"callBack"}""", "reference")]
    [InlineData("""{"reference":"CB-7F3A1G","reason":"callBack"}""", "reference")]
    [InlineData("""{"reference":"CB-7F3A1C2","reason":"callBack"}""", "reference")]
    [InlineData("""{"crimeReference":"-/-","reason":"callBack"}""", "crimeReference")]
    [InlineData("""{}""", "phone,reason")]
    public async Task What_cannot_be_searched_by_is_named_and_never_repeated(string body, string fields)
    {
        var refused = (await shared.Api.SendAsync("POST", "offers/search", body)).MustRefuse(422, 1005);
        Assert.Equal(
            fields, string.Join(',', refused.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field"))));
        Assert.DoesNotContain("Zzyzx", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"phone":"07700 900123","reason":"curiosity"}""", 1002)]
    [InlineData("""{"phone":"07700 900123","reason":"TheyGotInTouch"}""", 1002)]
    [InlineData("""{"name":"Zzyzx","reason":"callBack"}""", 1003)]
    public async Task A_reason_that_is_none_of_ours_and_a_field_that_is_none_are_refused(string body, int code)
    {
        var refused = (await shared.Api.SendAsync("POST", "offers/search", body)).MustRefuse(400, code);
        Assert.DoesNotContain("Zzyzx", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_keeps_who_searched_why_and_the_hash_alone_also_where_nothing_was_found()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        const string There = "07700 900314", Nobodys = "07700 900315";
        var id = await api.RecordAsync(Given.Declined(There).With("crimeReference", "QRZ/2718/24"));
        foreach (var body in new object[]
        {
            new { phone = There, reason = "theyGotInTouch" }, new { phone = "+44 7700 900314", reason = "callBack" },
            new { phone = Nobodys, reason = "theyGotInTouch" }, new { crimeReference = "qrz 2718 24", reason = "supervision" },
            new { reference = "CB-" + id.ToString("N")[..6], reason = "referral" },
        })
            (await api.PostAsync("offers/search", body)).Must(200);

        var lines = (await api.GetAsync("audit?format=ndjson")).Must(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var searches = lines.Where(line => line.GetProperty("what").GetString() == "offersSearched")
            .Select(line => JsonDocument.Parse(line.GetProperty("data").GetString()!).RootElement).Reverse().ToList();
        Assert.Equal(
            [
                ("phone", "theyGotInTouch", 1), ("phone", "callBack", 1), ("phone", "theyGotInTouch", 0),
                ("crimeReference", "supervision", 1), ("reference", "referral", 1),
            ],
            searches.Select(search => (Asked(search, "by"), Asked(search, "reason"), search.GetProperty("count").GetInt32())));
        var hashes = searches.Select(search => Asked(search, "hash")!).ToList();
        Assert.All(hashes, hash => Assert.Matches("^[^|]+[|][0-9a-f]{64}$", hash));
        // Another spelling is the same number; another number another hash.
        Assert.Equal([hashes[0], hashes[2], hashes[3], hashes[4]], hashes.Distinct());
        Assert.Equal(
            ["theyGotInTouch", "callBack", "supervision", "referral"],
            lines.Where(line => line.GetProperty("what").GetString() == "offerFound").Select(line => line.GetProperty("why").GetString()));
        Assert.All(
            ["900314", "900315", "QRZ", "2718"],
            secret => Assert.All(lines, line => Assert.DoesNotContain(secret, line.GetRawText(), StringComparison.OrdinalIgnoreCase)));
        Assert.Equal("true", (await api.GetAsync("audit/verification")).Must(200)["isWhole"]);
    }

    [Fact]
    public async Task What_is_held_for_the_supervisor_alone_is_found_by_others_as_they_know_it()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        using var officer = new Api(app, "officer");
        var (barred, free) = (Given.Number(), Given.Number());
        (await api.PutAsync($"offers/{Guid.NewGuid()}", new { answer = "doNotContact", contact = new { phone = barred } })).Must(201);
        var held = await api.RecordAsync(Given.Declined(barred));
        var waiting = await api.RecordAsync(Given.Declined(free));
        Assert.Equal("held", StateOf(await api.PostAsync("offers/search", new { reference = held, reason = "supervision" })));
        Assert.Equal("waiting", StateOf(await officer.PostAsync("offers/search", new { reference = held, reason = "callBack" })));
        Assert.Equal(
            Without(await officer.PostAsync("offers/search", new { reference = waiting, reason = "callBack" })),
            Without(await officer.PostAsync("offers/search", new { reference = held, reason = "callBack" })));
    }

    private static string? StateOf(ApiAnswer found) => found.Must(200).Json.GetProperty("households")[0].GetProperty("state").GetString();

    // All but which household it is.
    private static string Without(ApiAnswer found) => string.Join(
        ',',
        found.Must(200).Json.GetProperty("households")[0].EnumerateObject()
            .Where(field => field.Name is not ("offerId" or "reference")));

    private static string? Asked(JsonElement search, string name) => search.GetProperty("asked").GetProperty(name).GetString();

    private static IEnumerable<string> Names(JsonElement one) => one.EnumerateObject().Select(field => field.Name);

    private static IReadOnlyList<Guid> Ids(ApiAnswer found) =>
        [.. found.Json.GetProperty("households").EnumerateArray().Select(one => one.GetProperty("offerId").GetGuid())];

    private async Task<ApiAnswer> SearchAsync(object body) => (await shared.Api.PostAsync("offers/search", body)).Must(200);
}

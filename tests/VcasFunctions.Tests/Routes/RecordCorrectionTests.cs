using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Reporting;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Routes;

/// <summary>
/// What was recorded of an offer itself is put right over HTTP: plan, lists and figures follow, and what it was stays known.
/// </summary>
public sealed class RecordCorrectionTests(SharedApp shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_offers_date_moves_the_call_and_the_month_in_which_it_counts()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("offeredAt", "2024-03-02T09:00:00Z"));
        Assert.Equal((1, 0), (await OffersAsync(api, "2024-03"), await OffersAsync(api, "2024-02")));

        var corrected = (await CorrectAsync(api, id, new { offeredAt = "2024-02-29T18:30:00+00:00" })).Must(200);
        Assert.Equal("2024-02-29T18:30:00+00:00", corrected["offeredAt"]);
        // Twenty-one days later it is evening: it is due on the next morning.
        Assert.Equal("2024-03-22T09:00:00+00:00", corrected["dueAt"]);
        Assert.Equal((0, 1), (await OffersAsync(api, "2024-03"), await OffersAsync(api, "2024-02")));
        // Back again, and once more the same.
        (await CorrectAsync(api, id, new { offeredAt = "2024-03-02T09:00:00Z" })).Must(200);
        (await CorrectAsync(api, id, new { offeredAt = "2024-03-02T09:00:00Z" })).Must(200);
        Assert.Equal((1, 0), (await OffersAsync(api, "2024-03"), await OffersAsync(api, "2024-02")));

        var read = (await api.GetAsync($"offers/{id}")).Must(200).Json;
        Assert.Equal(
            ["2024-03-02T09:00:00+00:00", "2024-02-29T18:30:00+00:00"],
            read.GetProperty("corrections").EnumerateArray().Select(one => one.GetProperty("was").GetProperty("offeredAt").GetString()));
        var household = await app.Services.GetRequiredService<HouseholdReader>().ReadAsync(id, Cancellation);
        var trail = await app.Services.GetRequiredService<HouseholdStore>().TrailAsync(id, Cancellation);
        Assert.Equal(HouseholdRecord.Of(household), Recount.Of(id, trail));
    }

    [Theory]
    [InlineData("2024-02-23T09:30:00Z", "2024-03-15T09:30:00Z")]
    [InlineData("2024-03-05T12:00:00Z", "2024-03-26T12:00:00Z")]
    public async Task The_call_is_due_when_the_corrected_date_says_and_not_before(string offeredAt, string due)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("offeredAt", "2024-03-01T09:00:00Z"));
        (await CorrectAsync(api, id, new { offeredAt, offeredAtConfirmed = true })).Must(200);
        var at = DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture);
        await app.AdvanceToAsync(at.AddMinutes(-2), Cancellation);
        Assert.Equal("waiting", await api.StateAsync(id));
        await app.AdvanceToAsync(at.AddMinutes(1), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
    }

    [Fact]
    public async Task A_row_that_was_left_in_its_former_month_is_taken_away_by_the_sweep()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("offeredAt", "2024-03-01T09:00:00Z"));
        var register = app.Services.GetRequiredService<VcasTables>().Register;
        var left = (await register.GetEntityAsync<Azure.Data.Tables.TableEntity>(
            "2024-03", $"{id:D}", cancellationToken: Cancellation)).Value;
        (await CorrectAsync(api, id, new { offeredAt = "2024-02-28T09:00:00Z" })).Must(200);
        await register.AddEntityAsync(left, Cancellation);
        Assert.Equal((1, 1), (await OffersAsync(api, "2024-03"), await OffersAsync(api, "2024-02")));
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.Equal((0, 1), (await OffersAsync(api, "2024-03"), await OffersAsync(api, "2024-02")));
    }

    [Fact]
    public async Task Who_was_not_asked_after_all_is_offered_it_for_the_first_time()
    {
        var id = await shared.Api.RecordAsync(Given.Declined());
        var corrected = (await CorrectAsync(shared.Api, id, new { answer = "notAsked", lawfulBasis = "legalObligation" })).Must(200);
        Assert.Equal(
            ("notAsked", "first", "0", "legalObligation"),
            (corrected["answer"], corrected["nextOffer"], corrected["realOffers"], corrected["lawfulBasis"]));
        var was = corrected.Json.GetProperty("corrections")[0];
        Assert.Equal("declined", was.GetProperty("was").GetProperty("answer").GetString());
        Assert.Equal(["answer", "lawfulBasis"], was.GetProperty("fields").EnumerateArray().Select(field => field.GetString()));
    }

    [Fact]
    public async Task Details_and_record_are_corrected_in_one_request_or_not_at_all()
    {
        var id = await shared.Api.RecordAsync(Given.Declined().With("crimeReference", "ONE/1"));
        (await CorrectAsync(shared.Api, id, new { answer = "accepted", crimeReference = "TWO/2" })).MustRefuse(409, 2042);
        Assert.Equal("ONE/1", (await shared.Api.GetAsync($"offers/{id}"))["crimeReference"]);
        var both = (await CorrectAsync(shared.Api, id, new { answer = "notAsked", crimeReference = "TWO/2" })).Must(200);
        Assert.Equal(("notAsked", "TWO/2"), (both["answer"], both["crimeReference"]));
    }

    [Fact]
    public async Task The_officer_in_the_case_is_recorded_replaced_taken_away_and_what_it_was_is_kept()
    {
        const string First = "DC Robin Invented, extension 4471";
        var offer = Given.Declined().With("officerInCase", $"  {First} ");
        var id = await shared.Api.RecordAsync(offer);
        Assert.Equal(First, (await shared.Api.GetAsync($"offers/{id}"))["officerInCase"]);
        // What a correction leaves out stays.
        Assert.Equal(First, (await CorrectAsync(shared.Api, id, new { crimeReference = "TWO/2" })).Must(200)["officerInCase"]);
        var other = (await CorrectAsync(shared.Api, id, new { officerInCase = "DS Kim Invented" })).Must(200);
        Assert.Equal("DS Kim Invented", other["officerInCase"]);
        Assert.Equal(
            First, other.Json.GetProperty("corrections")[1].GetProperty("was").GetProperty("officerInCase").GetString());
        Assert.Null((await CorrectAsync(shared.Api, id, new { officerInCase = "" })).Must(200)["officerInCase"]);
        (await CorrectAsync(shared.Api, id, new { officerInCase = "DC Robin\nInvented" })).MustRefuse(422, 1005);

        // The same offer under the same id with another officer is another one.
        (await shared.Api.PutAsync($"offers/{id}", offer)).Must(200);
        (await shared.Api.PutAsync($"offers/{id}", offer.With("officerInCase", "DS Kim Invented"))).MustRefuse(409, 1007);
    }

    [Theory]
    [InlineData("crimeReference", """ "TWO/2" """)]
    [InlineData("officerInCase", """ "DC Robin Invented, extension 4471" """)]
    [InlineData("household", """{"people":[{"relationship":"parent","ageBand":"over65"}]}""")]
    [InlineData("risks", """["violence"]""")]
    [InlineData("childMayBeDirectVictim", "true")]
    public async Task Whatever_is_corrected_beside_the_record_is_corrected(string field, string value)
    {
        var id = await shared.Api.RecordAsync(Given.Declined());
        var body = new JsonObject { ["answer"] = "notAsked", [field] = JsonNode.Parse(value) };
        var corrected = (await CorrectAsync(shared.Api, id, body)).Must(200);
        Assert.Equal(
            ["answer", field],
            corrected.Json.GetProperty("corrections").EnumerateArray()
                .SelectMany(made => made.GetProperty("fields").EnumerateArray()).Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("due", """{"answer":"notAsked"}""", 409, 2043)]
    [InlineData("due", """{"offeredAt":"2024-02-01T09:00:00Z"}""", 409, 2043)]
    [InlineData("waiting", """{"answer":"doNotContact"}""", 409, 2042)]
    [InlineData("waiting", """{"offeredAt":"2024-03-12T09:00:00Z"}""", 422, 2003)]
    [InlineData("waiting", """{"offeredAt":"2023-03-11T09:00:00Z"}""", 422, 2041)]
    [InlineData("waiting", """{"offeredAt":"2019-03-11T09:00:00Z","offeredAtConfirmed":true}""", 422, 2004)]
    [InlineData("referred", """{"lawfulBasis":"consent"}""", 409, 2042)]
    [InlineData("withdrawn", """{"lawfulBasis":"consent"}""", 409, 2005)]
    [InlineData("waiting", """{"team":"No such team!"}""", 422, 1005)]
    [InlineData("waiting", """{"answer":"Declined"}""", 400, 1002)]
    public async Task What_was_acted_on_or_can_not_be_right_is_refused_and_changes_nothing(string state, string body, int status, int code)
    {
        var id = await new Households(shared.App, shared.Api).InAsync(state);
        var before = (await shared.Api.GetAsync($"offers/{id}")).Must(200).Text;
        (await shared.Api.SendAsync("PUT", $"offers/{id}/details", body)).MustRefuse(status, code);
        Assert.Equal(before, (await shared.Api.GetAsync($"offers/{id}")).Text);
    }

    [Fact]
    public async Task Another_team_takes_the_household_and_its_call_with_it_also_where_it_is_due()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Teams:east:CallBackTeam=east-calls", "Vcas:Teams:west:CallBackTeam=west-calls"]);
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync(Given.DeclinedLongAgo().With("team", "east"));
        var corrected = (await CorrectAsync(api, id, new { team = "West" })).Must(200);
        Assert.Equal(("west", "west-calls", "due"), (corrected["team"], corrected["assignee.team"], corrected["state"]));
        var listed = (await api.GetAsync("call-backs?team=west")).Must(200);
        Assert.Contains(id.ToString(), listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), (await api.GetAsync("call-backs?team=east")).Must(200).Text, StringComparison.Ordinal);
    }

    private static Task<ApiAnswer> CorrectAsync(Api api, Guid id, object body) => api.PutAsync($"offers/{id}/details", body);

    private static async Task<int> OffersAsync(Api api, string month)
    {
        var last = DateTime.DaysInMonth(int.Parse(month[..4]), int.Parse(month[5..]));
        var report = (await api.GetAsync($"reports/uptake?from={month}-01&to={month}-{last}")).Must(200);
        return report.Json.GetProperty("total").GetProperty("offers").GetInt32();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Shared;

namespace VcasFunctions.Tests.Routes;

/// <summary>What somebody said is kept as what it was, and nothing is claimed in anybody's place.</summary>
public sealed class ConsentTests(SharedApp shared)
{
    private const string Asked = """
        {"wordsVersion":"standard-1","yesTo":["beingCalled","beingAskedAgain"],"noTo":["beingReferred"],"by":"themselves",
         "at":"2024-03-11T09:50:00Z","how":"inPerson"}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_claimed_where_nothing_was_recorded()
    {
        var id = await shared.Api.RecordAsync(Given.Declined());
        var offer = (await shared.Api.GetAsync($"offers/{id}")).Must(200);
        Assert.False(offer.Json.TryGetProperty("consents", out _));
        Assert.False(offer.Json.TryGetProperty("lawfulBasis", out _));
        Assert.Equal("""{"isSet":false}""", offer.Json.GetProperty("law").GetRawText());
        Assert.DoesNotContain("consentRecorded", offer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_said_at_the_door_stands_on_the_record_and_the_trail_says_only_that_it_does()
    {
        var id = await shared.Api.RecordAsync(Given.Declined().With("consent", JsonNode.Parse(Asked)!));
        var offer = (await shared.Api.GetAsync($"offers/{id}")).Must(200);
        var said = Assert.Single(offer.Json.GetProperty("consents").EnumerateArray());
        Assert.Equal(["beingCalled", "beingAskedAgain"], Words(said, "yesTo"));
        Assert.Equal(["beingReferred"], Words(said, "noTo"));
        Assert.Equal(
            ("standard-1", "themselves", "inPerson"),
            (said.GetProperty("wordsVersion").GetString(), said.GetProperty("by").GetString(), said.GetProperty("how").GetString()));
        var trail = offer.Json.GetProperty("trail").EnumerateArray().Last();
        Assert.Equal(("consentRecorded", "{}"), (trail.GetProperty("event").GetString(), trail.GetProperty("data").GetRawText()));

        // A yes that came later stands beside it; which of the two was right at its time is nobody's guess.
        var accepted = (await shared.Api.PostAsync(
            $"offers/{id}/acceptance",
            new { householdAsked = true, consent = new { yesTo = new[] { "beingReferred" }, how = "byPhone" } })).Must(200);
        Assert.Equal(2, accepted.Json.GetProperty("consents").GetArrayLength());
        var export = (await shared.Api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Must(200);
        Assert.Equal(2, export.Json.GetProperty("offer").GetProperty("consents").GetArrayLength());
    }

    [Fact]
    public async Task It_is_corrected_and_taken_away_and_what_it_was_is_kept()
    {
        var id = await shared.Api.RecordAsync(Given.Declined().With("consent", JsonNode.Parse(Asked)!));
        var corrected = (await shared.Api.PutAsync(
            $"offers/{id}/details", new { consent = new { yesTo = new[] { "beingCalled" }, by = "guardian" } })).Must(200);
        var now = Assert.Single(corrected.Json.GetProperty("consents").EnumerateArray());
        Assert.Equal("guardian", now.GetProperty("by").GetString());
        Assert.False(now.TryGetProperty("how", out _));
        var was = corrected.Json.GetProperty("corrections")[0];
        Assert.Equal(["consent"], Words(was, "fields"));
        Assert.Equal("themselves", was.GetProperty("was").GetProperty("consents")[0].GetProperty("by").GetString());

        var taken = (await shared.Api.PutAsync($"offers/{id}/details", new { consent = new { } })).Must(200);
        Assert.False(taken.Json.TryGetProperty("consents", out _));
    }

    [Fact]
    public async Task What_is_said_in_a_call_is_kept_with_its_outcome_and_once()
    {
        var id = await new Households(shared.App, shared.Api).InAsync("due");
        (await shared.Api.AttemptAsync(id, "callLater", new
        {
            callAgainAt = Given.Monday.AddDays(2),
            consent = new { yesTo = new[] { "beingCalled" }, how = "byPhone" },
        })).Must(200);
        var offer = (await shared.Api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal("byPhone", Assert.Single(offer.Json.GetProperty("consents").EnumerateArray()).GetProperty("how").GetString());
    }

    [Fact]
    public async Task An_answer_that_goes_against_what_they_said_is_refused_before_anything_is_stored()
    {
        foreach (var (answer, no, code) in new[]
        {
            ("accepted", "beingReferred", 2062), ("declined", "beingCalled", 2063), ("notAsked", "beingAskedAgain", 2063),
        })
        {
            var id = Guid.NewGuid();
            var offer = (answer == "accepted" ? Given.Accepted() : Given.Declined()).With("answer", answer)
                .With("consent", new JsonObject { ["noTo"] = new JsonArray(no) });
            (await shared.Api.PutAsync($"offers/{id}", offer)).MustRefuse(422, code);
            Assert.False(await shared.KnowsAsync(id));
        }
    }

    [Fact]
    public async Task It_is_sealed_and_goes_with_the_people()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("consent", JsonNode.Parse(Asked)!));
        Assert.DoesNotContain("beingAskedAgain", await StoredAsync(), StringComparison.Ordinal);
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
        var erased = (await api.PostAsync($"offers/{id}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
        Assert.False(erased.Json.TryGetProperty("consents", out _));

        async Task<string> StoredAsync()
        {
            var tables = (Tables.VcasTables)app.Services.GetService(typeof(Tables.VcasTables))!;
            var text = "";
            await foreach (var row in tables.Offers.QueryAsync<Azure.Data.Tables.TableEntity>(
                $"PartitionKey eq '{id}'", cancellationToken: Cancellation)) text += JsonSerializer.Serialize(row);
            Assert.Contains("consentRecorded", text, StringComparison.Ordinal);
            return text;
        }
    }

    [Fact]
    public async Task The_forces_law_is_kept_by_its_version_and_stays_when_the_settings_change()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        string[] first =
        [
            "Vcas:Law:Version=2024-1", "Vcas:Law:Since=2024-01-01", "Vcas:Law:Article6=publicTask",
            "Vcas:Law:Article9=substantialPublicInterest", "Vcas:Law:Schedule1=safeguarding", "Vcas:Law:Words=As our notice says.",
        ];
        try
        {
            Guid id;
            await using (var app = await RunningApp.StartAsync(Given.Clock(), folder, settings: first))
            {
                using var api = new Api(app);
                id = await new Households(app, api).ReferredAsync();
                var law = (await api.GetAsync($"offers/{id}")).Must(200);
                Assert.Equal(
                    ("true", "2024-1", "publicTask", "As our notice says."),
                    (law["law.isSet"], law["law.version"], law["law.article6"], law["law.words"]));
                var audit = (await api.GetAsync($"audit?format=ndjson&offerId={id}")).Must(200).Text;
                Assert.Contains("\"why\":\"publicTask\"", audit, StringComparison.Ordinal);
                var settings = (await api.GetAsync("/console/settings.json")).Must(200);
                Assert.Equal(("safeguarding", "standard-1"), (settings["law.schedule1"], settings["consentWordsVersion"]));
            }

            await using (var app = await RunningApp.StartAsync(
                Given.Clock(), folder, settings: ["Vcas:Law:Version=2024-2", "Vcas:Law:Article6=legalObligation"]))
            {
                using var api = new Api(app);
                var law = (await api.GetAsync($"offers/{id}")).Must(200);
                Assert.Equal(("2024-1", "publicTask", null), (law["law.version"], law["law.article6"], law["law.words"]));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string?> Words(JsonElement of, string name) =>
        of.GetProperty(name).EnumerateArray().Select(word => word.GetString());
}

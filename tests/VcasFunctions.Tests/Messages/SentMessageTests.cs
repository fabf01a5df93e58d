using System.Text.Json.Nodes;
using CsCheck;
using Shared;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Tests.Contracts;

namespace VcasFunctions.Tests.Messages;

/// <summary>What leaves for VCAS keeps the published contract, whatever was recorded at the door.</summary>
public sealed class SentMessageTests
{
    private const int Offers = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_offer_is_taken_in_its_messages_keep_the_contract()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Notifications:Enabled=false");
        using var api = new Api(app);
        var made = 0;
        await RandomOffers.Any.SampleAsync(
            async offer =>
            {
                var id = Guid.NewGuid();
                var answer = await api.PutAsync($"offers/{id}", offer);
                if (answer.Status != 201)
                {
                    answer.MustBeAProblem();
                    return;
                }

                // Whoever didn't accept at the door accepts later, and every kind of message leaves.
                if (answer["state"] != "referred"
                    && (await api.PostAsync($"offers/{id}/acceptance", new { householdAsked = true })).Status != 200)
                    return;
                (await api.PostAsync($"referrals/{id}/amendment", new
                {
                    risks = new[] { "violence", "other" },
                    household = new
                    {
                        people = new[]
                        {
                            new { relationship = "child", ageBand = "from12To15" },
                            new { relationship = "parent", ageBand = "over65" },
                        },
                    },
                }))
                    .Must(200);
                Interlocked.Increment(ref made);
                if (made % 3 == 0) (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
            },
            iter: Offers,
            threads: 4);
        await app.WhenIdleAsync(Cancellation);
        Assert.True(made > Offers / 3, $"Only {made} offers of {Offers} were taken in.");

        await using var vcas = new VcasSide(app);
        var messages = await vcas.TakeAsync();
        var kinds = new HashSet<string>();
        foreach (var message in messages)
        {
            var body = VcasSide.BodyOf(message);
            var name = ((string)body["type"]!)["uk.police.vcas.".Length..];
            kinds.Add(name);
            var faults = (await Contract.SchemaAsync(name))
                .Validate(body.ToJsonString()).Select(fault => $"{fault.Path} {fault.Kind}").ToList();
            Assert.True(faults.Count == 0, $"{name}: {string.Join("; ", faults)}");

            // What a schema can't say.
            Assert.Equal("application/cloudevents+json", message.ContentType);
            Assert.Equal(message.MessageId, (string)body["id"]!);
            Assert.Equal(message.Subject, (string)body["subject"]!);
            Assert.Equal((string)body["subject"]!, (string)body["data"]!["referralId"]!);
            if (name.StartsWith("referral.amended", StringComparison.Ordinal))
                Assert.EndsWith($"/amended-{body["data"]!["version"]}", (string)body["id"]!, StringComparison.Ordinal);
            Assert.DoesNotContain(Contract.Nodes(body).SelectMany(found => found.Node), field =>
                field.Value is null || field.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0);
        }

        Assert.Equal(
            ["referral.amended.v1", "referral.amended.v2", "referral.made.v1", "referral.made.v2", "referral.withdrawn.v1"], kinds.Order());
        Assert.Equal(messages.Count, messages.Select(message => message.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task An_offer_with_all_that_can_be_said_gives_every_field_of_the_worked_example_and_no_other()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Notifications:Enabled=false");
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        await api.RecordAsync(JsonNode.Parse("""
            {
              "answer": "accepted", "crimeReference": "CRI-2024-77", "risks": ["courtDatePending"],
              "officerInCase": "DC Robin Invented, extension 4471",
              "household": { "people": [{ "relationship": "parent", "ageBand": "over65" }] },
              "contact": {
                "name": "Robin Invented", "phone": "07700 900868", "relationship": "parent", "isGuardian": true, "voicemailAllowed": true,
                "codeWord": "lantern", "whoElseMayAnswer": "A lodger", "interpreterLanguage": "so", "accessibilityNeeds": "Text relay",
                "safeTimes": [{ "days": ["tuesday"], "from": "10:00", "to": "11:30" }]
              }
            }
            """)!);
        await app.WhenIdleAsync(Cancellation);
        var sent = VcasSide.BodyOf(Assert.Single(await vcas.TakeAsync()));
        Assert.Equal(PathsOf(Contract.Example("referral.made.v1")), PathsOf(sent));
        Assert.Equal(
            ("Somali", "parent"),
            ((string?)sent["data"]!["contact"]!["interpreterLanguage"], (string?)sent["data"]!["contact"]!["relationship"]));
    }

    [Fact]
    public void The_contract_and_the_app_use_the_same_words()
    {
        var data = JsonNode.Parse(Contract.SchemaText("referral.made.v1"))!;
        var fields = data["properties"]!["data"]!["properties"]!;
        MustBeWordsOf<AgeBand>(fields["household"]!["properties"]!["people"]!["items"]!["properties"]!["ageBand"]!);
        MustBeWordsOf<Relationship>(data["$defs"]!["relationship"]!);
        MustBeWordsOf<Risk>(fields["risks"]!["items"]!);
        MustBeWordsOf<AcceptedWhen>(fields["acceptedWhen"]!);
        MustBeWordsOf<DayOfWeek>(fields["contact"]!["properties"]!["safeTimes"]!["items"]!["properties"]!["days"]!["items"]!);
        MustBeWordsOf<WithdrawalReason>(ReasonOf("referral.withdrawn.v1"));
        MustBeWordsOf<RejectionReason>(ReasonOf("referral.rejected.v1"));
        MustBeWordsOf<ClosureReason>(ReasonOf("referral.closed.v1"));
    }

    // Where fields stand, whatever their values: an item of a list is any item.
    private static IEnumerable<string> PathsOf(JsonNode? node, string place = "$") => node switch
    {
        JsonObject fields => fields.SelectMany(field => PathsOf(field.Value, $"{place}.{field.Key}")).Distinct().Order(),
        JsonArray items => items.SelectMany(item => PathsOf(item, $"{place}[]")).Distinct().Order(),
        _ => [place],
    };

    private static JsonNode ReasonOf(string name) =>
        JsonNode.Parse(Contract.SchemaText(name))!["properties"]!["data"]!["properties"]!["reason"]!;

    private static void MustBeWordsOf<T>(JsonNode schema) where T : struct, Enum =>
        Assert.Equal(Enum.GetValues<T>().Select(Word.Of).Order(), schema["enum"]!.AsArray().Select(word => (string)word!).Order());
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Routes;

/// <summary>Many at one household at once: each is told the truth, and what is stored is of one piece.</summary>
[Trait("Pace", "Slow")]
public sealed class ConcurrencyTests
{
    private const int Writers = 32;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thirty_two_who_record_the_same_offer_record_it_once()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var (id, offer) = (Guid.NewGuid(), Given.Declined());
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => api.PutAsync($"offers/{id}", offer)));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(Writers - 1, answers.Count(answer => answer.Status == 200));
        await MustBeOfOnePieceAsync(app, api, id);
    }

    [Fact]
    public async Task Thirty_two_who_record_different_offers_under_one_id_leave_one()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = Guid.NewGuid();
        // Some of them closed at once, some waiting, some referred: whoever loses must leave no row behind.
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number =>
            api.PutAsync($"offers/{id}", Given.Declined($"07700 9001{number:D2}").With(
                "answer", (number % 3) switch { 0 => "declined", 1 => "accepted", _ => "doNotContact" }))));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(Writers - 1, answers.Count(answer => answer.Status == 409));
        await MustBeOfOnePieceAsync(app, api, id);
    }

    [Fact]
    public async Task An_offer_that_is_refused_because_its_id_is_anothers_changes_nothing_that_a_list_shows()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = Guid.NewGuid();
        (await api.PutAsync($"offers/{id}", Sent("wednesday", "courtDatePending"))).Must(201);
        var before = await RowAsync();
        Assert.Contains("courtDatePending", before, StringComparison.Ordinal);

        (await api.PutAsync($"offers/{id}", Sent("friday", "childrensServicesInvolved"))).MustRefuse(409, 1007);

        Assert.Equal(before, await RowAsync());
        await MustBeOfOnePieceAsync(app, api, id);

        async Task<string> RowAsync() => Assert.Single(
            (await api.GetAsync("call-backs?state=waiting")).Must(200).Json.GetProperty("callBacks").EnumerateArray(),
            row => row.GetProperty("offerId").GetGuid() == id).GetRawText();

        static JsonNode Sent(string day, string risk) => Given.Declined("07700 900188")
            .With("contact", new JsonObject
            {
                ["phone"] = "07700 900188",
                ["safeTimes"] = new JsonArray(new JsonObject { ["days"] = new JsonArray(day), ["from"] = "10:00", ["to"] = "12:00" }),
            })
            .With("risks", new JsonArray(risk));
    }

    [Fact]
    public async Task Thirty_two_different_changes_of_one_household_leave_it_of_one_piece()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => (number % 8) switch
        {
            0 => api.AttemptAsync(id, "noAnswer"),
            1 => api.PutAsync($"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(1 + number) }),
            2 => api.SendAsync("DELETE", $"call-backs/{id}/hold"),
            3 => api.PutAsync($"offers/{id}/contact", new { phone = $"07700 9001{number:D2}" }),
            4 => api.PutAsync($"call-backs/{id}/assignee", new { person = new Guid(number, 0, 0, new byte[8]) }),
            5 => api.PostAsync($"offers/{id}/acceptance", new { }),
            6 => api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" }),
            _ => api.GetAsync($"offers/{id}"),
        }));

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 409 or 503, $"{answer.Status}: {answer.Text}"));
        Assert.Contains(answers, answer => answer.Status == 200);
        await MustBeOfOnePieceAsync(app, api, id);
    }

    [Fact]
    public async Task Whoever_is_never_quick_enough_is_told_that_the_household_is_busy()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var commands = app.Services.GetRequiredService<HouseholdCommands>();
        var time = app.Azure.Engine.Client;
        var others = 0;

        var refused = await Assert.ThrowsAsync<ProblemException>(() => commands.ApplyAsync(
            time,
            id,
            (offer, moment) =>
            {
                // Somebody else is always quicker: between this reading and its writing the contact changes.
                var quicker = offer.Details.Contact! with { Name = $"Alex {others++}" };
                commands.ApplyAsync(time, id, (now, then) => now.ChangeContact(quicker, then), new Actor("officer"), Cancellation)
                    .GetAwaiter().GetResult();
                return offer.Withdraw(WithdrawalReason.Moved, moment);
            },
            new Actor("officer"),
            Cancellation));

        Assert.Equal((9002, 503), (refused.Problem.Code, refused.Problem.Status));
        Assert.Equal(12, others);
        Assert.Equal("waiting", await api.StateAsync(id));
        await MustBeOfOnePieceAsync(app, api, id);
    }

    [Fact]
    public async Task When_the_store_is_gone_the_app_says_that_the_fault_is_its_own_and_nothing_more()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        await app.Azure.Store.CrashAsync();
        var answer = (await api.PutAsync($"offers/{id}/contact", new { phone = "07700 900456" })).MustRefuse(500, 9001);
        Assert.DoesNotContain("Storage", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("900456", answer.Text, StringComparison.Ordinal);
    }

    // The offer, its trail, the lists, the register and its keeper of time all tell of the same household.
    private static async Task MustBeOfOnePieceAsync(RunningApp app, Api api, Guid id)
    {
        await app.WhenIdleAsync(Cancellation);
        var offer = (await api.GetAsync($"offers/{id}")).Must(200);
        var (state, trail) = (offer["state"], offer.Json.GetProperty("trail"));
        Assert.Equal(
            Enumerable.Range(1, trail.GetArrayLength()), trail.EnumerateArray().Select(entry => entry.GetProperty("number").GetInt32()));

        foreach (var list in new[] { "waiting", "due", "held" })
        {
            var rows = (await api.GetAsync($"call-backs?state={list}")).Json
                .GetProperty("callBacks").EnumerateArray().Count(row => row.GetProperty("offerId").GetGuid() == id);
            Assert.True(rows == (state == list ? 1 : 0), $"The household is {state}, and stands {rows} times among those that are {list}.");
        }

        var referrals = (await api.GetAsync("referrals")).Json
            .GetProperty("referrals").EnumerateArray().Where(row => row.GetProperty("referralId").GetGuid() == id).ToList();
        Assert.Equal(offer["referral.state"], referrals.SingleOrDefault() is { ValueKind: not System.Text.Json.JsonValueKind.Undefined } row
            ? row.GetProperty("state").GetString()
            : null);

        var repaired = await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        Assert.False(repaired.Any, $"The sweep found something: {repaired}");
    }
}

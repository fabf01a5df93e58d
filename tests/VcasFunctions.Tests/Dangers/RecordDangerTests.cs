using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Dangers;

/// <summary>Somebody learns of a danger when nobody asks for an answer any more: it is told of as any other.</summary>
public sealed class RecordDangerTests
{
    private const string Supervisor = "5a000000-0000-4000-8000-000000000001";
    private const string Words = "A child may be a victim here: ring the safeguarding desk.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("waiting")]
    [InlineData("due")]
    [InlineData("held")]
    [InlineData("wrongNumber")]
    [InlineData("referred")]
    [InlineData("referralClosed")]
    [InlineData("doNotContact")]
    [InlineData("declinedAgain")]
    [InlineData("withdrawn")]
    public async Task In_every_state_the_supervisor_is_told_and_whoever_records_it_hears_whom_to_call(string state)
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync(state);
        var before = (await api.GetAsync($"offers/{id}")).Must(200);
        // What an outcome leads to is told of once it can't be undone any more.
        await app.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
        var told = app.Azure.Graph.Inbox(Supervisor).Count;

        var recorded = (await api.PostAsync($"offers/{id}/danger", new { risks = new[] { "selfHarm" } })).Must(200);
        Assert.Equal(before["state"], recorded["state"]);
        Assert.Equal("true", recorded["danger.alertsNobody"], ignoreCase: true);
        Assert.Equal("01632 960 101", recorded["danger.controlRoom"]);
        Assert.Null(recorded["danger.directVictim"]);
        Assert.Contains("alerts nobody who can come", recorded["remark"]!, StringComparison.Ordinal);
        // A phone that lost the answer sends it again, and hears the same.
        var again = (await api.PostAsync($"offers/{id}/danger", new { risks = new[] { "selfHarm" } })).Must(200);
        Assert.Equal(recorded["remark"], again["remark"]);

        await app.WhenIdleAsync(Cancellation);
        Assert.Equal(told + 1, app.Azure.Graph.Inbox(Supervisor).Count);
        var row = Assert.Single((await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers").EnumerateArray());
        Assert.Equal(id, row.GetProperty("offerId").GetGuid());
        Assert.Equal("selfHarm", row.GetProperty("risks")[0].GetString());
        // After "never" nothing of it brings a number back.
        if (state == "doNotContact") Assert.DoesNotContain("07700", recorded.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recorded")]
    [InlineData("corrected")]
    [InlineData("amended")]
    [InlineData("by itself")]
    public async Task That_a_child_may_be_a_direct_victim_is_a_danger_with_words_of_its_own(string how)
    {
        await using var app = await StartAsync($"Vcas:Safety:DirectVictimWords={Words}");
        using var api = new Api(app);
        var id = Guid.NewGuid();
        var offer = how == "amended" ? Given.Accepted() : Given.Declined();
        if (how == "recorded") offer = offer.With("childMayBeDirectVictim", true);
        var answer = (await api.PutAsync($"offers/{id}", offer)).Must(201);
        await app.WhenIdleAsync(Cancellation);
        answer = how switch
        {
            "corrected" => await api.PutAsync($"offers/{id}/details", new { childMayBeDirectVictim = true }),
            "amended" => await api.PostAsync($"referrals/{id}/amendment", new { childMayBeDirectVictim = true }),
            "by itself" => await api.PostAsync($"offers/{id}/danger", new { childMayBeDirectVictim = true }),
            _ => answer,
        };
        Assert.Equal(Words, answer["danger.directVictim"]);
        Assert.Contains(Words, answer["remark"]!, StringComparison.Ordinal);
        Assert.Equal("true", answer["childMayBeDirectVictim"], ignoreCase: true);
        var row = (await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers")[0];
        Assert.True(row.GetProperty("childMayBeDirectVictim").GetBoolean());
        Assert.Empty(row.GetProperty("risks").EnumerateArray());
        await app.WhenIdleAsync(Cancellation);
        // VCAS's message has no such field, so nothing goes to it.
        Assert.Equal(how == "amended" ? 1 : 0, app.Azure.Broker.Count("referrals").Active);

        // Sealed wherever it is stored.
        var tables = app.Services.GetRequiredService<VcasTables>();
        foreach (var table in new[] { tables.Offers, tables.CallBacks })
        {
            await foreach (var stored in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                var text = string.Join(" ", stored.Select(column => column.Value));
                Assert.DoesNotContain("childMayBeDirectVictim\":true", text, StringComparison.OrdinalIgnoreCase);
                if (table == tables.CallBacks) Assert.DoesNotContain("DirectVictim", text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task What_was_done_is_asked_for_until_somebody_says_it_and_the_deputy_hears_of_it_too()
    {
        const string Deputy = "5a000000-0000-4000-8000-000000000002";
        await using var app = await StartAsync($"Vcas:OtherTeams:Deputy={Deputy}", RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("withdrawn");
        (await api.PostAsync($"offers/{id}/danger", new { risks = new[] { "violence" } })).Must(200);
        (await api.SendAsync("POST", $"offers/{id}/danger/acknowledgement")).Must(200);
        // Acknowledged on a Monday at ten.
        var due = (await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers")[0].GetProperty("measureDueAt").GetDateTimeOffset();
        Assert.Equal(Given.Monday.Date.AddDays(1), due.UtcDateTime);
        await app.AdvanceToAsync(due.AddMinutes(-1), Cancellation);
        Assert.DoesNotContain(app.Azure.Graph.Inbox(), notice => notice.ActivityType == "measureMissing");
        await app.AdvanceToAsync(due.AddMinutes(1), Cancellation);
        Assert.Single(app.Azure.Graph.Inbox(Supervisor), notice => notice.ActivityType == "measureMissing");
        Assert.Empty(app.Azure.Graph.Inbox(Deputy));
        await app.AdvanceToAsync(due.AddHours(9).AddMinutes(1), Cancellation);
        Assert.Equal("measureMissing", Assert.Single(app.Azure.Graph.Inbox(Deputy)).ActivityType);
        Assert.All(app.Azure.Graph.Inbox(), notice => Assert.DoesNotContain("iolence", notice.PreviewText, StringComparison.Ordinal));

        (await api.PostAsync($"offers/{id}/danger/action", new { action = "none", reason = "noLongerTrue" })).Must(200);
        var told = app.Azure.Graph.Inbox().Count;
        await app.AdvanceAsync(TimeSpan.FromDays(6), Cancellation);
        Assert.Equal(told, app.Azure.Graph.Inbox().Count);
        Assert.Equal(
            ["dangerRecorded", "dangerAcknowledged", "measureReminded", "measureReminded", "dangerActionRecorded"],
            (await api.GetAsync($"offers/{id}")).Json.GetProperty("trail").EnumerateArray()
                .Select(entry => entry.GetProperty("event").GetString()).Where(name => name!.Contains("anger") || name.Contains("easure")));
    }

    [Fact]
    public async Task Of_what_was_done_about_an_earlier_one_nothing_is_lost()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("childAtRisk")));
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "safeguardingNotification", reference = "MASH 24/0555" }))
            .Must(200);
        (await api.PostAsync($"offers/{id}/danger", new { risks = new[] { "childAtRisk" } })).Must(200);
        var read = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal("2", read["danger.number"]);
        Assert.Equal(
            "MASH 24/0555", read.Json.GetProperty("danger").GetProperty("earlierMeasures")[0].GetProperty("reference").GetString());
        var exported = (await api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Text;
        Assert.Contains("MASH 24/0555", exported, StringComparison.Ordinal);
    }

    private static Task<RunningApp> StartAsync(params string[] settings) => RunningApp.StartAsync(
        Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", "Vcas:Safety:ControlRoom=01632 960 101", .. settings]);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Households;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Retention;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Privacy;

namespace VcasFunctions.Tests.Retention;

/// <summary>What tells of people goes when its time is over or when they ask for it, and what was counted stays counted.</summary>
[Trait("Pace", "Slow")]
public sealed class RetentionTests
{
    private static readonly string[] Short =
        [
            "Vcas:Retention:ClosedDays=30",
            "Vcas:Retention:ReferredDays=60",
            "Vcas:Retention:ErrorDays=5",
            "Vcas:Retention:DeadLetterDays=10",
            "Vcas:Retention:TimekeepingDays=20",
            "Vcas:Retention:AuditDays=90",
        ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_is_erased_when_its_time_is_over_and_not_before_and_the_figures_and_the_audit_stay()
    {
        // No call falls due meanwhile, so that no figure changes by time alone.
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [.. Short, "Vcas:Policy:IntervalDays=90", RunningApp.SweptDaily]);
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var households = new Households(app, api);
        var error = await api.RecordAsync(Named("declined"));
        (await api.PostAsync($"offers/{error}/withdrawal", new { reason = "recordedInError" })).Must(200);
        var closed = await api.RecordAsync(Named("declined"));
        (await api.PostAsync($"offers/{closed}/withdrawal", new { reason = "moved" })).Must(200);
        var referred = await households.ReferredAsync(Named("accepted"));
        await vcas.AnswerAsync(referred, "accepted");
        var open = await api.RecordAsync(Named("declined"));
        var figures = (await api.GetAsync("reports/uptake")).Must(200)["total"];

        await app.AdvanceAsync(TimeSpan.FromDays(4), Cancellation);
        Assert.Equal("", await ErasedAsync(api, error, closed, referred, open));
        await app.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        Assert.Equal("1", await ErasedAsync(api, error, closed, referred, open));
        await app.AdvanceAsync(TimeSpan.FromDays(25), Cancellation);
        Assert.Equal("12", await ErasedAsync(api, error, closed, referred, open));
        await app.AdvanceAsync(TimeSpan.FromDays(30), Cancellation);
        Assert.Equal("123", await ErasedAsync(api, error, closed, referred, open));

        Assert.Equal(figures, (await api.GetAsync("reports/uptake")).Must(200)["total"]);
        Assert.DoesNotContain($"{referred}", (await api.GetAsync("referrals")).Must(200).Text, StringComparison.Ordinal);
        Assert.Equal("true", (await api.GetAsync("audit/verification?from=2024-03-11")).Must(200)["isWhole"]);
        // VCAS's last word comes late, and the sweep looks around: nothing comes back.
        await vcas.AnswerAsync(referred, "closed", reason: "completed");
        await app.AdvanceAsync(TimeSpan.FromHours(3), Cancellation);
        Assert.Equal("123", await ErasedAsync(api, error, closed, referred, open));
        Assert.DoesNotContain($"{referred}", (await api.GetAsync("referrals")).Must(200).Text, StringComparison.Ordinal);
        await MustHoldNoPersonAsync(app, error, closed, referred);
    }

    [Fact]
    public async Task When_the_audits_time_is_over_nothing_of_the_household_is_left_but_its_figures()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [.. Short, "Vcas:Retention:AuditDays=61", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = await api.RecordAsync(Named("declined"));
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(100), Cancellation);

        (await api.GetAsync($"offers/{id}")).MustRefuse(404, 1006);
        var rows = 0;
        await foreach (var _ in Tables(app).Offers.QueryAsync<TableEntity>(cancellationToken: Cancellation)) rows++;
        Assert.Equal(0, rows);
        Assert.Equal("1", (await api.GetAsync("reports/uptake")).Must(200)["total.offers"]);
        Assert.Equal("true", (await api.GetAsync("audit/verification")).Must(200)["isWhole"]);
    }

    [Fact]
    public async Task A_night_on_which_the_audit_cannot_be_anchored_erases_all_the_same()
    {
        var log = new Listening();
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), configure: log.Attach, settings: [.. Short, RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = await api.RecordAsync(Named("declined"));
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "recordedInError" })).Must(200);
        await Tables(app).Audit.AddEntityAsync(new TableEntity("anchors", "!no day"), Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(7), Cancellation);
        Assert.Equal("1", await ErasedAsync(api, id));
        Assert.Contains(log.Lines, line => line.Contains("Error The night's anchoring failed: ", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("The night's erasure failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_night_that_was_left_out_is_made_up_and_doing_it_again_changes_nothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        var clock = Given.Clock();
        try
        {
            Guid id;
            await using (var app = await RunningApp.StartAsync(clock, folder, settings: Short))
            {
                using var api = new Api(app);
                id = await api.RecordAsync(Named("declined"));
                (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
            }

            clock.Advance(TimeSpan.FromDays(50));
            await using (var app = await RunningApp.StartAsync(clock, folder, settings: Short))
            {
                using var api = new Api(app);
                var (eraser, time) = (app.Services.GetRequiredService<HouseholdEraser>(), app.Azure.Engine.Client);
                Assert.Equal((1, 0), await eraser.EraseDueAsync(time, Cancellation));
                Assert.Equal((0, 0), await eraser.EraseDueAsync(time, Cancellation));
                Assert.Equal("1", await ErasedAsync(api, id));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Erasure_on_request_is_refused_while_something_is_open_and_then_leaves_nothing_of_a_person()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var waiting = await api.RecordAsync(Named("declined"));
        var referred = await new Households(app, api).ReferredAsync(Named("accepted"));
        var request = new { reason = "dataSubjectRequest" };
        (await api.PostAsync($"offers/{waiting}/erasure", request)).MustRefuse(409, 2011);
        (await api.PostAsync($"offers/{referred}/erasure", request)).MustRefuse(409, 2011);

        foreach (var id in new[] { waiting, referred })
        {
            (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "noLongerWanted" })).Must(200);
            await app.WhenIdleAsync(Cancellation);
            var erased = (await api.PostAsync($"offers/{id}/erasure", request)).Must(200);
            Assert.Equal("dataSubjectRequest", erased["erasure.reason"]);
            Assert.Equal(erased.Text, (await api.PostAsync($"offers/{id}/erasure", request)).Must(200).Text);
            (await api.PutAsync($"offers/{id}", Named("declined"))).MustRefuse(409, 2012);
            (await api.PostAsync($"offers/{id}/acceptance", new { householdAsked = true, contact = new { phone = "07700 900123" } }))
                .MustRefuse(409, 2012);
        }

        await MustHoldNoPersonAsync(app, waiting, referred);
        var line = (await api.GetAsync($"audit?format=ndjson&offerId={waiting}")).Must(200).Text;
        Assert.Contains("\"kind\":\"erasure\",\"what\":\"householdErased\"", line, StringComparison.Ordinal);
        Assert.Equal("true", (await api.GetAsync($"audit/verification?offerId={waiting}")).Must(200)["isWhole"]);
    }

    [Fact]
    public async Task Every_export_of_a_household_is_said_in_the_log()
    {
        var log = new Listening();
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: log.Attach);
        using var api = new Api(app);
        var id = await api.RecordAsync(Named("declined"));
        foreach (var reason in new[] { "dataSubjectRequest", "audit" })
            (await api.GetAsync($"offers/{id}/export?reason={reason}")).Must(200);
        var said = log.Lines.Where(line => line.Contains("was exported as a whole", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, said.Count);
        Assert.All(
            said,
            line => Assert.Contains($"Warning {Household.ReferenceOf(id)} was exported as a whole, for ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_holds_all_that_is_kept_and_is_a_disclosure_to_whom_it_is_about()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await api.RecordAsync(Named("declined"));
        (await api.GetAsync($"offers/{id}/export")).MustRefuse(400, 1030);
        var export = (await api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest")).Must(200);
        Assert.Equal("Alex Quillivant", export["offer.contact.name"]);
        var last = export.Json.GetProperty("audit").EnumerateArray().Last();
        Assert.Equal(
            ("householdExported", "disclosure", "dataSubject"),
            (last.GetProperty("what").GetString(), last.GetProperty("kind").GetString(), last.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task What_was_put_aside_on_a_queue_and_what_kept_time_are_gone_after_their_time()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: [.. Short, RunningApp.SweptDaily]);
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        await vcas.SendAsync("""{"id":"x","type":"uk.police.vcas.referral.accepted.v1"}""");
        var id = await new Households(app, api).ReferredAsync();
        await vcas.AnswerAsync(id, "accepted");
        await using var client = new ServiceBusClient(app.Azure.Broker.ConnectionString);
        await using var receiver = client.CreateReceiver("referrals");
        await receiver.DeadLetterMessageAsync(
            (await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation))!, cancellationToken: Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(9), Cancellation);
        Assert.Equal((1, 1), (app.Azure.Broker.Count("referrals-dead").Active, app.Azure.Broker.Count("referral-answers-dead").Active));
        Assert.NotNull(await app.Azure.Engine.Client.GetInstanceAsync($"{id}", Cancellation));
        await app.AdvanceAsync(TimeSpan.FromDays(13), Cancellation);
        Assert.Equal((0, 0), (app.Azure.Broker.Count("referrals-dead").Active, app.Azure.Broker.Count("referral-answers-dead").Active));
        Assert.Null(await app.Azure.Engine.Client.GetInstanceAsync($"{id}", Cancellation));
    }

    [Theory]
    [InlineData(0, 1095, "Vcas:Retention:ClosedDays")]
    [InlineData(365, 3000, "Vcas:Retention:AuditDays")]
    public void A_period_that_cannot_be_meant_stops_the_start_and_is_named(int closed, int referred, string named)
    {
        var options = new RetentionOptions { ClosedDays = closed, ReferredDays = referred };
        Assert.Contains(named, Assert.Single(new RetentionOptionsValidator().Validate(null, options).Failures!), StringComparison.Ordinal);
        Assert.True(new RetentionOptionsValidator().Validate(null, new RetentionOptions()).Succeeded);
    }

    private static JsonObject Named(string answer) => new()
    {
        ["answer"] = answer,
        ["crimeReference"] = "CRIX/777",
        ["contact"] = new JsonObject { ["name"] = "Alex Quillivant", ["phone"] = Given.Number() },
    };

    private static async Task<string> ErasedAsync(Api api, params Guid[] ids)
    {
        var erased = "";
        for (var i = 0; i < ids.Length; i++)
        {
            var offer = (await api.GetAsync($"offers/{ids[i]}")).Must(200);
            Assert.Equal(offer["erasure"] is null, offer.Text.Contains("Quillivant", StringComparison.Ordinal));
            if (offer["erasure"] is not null) erased += $"{i + 1}";
        }

        return erased;
    }

    // What was sealed can't be read, but it must not be there either.
    private static async Task MustHoldNoPersonAsync(RunningApp app, params Guid[] ids)
    {
        foreach (var id in ids)
        {
            await foreach (var row in Tables(app).Offers.QueryAsync<TableEntity>(
                $"PartitionKey eq '{id}' and RowKey eq 'offer'", cancellationToken: Cancellation))
            {
                Assert.False(row.ContainsKey("Persons") || row.ContainsKey("DataKey"));
                Assert.DoesNotContain("CRIX", JsonSerializer.Serialize(row), StringComparison.Ordinal);
            }
        }
    }

    private static VcasTables Tables(RunningApp app) => app.Services.GetRequiredService<VcasTables>();
}

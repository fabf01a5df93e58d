using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Retention;
using VcasFunctions.Sweep;
using VcasFunctions.Tests.Privacy;

namespace VcasFunctions.Tests.Retention;

/// <summary>What may have to be disclosed elsewhere is erased by nobody until a person says so.</summary>
[Trait("Pace", "Slow")]
public sealed class DisclosureHoldTests
{
    private const string Supervisor = "5d000000-0000-4000-8000-000000000001";

    private static readonly string[] Short =
    [
        "Vcas:Retention:ClosedDays=30", "Vcas:Policy:IntervalDays=90",
        $"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Past_its_erasure_date_it_stays_until_it_is_released_and_the_next_night_erases_it()
    {
        var log = new Listening();
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: log.Attach, settings: Short);
        using var api = new Api(app);
        var (held, free) = (await WithdrawnAsync(api), await WithdrawnAsync(api));
        await HoldAsync(api, held, days: 60);

        await app.AdvanceAsync(TimeSpan.FromDays(50), Cancellation);
        Assert.Equal((false, true), (await IsErasedAsync(api, held), await IsErasedAsync(api, free)));
        Assert.Contains(log.Lines, line => line.Contains(
            "1 households are kept under a disclosure hold, 0 of them past their review", StringComparison.Ordinal));

        // Its review: the supervisor is told, and it stays.
        await app.AdvanceAsync(TimeSpan.FromDays(15), Cancellation);
        Assert.Equal("disclosureReview", Assert.Single(app.Azure.Graph.Inbox(Supervisor)).ActivityType);
        Assert.False(await IsErasedAsync(api, held));

        (await api.SendAsync("DELETE", $"offers/{held}/disclosure-hold")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.True(await IsErasedAsync(api, held));
        Assert.Equal("true", (await api.GetAsync("audit/verification?from=2024-03-11")).Must(200)["isWhole"]);
    }

    [Fact]
    public async Task A_hold_that_came_and_went_keeps_nobody_for_longer_and_work_with_the_household_does()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: Short);
        using var api = new Api(app);
        var (released, reopened) = (await WithdrawnAsync(api), await WithdrawnAsync(api));
        await HoldAsync(api, released, days: 20);
        await HoldAsync(api, reopened, days: 90);
        await app.AdvanceAsync(TimeSpan.FromDays(25), Cancellation);
        (await api.SendAsync("DELETE", $"offers/{released}/disclosure-hold")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(7), Cancellation);
        Assert.True(await IsErasedAsync(api, released));

        // This one was past its time too; it is worked with again, and its period begins anew.
        (await api.PostAsync($"offers/{reopened}/reopening", new { reason = "closedInError" })).Must(200);
        (await api.PostAsync($"offers/{reopened}/withdrawal", new { reason = "moved" })).Must(200);
        (await api.SendAsync("DELETE", $"offers/{reopened}/disclosure-hold")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(25), Cancellation);
        Assert.False(await IsErasedAsync(api, reopened));
        await app.AdvanceAsync(TimeSpan.FromDays(7), Cancellation);
        Assert.True(await IsErasedAsync(api, reopened));
    }

    [Fact]
    public async Task A_request_for_erasure_is_refused_by_its_number_and_whoever_releases_the_hold_is_told_of_it()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await WithdrawnAsync(api);
        await HoldAsync(api, id, days: 60);
        var refused = await api.PostAsync($"offers/{id}/erasure", new { reason = "dataSubjectRequest" });
        refused.MustRefuse(409, 2065);
        Assert.Contains("disclosure hold (cpia), to be reviewed on 2024-05-10", refused.Text, StringComparison.Ordinal);
        var held = (await api.GetAsync($"offers/{id}")).Must(200);
        Assert.Equal("2024-03-11T10:00:00+00:00", held["disclosureHold.erasureAskedAt"]);
        Assert.Equal("cpia", (await api.GetAsync($"offers/{id}/export?reason=dataSubjectRequest"))["offer.disclosureHold.reason"]);

        var released = (await api.SendAsync("DELETE", $"offers/{id}/disclosure-hold")).Must(200);
        Assert.Contains("asked for the erasure", released["remark"], StringComparison.Ordinal);
        (await api.PostAsync($"offers/{id}/erasure", new { reason = "dataSubjectRequest" })).Must(200);
    }

    [Fact]
    public async Task A_review_that_its_timer_missed_is_found_by_the_sweep_also_of_a_household_that_nobody_calls_any_more()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: [.. Short, "Vcas:Retention:ClosedDays=300"]);
        using var api = new Api(app);
        var id = await WithdrawnAsync(api);
        await HoldAsync(api, id, days: 5);
        await app.Azure.Engine.Client.TerminateInstanceAsync($"{id}", cancellation: Cancellation);
        await app.AdvanceAsync(TimeSpan.FromDays(6), Cancellation);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        await app.WhenIdleAsync(Cancellation);
        Assert.Contains(app.Azure.Graph.Inbox(Supervisor), notice => notice.ActivityType == "disclosureReview");
    }

    [Fact]
    public async Task Each_reason_for_closing_has_a_period_of_its_own()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings:
        [
            .. Short, "Vcas:Retention:WithdrawnDays=10", "Vcas:Retention:DoNotContactDays=20", "Vcas:Retention:DiedDays=40",
        ]);
        using var api = new Api(app);
        var withdrawn = await WithdrawnAsync(api);
        var never = await api.RecordAsync(Given.Declined().With("answer", "doNotContact"));
        var died = await api.RecordAsync(Given.Declined());
        (await api.PostAsync($"offers/{died}/withdrawal", new { reason = "died" })).Must(200);
        foreach (var (days, erased) in new[] { (9, 0), (3, 1), (10, 2), (10, 2), (10, 3) })
        {
            await app.AdvanceAsync(TimeSpan.FromDays(days), Cancellation);
            var count = 0;
            foreach (var id in new[] { withdrawn, never, died }) count += await IsErasedAsync(api, id) ? 1 : 0;
            Assert.Equal(erased, count);
        }
    }

    [Fact]
    public async Task A_number_that_is_never_called_can_be_taken_back_however_long_ago_its_household_was_erased()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: ["Vcas:Retention:ClosedDays=5", "Vcas:Retention:ErrorDays=5", "Vcas:Retention:ReferredDays=5",
                "Vcas:Retention:AuditDays=20", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var phone = Given.Number();
        var never = await api.RecordAsync(Given.Declined(phone).With("answer", "doNotContact"));
        var gone = await WithdrawnAsync(api);
        await app.AdvanceAsync(TimeSpan.FromDays(40), Cancellation);
        (await api.GetAsync($"offers/{gone}")).MustRefuse(404, 1006);

        Assert.True(await IsErasedAsync(api, never));
        var held = await api.RecordAsync(Given.Declined(phone).With("offeredAt", app.Clock.GetUtcNow().ToString("O")));
        Assert.Equal("held", await api.StateAsync(held));
        (await api.PostAsync($"offers/{never}/never/withdrawal", new { reason = "reviewed" })).Must(200);
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("waiting", await api.StateAsync(held));
        // From then on it goes like any other.
        await app.AdvanceAsync(TimeSpan.FromDays(22), Cancellation);
        (await api.GetAsync($"offers/{never}")).MustRefuse(404, 1006);
    }

    private static async Task<Guid> WithdrawnAsync(Api api)
    {
        var id = await api.RecordAsync(Given.Declined());
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
        return id;
    }

    private static async Task HoldAsync(Api api, Guid id, int days) => (await api.PutAsync(
        $"offers/{id}/disclosure-hold", new { reason = "cpia", reviewAt = Given.Monday.AddDays(days) })).Must(200);

    private static async Task<bool> IsErasedAsync(Api api, Guid id) =>
        (await api.GetAsync($"offers/{id}")).Must(200)["erasure"] is not null;
}

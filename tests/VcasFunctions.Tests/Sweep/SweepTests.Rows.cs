using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Shared;
using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.CallBacks;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;
using VcasFunctions.Timekeeping;

namespace VcasFunctions.Tests.Sweep;

/// <summary>Rows and marks: what the sweep takes out of the lists and what it puts back.</summary>
public sealed partial class SweepTests
{
    [Fact]
    public async Task A_stale_row_is_taken_away_and_a_missing_one_put_back()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var tables = app.Services.GetRequiredService<VcasTables>();
        var list = app.Services.GetRequiredService<CallBackList>();
        var offer = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;

        // As a crash between the lists leaves it: in the list of due calls, and not in that of waiting ones.
        await list.RowOf(DueOf(offer))!.PutAsync(Cancellation);
        await list.RowOf(offer)!.RemoveAsync(Cancellation);
        await MustRepairAsync(app, repaired => repaired.Relisted == 1);
        Assert.Empty((await api.GetAsync("call-backs?state=due")).Json.GetProperty("callBacks").EnumerateArray());
        Assert.Single((await api.GetAsync("call-backs?state=waiting")).Json.GetProperty("callBacks").EnumerateArray());

        // A row of the register that was never written is found on the way.
        var month = CallBackCalendar.MonthOf(offer.Details.OfferedAt);
        await tables.Register.DeleteEntityAsync(month, id.ToString("D"), ETag.All, Cancellation);
        await RepairAsync(app);
        Assert.True(
            (await tables.Register.GetEntityIfExistsAsync<TableEntity>(month, id.ToString("D"), cancellationToken: Cancellation)).HasValue);
    }

    [Fact]
    public async Task A_row_of_an_offer_that_was_never_stored_goes_after_an_hour()
    {
        // Whatever holds the tables stamps rows by its own clock, which need not be the app's: this test's app has the machine's time.
        await using var app = await RunningApp.StartAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var list = app.Services.GetRequiredService<CallBackList>();
        await list.MarkOf(Guid.NewGuid(), 1).PutAsync(Cancellation);
        Assert.Equal(1, (await RepairAsync(app)).Households);
        await app.AdvanceAsync(TimeSpan.FromMinutes(121), Cancellation);
        Assert.Equal(0, (await RepairAsync(app)).Households);
    }

    [Fact]
    public async Task An_offer_closed_as_it_is_recorded_whose_mark_stayed_is_unmarked()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("doNotContact");
        await app.Services.GetRequiredService<CallBackList>().MarkOf(id, 1).PutAsync(Cancellation);
        await MustRepairAsync(app, repaired => repaired.Relisted == 1);
        Assert.Equal(0, (await RepairAsync(app)).Households);
    }

    [Fact]
    public async Task A_closed_household_whose_change_ended_half_way_is_finished()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("declinedAgain");
        Assert.Equal(0, (await RepairAsync(app)).Households);

        // The withdrawal is stored, and then the register can't be reached: no list shows this household any more.
        var tables = app.Services.GetRequiredService<VcasTables>();
        await tables.Register.DeleteAsync(Cancellation);
        Assert.NotEqual(200, (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "recordedInError" })).Status);
        await tables.Register.CreateIfNotExistsAsync(Cancellation);
        Assert.Equal("closed", await api.StateAsync(id));

        await MustRepairAsync(app, repaired => repaired.Relisted == 1);
        var offer = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;
        Assert.False(
            (await app.Services.GetRequiredService<UptakeRegister>().FindAsync(HouseholdRecord.Of(offer), Cancellation))!.IsCounted);
        Assert.Equal(0, (await RepairAsync(app)).Households);
    }

    [Fact]
    public async Task A_change_to_a_closed_household_leaves_no_mark()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var households = new Households(app, api);
        var id = await households.InAsync("declinedAgain");
        (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "doNotContact" })).Must(200);
        await households.InAsync("referralClosed");
        Assert.Equal(0, (await RepairAsync(app)).Households);
    }

    [Fact]
    public async Task A_referral_that_stood_under_two_states_stands_under_its_own()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await new Households(app, api).InAsync("referralClosed");
        var offer = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;
        var list = app.Services.GetRequiredService<ReferralList>();

        // As a crash leaves it after VCAS closed a referral that it had accepted: the sweep looks at neither row, but at the mark.
        var accepted = offer.Referral! with { State = ReferralState.Accepted };
        await list.RowOf(offer with { Referrals = [accepted], Revision = offer.Revision - 1 })!.PutAsync(Cancellation);
        await app.Services.GetRequiredService<CallBackList>().MarkOf(id, offer.Revision).PutAsync(Cancellation);
        await MustRepairAsync(app, repaired => repaired.Relisted == 1);
        Assert.Empty(await list.ReadAsync(ReferralState.Accepted, Cancellation));
        Assert.Single(await list.ReadAsync(ReferralState.Closed, Cancellation));
    }

    [Fact]
    public async Task A_change_that_has_listed_its_household_and_not_stored_it_yet_survives_the_sweep_in_between()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var store = app.Services.GetRequiredService<HouseholdStore>();
        var swept = 0;

        // The sweep comes between the listing and the storing, and takes the row away that nothing stored asks for yet.
        await app.Services.GetRequiredService<HouseholdCommands>().ApplyAsync(
            app.Azure.Engine.Client,
            id,
            (offer, moment) =>
            {
                if (swept++ == 0)
                {
                    var change = offer.PlaceHold(HoldReason.BailChanged, Given.Monday.AddDays(3), moment);
                    app.Services.GetRequiredService<CallBackList>()
                        .RowOf(change.Household)!.PutAsync(Cancellation).GetAwaiter().GetResult();
                    Assert.Equal(1, RepairAsync(app).GetAwaiter().GetResult().Relisted);
                }

                return offer.PlaceHold(HoldReason.BailChanged, Given.Monday.AddDays(3), moment);
            },
            new Actor("caller"),
            Cancellation);

        Assert.Equal(2, swept);
        Assert.Equal(HouseholdState.Held, (await store.FindAsync(id, Cancellation))!.Household.State);
        Assert.Single((await api.GetAsync("call-backs?state=held")).Json.GetProperty("callBacks").EnumerateArray());
        Assert.False((await RepairAsync(app)).Any);
    }

    [Fact]
    public async Task A_household_that_came_back_to_its_place_is_not_taken_out_by_whoever_had_it_leave()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var list = app.Services.GetRequiredService<CallBackList>();
        var offer = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;

        // Held (revision 2) and released (revision 3): the release has listed it already when the hold tidies up.
        await list.RowOf(offer with { Revision = 3 })!.PutAsync(Cancellation);
        await list.RowOf(offer)!.RemoveUpToAsync(2, Cancellation);
        Assert.Single((await api.GetAsync("call-backs?state=waiting")).Json.GetProperty("callBacks").EnumerateArray());

        // Somebody who listed it in vain takes back what stands there under his own version alone.
        var elsewhere = list.RowOf(DueOf(offer))!;
        var mine = await elsewhere.PutAsync(Cancellation);
        var another = await elsewhere.PutAsync(Cancellation);
        await mine.RemoveKnownAsync(Cancellation);
        Assert.Single((await api.GetAsync("call-backs?state=due")).Json.GetProperty("callBacks").EnumerateArray());
        await another.RemoveKnownAsync(Cancellation);
        Assert.Empty((await api.GetAsync("call-backs?state=due")).Json.GetProperty("callBacks").EnumerateArray());
    }

    // Instances of the app meet at one household: what one of them has read is old when it puts its rows in order.
    [Fact]
    public async Task A_row_is_taken_back_though_its_household_has_changed_meanwhile_unless_it_stands_for_that_change()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());
        var list = app.Services.GetRequiredService<CallBackList>();
        var lists = app.Services.GetRequiredService<HouseholdLists>();
        var asRead = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!;
        var revision = asRead.Household.Revision;
        ListRow[] vain =
        [
            await list.MarkOf(id, revision).PutAsync(Cancellation), await list.RowOf(DueOf(asRead.Household))!.PutAsync(Cancellation),
        ];
        (await api.PutAsync($"offers/{id}/contact", new { phone = "07700 900733" })).Must(200);

        await lists.TakeBackAsync(asRead, lists.RowsOf(asRead.Household), vain, Cancellation);
        Assert.False((await RepairAsync(app)).Any);

        // Somebody's mark for the change that they are storing stands, and who wrote theirs over it knows it only under its new version.
        await list.MarkOf(id, revision + 2).PutAsync(Cancellation);
        var mine = await list.MarkOf(id, revision).PutAsync(Cancellation);
        await lists.TakeBackAsync(asRead, lists.RowsOf(asRead.Household), [mine], Cancellation);
        Assert.NotNull(await mine.FindAsync(Cancellation));
    }

    // Tables that were put back to an earlier day: the name of the event that is waited for may begin with that of the right one.
    [Theory]
    [InlineData(12)]
    [InlineData(2)]
    public async Task An_orchestration_that_has_read_a_revision_which_the_household_has_no_longer_is_begun_anew(int revision)
    {
        await using var app = await StartAsync();
        var id = Guid.NewGuid();
        await Assert.ThrowsAsync<InvalidOperationException>(() => RecordAsync(app, id, new Unreachable().Object));
        var listensFor = HouseholdOrchestrations.ChangeAfter(revision);
        var client = new Mock<DurableTaskClient>("one whose orchestration has seen more than the tables hold");
        client.Setup(time => time.GetInstanceAsync(id.ToString(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new OrchestrationMetadata(nameof(OfferOrchestration), id.ToString())
            {
                RuntimeStatus = OrchestrationRuntimeStatus.Running,
                LastUpdatedAt = Given.Monday.AddDays(-2),
                DataConverter = JsonDataConverter.Default,
                SerializedCustomStatus = JsonDataConverter.Default.Serialize(
                    new HouseholdOrchestrationStatus(Stage.AwaitingCall, Given.Monday.AddDays(20), revision, listensFor)),
            });

        var repaired = await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(client.Object, Cancellation);
        Assert.Equal((1, 0), (repaired.Restarted, repaired.Failed));
        client.Verify(
            time => time.ScheduleNewOrchestrationInstanceAsync(
                nameof(OfferOrchestration),
                It.Is<object?>(input => ((HouseholdOrchestrationInput)input!).OfferId == id),
                It.IsAny<Microsoft.DurableTask.StartOrchestrationOptions?>(),
                It.IsAny<CancellationToken>()),
            Times.Once);
    }

    private static Household DueOf(Household waiting) =>
        waiting with { Course = new ContactCourse.Due(waiting.CallFrom!.Value, waiting.CallFrom.Value, waiting.CallFrom.Value, 0) };
}

using Azure;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Households;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Failures;

/// <summary>
/// A change was stored and what follows from it was not, and another change took the household out of all lists before a sweep had come.
/// </summary>
public sealed class LeftUndoneTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("needsMet")]
    [InlineData("moved")]
    [Trait("Tables", "Local")]
    public async Task What_was_not_counted_is_counted_by_the_change_after_which_no_sweep_looks(string reason)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Accepted());
        await app.WhenIdleAsync(Cancellation);
        Assert.Equal("sent", (await api.GetAsync($"offers/{id}"))["referral.state"]);

        var accepted = await OfferAsync(app, id);
        var isStored = false;
        app.Azure.Tables.BeforeCall = operation =>
        {
            if (isStored) throw new RequestFailedException(503, "The tables are out of reach.");
            isStored = operation == "SubmitTransaction";
            return ValueTask.CompletedTask;
        };
        Assert.NotEqual(200, (await api.PostAsync($"offers/{id}/withdrawal", new { reason })).Status);
        Assert.True(isStored);
        app.Azure.Tables.BeforeCall = null;

        // Whatever wakes it: the withdrawal leaves, and nothing more follows.
        await app.Azure.Engine.Client.WakeHouseholdAsync(accepted, await OfferAsync(app, id), Cancellation);
        await app.WhenIdleAsync(Cancellation);

        var offer = await OfferAsync(app, id);
        Assert.Empty(offer.Outbox);
        var record = HouseholdRecord.Of(offer);
        Assert.Equal(ReferralOutcome.Withdrawn, record.Referral);
        Assert.Equal(record, await app.Services.GetRequiredService<UptakeRegister>().FindAsync(record, Cancellation));
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task Who_is_told_at_the_second_attempt_that_a_never_is_recorded_finds_the_numbers_other_households_held()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var other = await api.RecordAsync(Given.Declined("07700 900271"));
        await app.WhenIdleAsync(Cancellation);
        var (id, never) = (Guid.NewGuid(), Given.Declined("07700 900271").With("answer", "doNotContact"));
        var isStored = false;
        app.Azure.Tables.BeforeCall = operation =>
        {
            if (isStored) throw new RequestFailedException(503, "The tables are out of reach.");
            isStored = operation == "SubmitTransaction";
            return ValueTask.CompletedTask;
        };
        Assert.NotEqual(201, (await api.PutAsync($"offers/{id}", never)).Status);
        Assert.True(isStored);
        app.Azure.Tables.BeforeCall = null;

        (await api.PutAsync($"offers/{id}", never)).Must(200);

        var hold = Assert.IsType<SupervisorHold>((await OfferAsync(app, other)).Hold);
        Assert.Equal((HoldReason.NeverToBeCalled, id), (hold.Reason, hold.CausedBy));
        var repaired = await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        Assert.Equal(0, repaired.Relisted);
    }

    private static async Task<Vcas.Domain.Households.Household> OfferAsync(RunningApp app, Guid id) =>
        (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;
}

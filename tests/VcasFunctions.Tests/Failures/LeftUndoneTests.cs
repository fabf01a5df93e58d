using Azure;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.Reporting;
using VcasFunctions.Households;

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

    private static async Task<Vcas.Domain.Households.Household> OfferAsync(RunningApp app, Guid id) =>
        (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;
}

using System.Text.Json.Nodes;
using Azure;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Clock;

/// <summary>What the sweep brings on again, of what waits for a date of then.</summary>
public sealed partial class RanAheadTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_referral_that_rests_until_a_date_of_then_is_sent_within_two_sweeps(bool isChangedSince)
    {
        Guid id;
        await using (var ahead = await StartAsync(Given.Monday.AddDays(30), WithoutRetries))
        {
            using var api = new Api(ahead);
            await ahead.Azure.Broker.StopAsync();
            id = await api.RecordAsync(Given.Declined().With("answer", "accepted").With("offeredAtConfirmed", true));
            await ahead.AdvanceAsync(TimeSpan.FromMinutes(20), Cancellation);
        }

        await using var app = await StartAsync(PutRight, WithoutRetries);
        using var same = new Api(app);
        if (isChangedSince) (await same.PutAsync($"offers/{id}/contact", new { name = "Robin Ash", phone = "07700 900114" })).Must(200);
        Assert.Equal(0, app.Azure.Broker.Count("referrals").Active);
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.NotEqual(0, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task A_household_whose_next_try_lies_at_a_date_of_then_is_begun_anew_in_the_first_sweep()
    {
        var id = await WhoseCallFailedAheadAsync();
        await using var app = await StartAsync(PutRight);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        var instance = await app.Azure.Engine.Client.GetInstanceAsync(HouseholdOrchestrations.InstanceIdOf(id), Cancellation);
        Assert.InRange(instance!.CreatedAt, PutRight, PutRight.AddHours(1));
        using var api = new Api(app);
        Assert.Equal("waiting", await api.StateAsync(id));
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task A_referral_accepted_before_the_first_sweep_is_sent_by_that_sweep()
    {
        var id = await WhoseCallFailedAheadAsync();
        await using var app = await StartAsync(PutRight);
        using var api = new Api(app);
        (await api.PostAsync($"offers/{id}/acceptance", new { })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromMinutes(70), Cancellation);
        Assert.NotEqual(0, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task A_call_whose_time_has_come_is_made_by_the_sweep_although_the_household_was_changed_at_a_date_of_then()
    {
        var (id, due, isOurs) = (Guid.NewGuid(), DateTimeOffset.MaxValue, new AsyncLocal<bool>());
        await LiveAsync(Given.Monday, Given.Monday.AddHours(1), async (_, api) =>
        {
            await api.RecordAsync(Given.Declined(), id);
            due = (await api.GetAsync($"offers/{id}")).Json.GetProperty("dueAt").GetDateTimeOffset();
        });
        await using (var ahead = await StartAsync(due.AddMinutes(-1)))
        {
            // Nothing but what this test does reaches the tables.
            ahead.Azure.Tables.BeforeCall =
                _ => isOurs.Value ? ValueTask.CompletedTask : throw new RequestFailedException(503, "Busy.");
            await ahead.AdvanceToAsync(due.AddHours(3), Cancellation);
            isOurs.Value = true;
            var teams = ahead.Services.GetRequiredService<VcasSettings>().Teams;
            var reassigned = await ahead.Services.GetRequiredService<HouseholdCommands>().ApplyAsync(
                ahead.Azure.Engine.Client,
                id,
                (offer, _) => offer.Reassign(new Assignee(offer.Assignee.Team, Guid.NewGuid().ToString()), teams),
                new Actor("supervisor"),
                Cancellation);
            Assert.Equal(HouseholdState.Waiting, reassigned.State);
        }

        await using var app = await StartAsync(due.AddMinutes(30));
        using var api = new Api(app);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        Assert.Equal("due", await api.StateAsync(id));
    }

    [Fact]
    public async Task A_yes_that_could_still_be_undone_then_leaves_with_the_first_sweep()
    {
        var id = Guid.Empty;
        await LiveAsync(Given.Monday, Given.Monday.AddHours(1), async (_, api) => id = await api.RecordAsync(Given.Declined()));
        await using (var ahead = await StartAsync(Given.Monday.AddDays(40)))
        {
            using var then = new Api(ahead);
            var yes = (await then.AttemptAsync(id, "accepted", new { direction = "incoming", safetyChecked = false })).Must(200);
            Assert.NotNull(yes["undoSeconds"]);
        }

        await using var app = await StartAsync(PutRight);
        using var api = new Api(app);
        Assert.Equal(0, app.Azure.Broker.Count("referrals").Active);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);
    }

    [Fact]
    public async Task Whoever_is_making_a_call_that_fell_due_too_early_records_what_they_hear()
    {
        var id = Guid.Empty;
        await LiveAsync(Given.Monday, Given.Monday.AddHours(1), async (_, api) => id = await api.RecordAsync(Given.Declined()));
        await LiveAsync(Given.Monday.AddDays(40), Given.Monday.AddDays(40).AddHours(1), (app, _) => app.WhenIdleAsync(Cancellation));

        await using var app = await StartAsync(PutRight.AddMinutes(-10));
        using var caller = new Api(app, "caller");
        (await caller.PutAsync($"call-backs/{id}/claim", new { })).Must(200);
        await app.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(app.Azure.Engine.Client, Cancellation);
        Assert.Equal("referred", (await caller.AttemptAsync(id, "accepted")).Must(200)["state"]);
    }

    [Fact]
    public async Task A_danger_that_was_told_of_then_is_told_of_again_within_a_day()
    {
        var (id, told) = (Guid.Empty, 0);
        await LiveAsync(Given.Monday, Given.Monday.AddHours(9), async (_, api) =>
            id = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("selfHarm"))));
        await LiveAsync(Given.Monday.AddDays(40), Given.Monday.AddDays(40).AddHours(1), async (app, api) =>
        {
            await app.WhenIdleAsync(Cancellation);
            told = (await api.GetAsync($"offers/{id}")).Json.GetProperty("danger").GetProperty("escalations").GetInt32();
        });

        await using var app = await StartAsync(PutRight);
        using var same = new Api(app);
        await app.AdvanceAsync(TimeSpan.FromHours(26), Cancellation);
        Assert.True((await same.GetAsync($"offers/{id}")).Json.GetProperty("danger").GetProperty("escalations").GetInt32() > told);
    }

    // Its call fell due while the clock ran ahead, and just then nothing could be read: it waits to try again, at an instant of then.
    private async Task<Guid> WhoseCallFailedAheadAsync()
    {
        var (id, due) = (Guid.NewGuid(), DateTimeOffset.MaxValue);
        await LiveAsync(Given.Monday, Given.Monday.AddHours(1), async (_, api) =>
        {
            await api.RecordAsync(Given.Declined(), id);
            due = (await api.GetAsync($"offers/{id}")).Json.GetProperty("dueAt").GetDateTimeOffset();
        });
        await using var ahead = await StartAsync(due.AddMinutes(-1));
        ahead.Azure.Tables.BeforeCall = _ => throw new RequestFailedException(503, "Busy.");
        await ahead.AdvanceToAsync(due.AddSeconds(20), Cancellation);
        return id;
    }

    // The client's own retries take time of the wall's.
    private static void WithoutRetries(LocalAzure.LocalAzureBuilder builder) =>
        builder.Services.AddSingleton(provider => new ServiceBusClient(
            provider.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!,
            new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } }));
}

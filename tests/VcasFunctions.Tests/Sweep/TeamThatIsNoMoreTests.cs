using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Http;
using VcasFunctions.Sweep;

namespace VcasFunctions.Tests.Sweep;

/// <summary>A force renames the team that phones, or closes it, while households wait: no call stays in a list that nobody reads.</summary>
[Trait("Pace", "Slow")]
public sealed class TeamThatIsNoMoreTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
    private readonly FakeTimeProvider clock = Given.Clock();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_removed_teams_calls_are_passed_on_within_the_hour_whatever_their_state_and_the_new_team_is_told()
    {
        Guid waiting, held, due;
        await using (var before = await StartAsync("old-calls"))
        {
            using var api = new Api(before);
            due = await new Households(before, api).DueAsync(Given.DeclinedLongAgo());
            waiting = await api.RecordAsync(Given.Declined());
            held = await api.RecordAsync(Given.Declined());
            (await api.PutAsync($"call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = clock.GetUtcNow().AddDays(7) }))
                .Must(200);
            await before.WhenIdleAsync(Cancellation);
        }

        await using (var after = await StartAsync("new-calls"))
        {
            using var now = new Api(after);
            Assert.Empty(await ListedAsync(now, "due"));

            await after.AdvanceAsync(TimeSpan.FromMinutes(61), Cancellation);

            Assert.Equal([due], await ListedAsync(now, "due"));
            Assert.Equal([waiting], await ListedAsync(now, "waiting"));
            Assert.Equal([held], await ListedAsync(now, "held"));
            Assert.Contains(after.Azure.Graph.Inbox(), notice => notice.Recipient.EndsWith(TeamOf("new-calls"), StringComparison.Ordinal));
            await after.AdvanceAsync(TimeSpan.FromMinutes(30), Cancellation);
            var again = await after.Services.GetRequiredService<HouseholdRepair>().RepairAllAsync(after.Azure.Engine.Client, Cancellation);
            Assert.False(again.Any, $"Once more: {again}");
            (await now.AttemptAsync(due, "accepted")).Must(200);
        }

        // And their course goes on.
        await using var later = await StartAsync("new-calls", RunningApp.SweptDaily);
        using var then = new Api(later);
        await later.AdvanceToAsync(new DateTimeOffset(2024, 5, 10, 10, 0, 0, TimeSpan.Zero), Cancellation);
        Assert.Equal("due", await then.StateAsync(waiting));
    }

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static string TeamOf(string callBackTeam) =>
        callBackTeam == "old-calls" ? "11111111-0000-4000-8000-000000000001" : "11111111-0000-4000-8000-000000000002";

    private static async Task<IEnumerable<Guid>> ListedAsync(Api api, string state) =>
        (await api.GetAsync($"call-backs?state={state}"))
            .Must(200).Json.GetProperty("callBacks").EnumerateArray().Select(call => call.GetProperty("offerId").GetGuid());

    private Task<RunningApp> StartAsync(string callBackTeam, params string[] more) => RunningApp.StartAsync(
        clock,
        folder,
        null,
        [$"Vcas:CallBackTeams:{callBackTeam}:TeamId={TeamOf(callBackTeam)}", $"Vcas:OtherTeams:CallBackTeam={callBackTeam}", .. more]);
}

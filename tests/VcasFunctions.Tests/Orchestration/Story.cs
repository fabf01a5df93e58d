using Microsoft.DurableTask.Protobuf;
using Shared;
using VcasFunctions.Households;

namespace VcasFunctions.Tests.Orchestration;

/// <summary>A household's course, told through the API and the clock, and what its orchestration recorded of it.</summary>
/// <param name="Name">Of the file in which its history is kept.</param>
/// <param name="Tell">Makes it happen; gives the household.</param>
internal sealed record Story(string Name, Func<RunningApp, Api, Task<Guid>> Tell)
{
    // The first call falls due on the Tuesday after Easter.
    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The courses whose histories are kept.</summary>
    public static readonly IReadOnlyList<Story> All =
    [
        new("declined-waiting", (_, api) => RecordAsync(api, "declined")),
        new("declined-due-accepted", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            await app.AdvanceToAsync(Due, Cancellation);
            (await api.AttemptAsync(id, "accepted")).Must(200);
            await app.WhenIdleAsync(Cancellation);
            // Nobody undoes it.
            await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
            await using var vcas = new VcasSide(app);
            await vcas.AnswerAsync(id, "accepted");
            return id;
        }),
        new("accepted-before-call-back", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            await app.AdvanceAsync(TimeSpan.FromDays(4), Cancellation);
            (await api.PostAsync($"offers/{id}/acceptance", new { })).Must(200);
            await app.WhenIdleAsync(Cancellation);
            return id;
        }),
        new("withdrawn-while-waiting", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
            await app.WhenIdleAsync(Cancellation);
            return id;
        }),
        new("not-reached-after-three-attempts", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            for (var attempt = 0; attempt < 3; attempt++)
            {
                // Two working days from one attempt to the next.
                await app.AdvanceToAsync(Due.AddDays(2 * attempt + (attempt == 2 ? 2 : 0)), Cancellation);
                (await api.AttemptAsync(id, "noAnswer")).Must(200);
                await app.WhenIdleAsync(Cancellation);
            }

            Assert.Equal("notReached", (await api.GetAsync($"offers/{id}"))["closing.reason"]);
            return id;
        }),
        new("held-until-released", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            await app.AdvanceToAsync(Due, Cancellation);
            (await api.AttemptAsync(id, "unsafeToCall", new { reason = "suspectAtAddress", callAgainAt = Due.AddDays(7) })).Must(200);
            // Nobody decides: the supervisor is told at the review and on the next working day, and the hold goes on.
            await app.AdvanceToAsync(Due.AddDays(8), Cancellation);
            Assert.Equal("held", await api.StateAsync(id));
            (await api.SendAsync("DELETE", $"call-backs/{id}/hold")).Must(200);
            await app.WhenIdleAsync(Cancellation);
            Assert.Equal("due", await api.StateAsync(id));
            return id;
        }),
        new("answer-missing-then-accepted", async (app, api) =>
        {
            var id = await RecordAsync(api, "accepted");
            await app.AdvanceAsync(TimeSpan.FromDays(2.5), Cancellation);
            await using var vcas = new VcasSide(app);
            await vcas.AnswerAsync(id, "accepted");
            return id;
        }),
        new("danger-acknowledged-and-forgotten", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            (await api.PostAsync($"offers/{id}/danger", new { risks = new[] { "violence" } })).Must(200);
            await app.AdvanceAsync(TimeSpan.FromMinutes(40), Cancellation);
            (await api.SendAsync("POST", $"offers/{id}/danger/acknowledgement")).Must(200);
            await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
            (await api.PostAsync($"offers/{id}/danger/action", new { action = "welfareCheck" })).Must(200);
            await app.WhenIdleAsync(Cancellation);
            return id;
        }),
        new("no-safe-route", async (app, api) =>
        {
            var id = await api.RecordAsync(
                new System.Text.Json.Nodes.JsonObject { ["answer"] = "declined" }, new Guid("10000000-0000-4000-8000-000000000001"));
            // Working days 3 and 10 lie before the call, 18 after it.
            await app.AdvanceToAsync(Due.AddDays(10), Cancellation);
            Assert.Equal("due", await api.StateAsync(id));
            (await api.PutAsync($"offers/{id}/contact", new { phone = Given.Number() })).Must(200);
            await app.WhenIdleAsync(Cancellation);
            return id;
        }),
        new("held-for-disclosure", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            (await api.PostAsync($"offers/{id}/withdrawal", new { reason = "moved" })).Must(200);
            await app.WhenIdleAsync(Cancellation);
            // Nobody calls any more, and somebody must look at it in May and on the next working day.
            (await api.PutAsync($"offers/{id}/disclosure-hold", new { reason = "cpia", reviewAt = Due.AddDays(30) })).Must(200);
            await app.AdvanceToAsync(Due.AddDays(31), Cancellation);
            (await api.SendAsync("DELETE", $"offers/{id}/disclosure-hold")).Must(200);
            await app.WhenIdleAsync(Cancellation);
            return id;
        }),
        new("continued-as-new", async (app, api) =>
        {
            var id = await RecordAsync(api, "declined");
            // Nobody calls for so long that the history is begun anew: a reminder every working day.
            await app.AdvanceToAsync(Due.AddDays(70), Cancellation);
            Assert.Equal("due", await api.StateAsync(id));
            return id;
        }),
    ];

    /// <summary>Lets it happen in an app of its own.</summary>
    public async Task<(IReadOnlyList<string> Steps, string Exported)> HappenAsync()
    {
        // The sweep stays out of it: nothing is to be repaired here, and it would look every hour of these months.
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Sweep:Schedule=0 7 3 1 1 *");
        using var api = new Api(app);
        var id = await Tell(app, api);
        await app.WhenIdleAsync(Cancellation);
        var instance = HouseholdOrchestrations.InstanceIdOf(id);
        return (StepsOf(app.Azure.Engine.ReadHistory(instance)), await app.Azure.Engine.ExportHistoryAsync(instance));
    }

    /// <summary>A history as the list of what came and what was done, without the frames of its episodes.</summary>
    public static IReadOnlyList<string> StepsOf(IEnumerable<HistoryEvent> history)
    {
        var called = new Dictionary<int, string>();
        var steps = new List<string>();
        foreach (var happened in history)
        {
            if (happened.TaskScheduled is { } task)
            {
                called[happened.EventId] = task.Name;
                steps.Add($"call {task.Name}");
            }
            else if (happened.TaskCompleted is { } done) steps.Add($"{called[done.TaskScheduledId]} done");
            else if (happened.TaskFailed is { } failed) steps.Add($"{called[failed.TaskScheduledId]} failed");
            else if (happened.TimerCreated is { } timer) steps.Add($"wait until {timer.FireAt.ToDateTime():MM-dd HH:mm}");
            else if (happened.TimerFired is { } fired) steps.Add($"it is {fired.FireAt.ToDateTime():MM-dd HH:mm}");
            else if (happened.EventRaised is { } raised) steps.Add($"told {raised.Name}");
            else if (happened.ExecutionCompleted is { } completed) steps.Add($"end {completed.OrchestrationStatus}");
        }

        return steps;
    }

    // The same id each time, so that a history recorded anew differs only where its course does.
    private static Task<Guid> RecordAsync(Api api, string answer) =>
        api.RecordAsync(Given.Declined().With("answer", answer), new Guid("10000000-0000-4000-8000-000000000001"));
}

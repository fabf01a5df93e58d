using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Health;
using VcasFunctions.Offers;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;
using VcasFunctions.Timekeeping;

namespace EndToEnd.Tests.Worker;

/// <summary>
/// What is deployed, run as it is deployed: the published app as a worker process of a Functions host, on Microsoft's worker and
/// Durable Functions from the first byte to the last.
/// </summary>
[Collection(Builds.Name)]
[Trait("Needs", "Node")]
public sealed class WorkerTests(PublishedWorker published) : IClassFixture<PublishedWorker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_function_that_was_published_is_loaded()
    {
        var here = typeof(RecordOffer).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(FunctionAttribute), inherit: false))
            .Select(function => ((FunctionAttribute)function).Name);
        Assert.Equal(here.Order(StringComparer.Ordinal), published.Host.Functions.Keys.Order(StringComparer.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"after the start of the process: loaded {published.StartedIn.TotalSeconds:F2} s, first answer "
            + $"{published.First.Answer.TotalSeconds:F2} s, "
            + $"first offer {published.First.Offer.TotalSeconds:F2} s");
        using var question = new HttpRequestMessage(HttpMethod.Get, "api/health");
        using var health = await published.Host.SendAsync(nameof(ReadHealth), question, Cancellation);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_refused_with_problem_details()
    {
        using var refused = await published.PutAsync(Guid.NewGuid(), token: null);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(0, (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_household_is_waited_for_as_long_as_the_local_engine_waits()
    {
        var id = Guid.NewGuid();
        using var recorded = await published.PutAsync(id, await published.TokenAsync());
        Assert.Equal(HttpStatusCode.Created, recorded.StatusCode);
        var due = (await recorded.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("dueAt").GetDateTimeOffset();

        var household = new Household(published.Host, published.Host.Hub.Started[id.ToString()], TimeProvider.System.GetUtcNow());
        await household.UntilAskedForAsync(nameof(StartCallBack), Cancellation);

        Assert.Equal(due, household.Now);
        Assert.Equal(await LocalStepsAsync(), household.Steps);
    }

    [Fact]
    public async Task A_timer_calls_the_sweep()
    {
        await published.Host.InvokeAsync(nameof(SweepHouseholds), """{"IsPastDue":false}""", Cancellation);
        Assert.NotNull(await new LastSweepStore(new VcasTables(published.Tables)).ReadAsync(Cancellation));
    }

    private static async Task<List<string>> LocalStepsAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        // A whole minute: the stand-in's own wake-ups are told in milliseconds.
        var clock = new FakeTimeProvider(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)));
        await using var app = await RunningApp.StartAsync(clock, settings: RunningApp.SweptDaily);
        var id = Guid.NewGuid();
        using var recorded = await app.Http.PutAsJsonAsync($"api/offers/{id}", PublishedWorker.Declined, Cancellation);
        var due = (await recorded.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("dueAt").GetDateTimeOffset();
        await app.AdvanceToAsync(due.AddMinutes(1), Cancellation);
        var steps = new List<string>();
        foreach (var happened in app.Azure.Engine.ReadHistory(id.ToString()))
        {
            if (happened.EventTypeCase == HistoryEvent.EventTypeOneofCase.TimerCreated) steps.Add("timer");
            if (happened.EventTypeCase != HistoryEvent.EventTypeOneofCase.TaskScheduled) continue;
            steps.Add($"activity {happened.TaskScheduled.Name}");
            if (happened.TaskScheduled.Name == nameof(StartCallBack)) break;
        }

        return steps;
    }
}

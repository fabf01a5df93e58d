using Azure;
using LocalAzure.Graph;
using Shared;
using VcasFunctions.Health;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Telemetry;

/// <summary>How the app says how it is: a word for everybody, the reasons for whoever has to repair it.</summary>
[Trait("Pace", "Slow")]
public sealed class HealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_part_is_told_of_with_its_reason()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        Assert.Equal(
            ["tables up ", "queue up ", "durable up ", "graph unknown notAskedYet"],
            await DetailsAsync(api, 200));

        await app.FallDueOnceAsync(api);
        Assert.Contains("graph up ", await DetailsAsync(api, 200));

        app.Azure.Graph.Outage = GraphOutage.ServiceUnavailable;
        await app.AdvanceAsync(TimeSpan.FromDays(1), Cancellation);
        Assert.Contains("graph down status503", await DetailsAsync(api, 503));
        app.Azure.Graph.Outage = GraphOutage.NoConnection;
        await app.AdvanceAsync(TimeSpan.FromHours(2), Cancellation);
        Assert.Contains("graph down noAnswer", await DetailsAsync(api, 503));
    }

    [Fact]
    public async Task The_last_sweep_is_told_of()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        Assert.False((await api.GetAsync("health/details")).Must(200).Json.TryGetProperty("sweep", out _));

        await api.RecordAsync(Given.Declined());
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);
        var sweep = (await api.GetAsync("health/details")).Must(200).Json.GetProperty("sweep");
        Assert.Equal(
            (Given.Monday.AddMinutes(7), 1, 0),
            (sweep.GetProperty("at").GetDateTimeOffset(), sweep.GetProperty("households").GetInt32(), sweep
                .GetProperty("failed").GetArrayLength()));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_named_by_a_code()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await app.Azure.Broker.StopAsync();
        var details = await DetailsAsync(api, 503);
        Assert.Contains(details, part => part.StartsWith("queue down ", StringComparison.Ordinal) && part.Length > "queue down ".Length);
        Assert.Contains("tables up ", details);
        // Officers still record: to everybody the app is up.
        Assert.Equal("up", (await api.GetAsync("health")).Must(200)["status"]);
    }

    [Fact]
    public async Task Strangers_get_a_word_and_no_more()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var stranger = app.As(null);
        Assert.Equal("""{"status":"up"}""", await stranger.GetStringAsync(new Uri("api/health", UriKind.Relative), Cancellation));
        using var refused = await stranger.GetAsync(new Uri("api/health/details", UriKind.Relative), Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    public static TheoryData<string, Func<Exception>, string> Refusals => new()
    {
        { "the role is missing", () => new RequestFailedException(403, "Not allowed to write for 07700 900412."), "writeStatus403" },
        { "the account is read only", () => new RequestFailedException(409, "Locked."), "writeStatus409" },
        { "the disk is full", () => new IOException("No space left on /data/07700900412."), "writeIOException" },
        { "nobody answers", () => new RequestFailedException("The name could not be resolved."), "writeNoAnswer" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    [Trait("Tables", "Local")]
    public async Task Where_nothing_can_be_written_the_app_is_down_and_says_why_and_is_up_again_afterwards(
        string what, Func<Exception> refusal, string reason)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        (await api.GetAsync("health")).Must(200);
        app.Azure.Tables.BeforeCall = operation => IsRead(operation) ? ValueTask.CompletedTask : throw refusal();
        app.Clock.Advance(WriteProbe.Believed);

        var down = (await api.GetAsync("health")).Must(503);
        Assert.Equal(("down", """{"status":"down"}"""), (down["status"], down.Text));
        var details = await DetailsAsync(api, 503);
        Assert.True(details.Contains($"tables down {reason}"), $"{what}: {string.Join(", ", details)}");
        Assert.DoesNotContain(details, part => part.Contains("900412", StringComparison.Ordinal));

        app.Azure.Tables.BeforeCall = null;
        app.Clock.Advance(WriteProbe.Believed);
        (await api.GetAsync("health")).Must(200);
        Assert.Contains("tables up ", await DetailsAsync(api, 200));
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task Where_nothing_can_be_read_the_reason_says_that_it_is_not_the_writing()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        app.Azure.Tables.BeforeCall = _ => throw new RequestFailedException(503, "Busy.");
        (await api.GetAsync("health")).Must(503);
        Assert.Contains("tables down status503", await DetailsAsync(api, 503));
    }

    [Fact]
    [Trait("Tables", "Local")]
    public async Task Monitors_that_ask_often_cost_one_write_and_whoever_repairs_is_told_what_is_now()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var writes = 0;
        app.Azure.Tables.BeforeCall = operation =>
        {
            if (!IsRead(operation)) Interlocked.Increment(ref writes);
            return ValueTask.CompletedTask;
        };
        for (var i = 0; i < 25; i++) (await api.GetAsync("health")).Must(200);
        Assert.Equal(1, writes);
        app.Clock.Advance(WriteProbe.Believed);
        (await api.GetAsync("health")).Must(200);
        Assert.Equal(2, writes);

        app.Azure.Tables.BeforeCall = operation =>
            IsRead(operation) ? ValueTask.CompletedTask : throw new RequestFailedException(403, "No.");
        Assert.Contains("tables down writeStatus403", await DetailsAsync(api, 503));
        // What the details saw is what monitors are told from then on.
        (await api.GetAsync("health")).Must(503);
    }

    private static bool IsRead(string operation) =>
        operation.StartsWith("Get", StringComparison.Ordinal) || operation.StartsWith("Query", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> DetailsAsync(Api api, int status)
    {
        var answer = (await api.GetAsync("health/details")).Must(status);
        Assert.Equal(status == 200 ? "up" : "down", answer["status"]);
        return [.. answer.Json.GetProperty("dependencies").EnumerateArray().Select(part =>
            $"{part.GetProperty("name").GetString()} {part.GetProperty("status").GetString()} "
            + $"{(part.TryGetProperty("reason", out var reason) ? reason.GetString() : "")}")];
    }
}

internal static class HealthSteps
{
    public static async Task FallDueOnceAsync(this RunningApp app, Api api)
    {
        await new Households(app, api).DueAsync();
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
    }
}

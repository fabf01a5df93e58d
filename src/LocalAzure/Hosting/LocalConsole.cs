using LocalAzure.DurableTask;
using LocalAzure.Graph;
using LocalAzure.ServiceBus;
using LocalAzure.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LocalAzure.Hosting;

/// <summary>A look inside while it runs, under <c>/local/</c>: for a developer's machine, without any sign-in.</summary>
internal static class LocalConsole
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var local = endpoints.MapGroup("/local");
        local.MapGet("clock", (TimeProvider time) => Results.Json(Show(time)));
        local.MapPost("clock/advance", async (TimeProvider time, Settling settling, AdvanceClock request, CancellationToken cancellation) =>
        {
            if (time is not LocalClock clock)
                return Results.Problem("Whoever started this process owns its clock.", statusCode: StatusCodes.Status409Conflict);
            if (request.By is not { } by || by < TimeSpan.Zero)
                return Results.Problem(
                    "\"by\" is a time span such as \"21.00:00:00\", not below zero.", statusCode: StatusCodes.Status400BadRequest);
            // What was begun belongs to the time at which it was; and anyone who asks after this finds what the new time has brought.
            await settling.WaitAsync(cancellation);
            await clock.AdvanceAsync(by);
            await settling.WaitAsync(cancellation);
            return Results.Json(Show(clock));
        });
        local.MapGet("queues", (Broker broker) => Results.Json(broker.Queues.ToDictionary(name => name, broker.Count)));
        local.MapGet("instances/{id}", async (DurableEngine engine, string id, CancellationToken cancellation) =>
            await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation) is { } found
                ? Results.Json(new InstanceView(
                    found.InstanceId,
                    found.Name,
                    found.RuntimeStatus.ToString(),
                    found.CreatedAt,
                    found.LastUpdatedAt,
                    found.SerializedInput,
                    found.SerializedCustomStatus,
                    found.SerializedOutput,
                    [.. engine.ReadHistory(id).Select(entry => entry.ToString()!)]))
                : Results.NotFound());
        local.MapGet("inbox", (LocalGraph graph, string? recipient) => Results.Json(graph.Inbox(recipient)));
    }

    private static ClockView Show(TimeProvider time) => new(time.GetUtcNow(), (time as LocalClock)?.Speed ?? 1);

    internal sealed record AdvanceClock(TimeSpan? By);

    internal sealed record InstanceView(
        string InstanceId,
        string Name,
        string Status,
        DateTimeOffset CreatedAt,
        DateTimeOffset LastUpdatedAt,
        string? Input,
        string? CustomStatus,
        string? Output,
        IReadOnlyList<string> History);

    internal sealed record ClockView(DateTimeOffset Now, double Speed);
}

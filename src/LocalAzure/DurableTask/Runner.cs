using System.Buffers;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.Caching.Memory;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>
/// Has Microsoft's own runner go through a history and take the next step: the replay, its timers, retries and waits are those
/// of the deployed app, and so is what the app's services say of JSON.
/// </summary>
internal sealed class Runner : IDisposable
{
    // Who is kept alive is let go by name, never by a clock.
    private static readonly TimeSpan ForEver = TimeSpan.FromDays(3_650);

    private readonly IServiceProvider services;
    private readonly DataConverter converter;
    private readonly string? defaultVersion;
    private readonly ExtendedSessionsCache alive = new();
    private readonly MemoryCache cache;
    private long names;

    public Runner(IServiceProvider services, DataConverter converter, string? defaultVersion)
    {
        (this.services, this.converter, this.defaultVersion) = (services, converter, defaultVersion);
        cache = alive.GetOrInitializeCache(ForEver.TotalSeconds);
    }

    /// <summary>What the orchestrator does upon these events, replayed on the episodes before.</summary>
    /// <param name="function">Its code.</param>
    /// <param name="execution">What it was begun with.</param>
    /// <param name="past">The episodes before, as they are kept.</param>
    /// <param name="incoming">What came now, each with its instant, behind the event that begins the episode.</param>
    public P.OrchestratorResponse Run(
        Func<TaskOrchestrationContext, Task<object?>> function,
        Execution execution,
        IReadOnlyList<byte[]> past,
        IEnumerable<P.HistoryEvent> incoming) => Run(function, execution, past, Request(execution.InstanceId, incoming));

    /// <summary>
    /// The same, of an orchestration that is kept alive from one episode to the next: where it still lives, nothing is replayed.
    /// </summary>
    public P.OrchestratorResponse RunAlive(
        Func<TaskOrchestrationContext, Task<object?>> function, Progress progress, IReadOnlyList<P.HistoryEvent> incoming)
    {
        var lives = progress.AliveAs is not null;
        progress.AliveAs ??= Interlocked.Increment(ref names).ToString(CultureInfo.InvariantCulture);
        var request = Request(progress.AliveAs, incoming);
        request.Properties["IsExtendedSession"] = Value.ForBool(true);
        request.Properties["ExtendedSessionIdleTimeoutInSeconds"] = Value.ForNumber(ForEver.TotalSeconds);
        if (lives)
        {
            request.Properties["IncludeState"] = Value.ForBool(false);
            // One whose code has come to its end isn't kept alive, though it is over only when its last timer has come.
            if (Run(function, progress.Execution, [], request) is { RequiresHistory: false } answer) return answer;
            request.Properties.Remove("IncludeState");
        }

        return Run(function, progress.Execution, progress.Past, request);
    }

    /// <summary>Lets go of an orchestration that was kept alive.</summary>
    public void Forget(Progress progress)
    {
        if (progress.AliveAs is not { } name) return;
        cache.Remove(name);
        progress.AliveAs = null;
    }

    public void Dispose() => alive.Dispose();

    private P.OrchestratorRequest Request(string name, IEnumerable<P.HistoryEvent> incoming)
    {
        var request = new P.OrchestratorRequest { InstanceId = name, NewEvents = { incoming } };
        // A sub-orchestration for which no version is asked gets the host's; the worker is told it like this.
        if (defaultVersion is not null) request.Properties["defaultVersion"] = Value.ForString(defaultVersion);
        return request;
    }

    private P.OrchestratorResponse Run(
        Func<TaskOrchestrationContext, Task<object?>> function,
        Execution execution,
        IReadOnlyList<byte[]> past,
        P.OrchestratorRequest request)
    {
        var orchestrator = new Orchestrator(function, execution.Input, converter);
        var answer = GrpcOrchestrationRunner.LoadAndRun(Encode(past, request), orchestrator, alive, services);
        return P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }

    private static string Encode(IReadOnlyList<byte[]> past, P.OrchestratorRequest rest)
    {
        var length = rest.CalculateSize();
        foreach (var episode in past) length += episode.Length;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var at = 0;
            foreach (var episode in past)
            {
                episode.CopyTo(bytes, at);
                at += episode.Length;
            }

            rest.WriteTo(bytes.AsSpan(at, length - at));
            return Convert.ToBase64String(bytes, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

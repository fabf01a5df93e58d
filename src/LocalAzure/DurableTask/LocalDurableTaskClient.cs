using System.Runtime.CompilerServices;
using System.Text.Json;
using LocalAzure.DurableTask.History;
using LocalAzure.DurableTask.Tables;
using LocalAzure.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>The durable client on the engine's own tables.</summary>
internal sealed class LocalDurableTaskClient(EngineCore core, Starter starter) : DurableTaskClient("LocalAzure")
{
    private const int LongestInstanceId = 100;
    private const int PurgeBatch = 500;

    private DataConverter Converter => core.Options.Converter;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        cancellation.ThrowIfCancellationRequested();
        var instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        CheckInstanceId(instanceId);
        var dedupe = Dedupe(options?.DedupeStatuses);
        var version = options?.Version is { } asked ? asked.Version : core.Options.DefaultVersion ?? "";
        var execution = new Execution(0, instanceId, orchestratorName.Name, version, Converter.Serialize(input), null);
        var tags = options?.Tags is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        while (!await starter.TryStartAsync(execution, options?.StartAt, tags, dedupe, options?.InstanceId is null))
        {
            // The one that runs is of a status that may be replaced: it is ended first, as the genuine client does.
            await TerminateInstanceAsync(instanceId, "Replaced by a new start.", cancellation);
            await WaitForInstanceCompletionAsync(instanceId, false, cancellation);
        }

        return instanceId;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, Happened.Raised(eventName, Converter.Serialize(eventPayload)), cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, Happened.Terminated(Converter.Serialize(options?.Output), options?.Recursive ?? false), cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, Happened.Suspended(reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, Happened.Resumed(reason), cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.IsCompleted, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Look(instanceId, getInputsAndOutputs));
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(core, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new PurgeResult(await core.Store.WriteAsync(connection =>
        {
            var row = Reads.Instance(connection, instanceId);
            if (row is null) return 0;
            if (!row.IsFinished)
                throw new InvalidOperationException($"Only a finished instance can be purged, but '{instanceId}' is {row.Status}.");
            Writes.DeleteExecution(connection, row.Execution.Number);
            return 1;
        }));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var began = core.Time.GetTimestamp();
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses, PageSize: PurgeBatch);
        for (var purged = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            // In portions, so that nobody else waits long for the writer.
            var portion = await core.Store.WriteAsync(connection =>
            {
                var executions = InstancePages.FinishedExecutions(connection, query);
                foreach (var execution in executions) Writes.DeleteExecution(connection, execution);
                return executions.Count;
            });
            purged += portion;
            if (portion < PurgeBatch) return new PurgeResult(purged, true);
            if (filter.Timeout is { } limit && core.Time.GetElapsedTime(began) >= limit) return new PurgeResult(purged, false);
        }
    }

    public override ValueTask DisposeAsync() => default;

    private static void CheckInstanceId(string instanceId)
    {
        if (instanceId.Length is 0 or > LongestInstanceId || instanceId[0] == '@'
            || instanceId.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
        {
            throw new ArgumentException(
                $"An instance id has 1 to {LongestInstanceId} characters, no '/', '\\', '#', '?' or control character, and doesn't begin "
                + "with '@'.",
                nameof(instanceId));
        }
    }

    private static IReadOnlySet<OrchestrationRuntimeStatus> Dedupe(IReadOnlyList<string>? named)
    {
        if (named is null) return Starter.DefaultDedupe;
        var statuses = new HashSet<OrchestrationRuntimeStatus>();
        foreach (var name in named)
        {
            statuses.Add(Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
                ? status
                : throw new ArgumentException($"Invalid orchestration runtime status: '{name}' for deduplication.", nameof(named)));
        }

        if (statuses.Contains(OrchestrationRuntimeStatus.Terminated) && !Starter.DefaultDedupe.IsSubsetOf(statuses))
        {
            throw new ArgumentException(
                "Dedupe statuses can't include 'Terminated' while a running instance may be replaced: it would be terminated first.",
                nameof(named));
        }

        return statuses;
    }

    private async Task SendAsync(string instanceId, P.HistoryEvent message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        var reached = await core.Store.WriteAsync(connection => Writes.SendTo(connection, core.Numbers, instanceId, message));
        if (reached is { } execution) starter.Engine?.Dispatcher.Deliver(execution);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationMetadata, bool> enough, bool withData, CancellationToken cancellation)
    {
        // The first look is without a waiter, the later ones behind one, so that no change falls between look and wait.
        for (Task? change = null; ; change = core.Waiters.NextChange(instanceId))
        {
            var found = Look(instanceId, withData) ?? throw new InvalidOperationException($"There is no instance '{instanceId}'.");
            if (enough(found)) return found;
            if (change is not null) await change.WaitAsync(cancellation);
        }
    }

    private OrchestrationMetadata? Look(string instanceId, bool withData) =>
        core.Store.Read(connection => Reads.Metadata(connection, instanceId, withData ? Converter : null));

    /// <summary>The answer to a query, read page by page in the order of the instance ids.</summary>
    private sealed class InstancePages(EngineCore core, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
    {
        public static List<long> FinishedExecutions(Connection connection, OrchestrationQuery query)
        {
            using var row = Select(connection, "execution", query, "", query.PageSize, finishedOnly: true);
            var executions = new List<long>();
            while (row.Step()) executions.Add(row.GetInt64(0));
            return executions;
        }

        public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(
            string? continuationToken = default, int? pageSizeHint = default)
        {
            var after = continuationToken ?? query.ContinuationToken ?? "";
            var size = Math.Max(1, pageSizeHint ?? query.PageSize);
            while (true)
            {
                var page = core.Store.Read(connection => ReadPage(connection, after, size));
                yield return page;
                if (page.ContinuationToken is null) yield break;
                after = page.ContinuationToken;
                await Task.Yield();
            }
        }

        private Page<OrchestrationMetadata> ReadPage(Connection connection, string after, int size)
        {
            using var row = Select(connection, Reads.MetadataColumns, query, after, size, finishedOnly: false);
            var found = new List<OrchestrationMetadata>(size);
            while (row.Step()) found.Add(Reads.Metadata(row, query.FetchInputsAndOutputs ? core.Options.Converter : null));
            return new Page<OrchestrationMetadata>(found, found.Count < size ? null : found[^1].InstanceId);
        }

        private static Statement Select(
            Connection connection, string columns, OrchestrationQuery query, string after, int size, bool finishedOnly)
        {
            var statuses = query.Statuses?.Aggregate(0L, (mask, status) => mask | (1L << (int)status)) ?? -1L;
            if (finishedOnly) statuses &= Mask(InstanceRow.Finished);
            return connection.Prepare($"""
                SELECT {columns} FROM durable_instances
                WHERE id > ? AND id >= ? AND (? = '' OR substr(id, 1, length(?)) = ?)
                    AND created >= ? AND created <= ? AND (1 << status) & ?
                ORDER BY id LIMIT ?
                """)
                .Bind(1, after).Bind(2, query.InstanceIdPrefix ?? "").Bind(3, query.InstanceIdPrefix ?? "").Bind(4, query.InstanceIdPrefix
                    ?? "")
                .Bind(5, query.InstanceIdPrefix ?? "")
                .Bind(6, query.CreatedFrom?.UtcTicks ?? 0).Bind(7, query.CreatedTo?.UtcTicks ?? long.MaxValue)
                .Bind(8, statuses).Bind(9, (long)size);
        }

        private static long Mask(Func<OrchestrationRuntimeStatus, bool> which) =>
            Enum.GetValues<OrchestrationRuntimeStatus>().Where(which).Aggregate(0L, (mask, status) => mask | (1L << (int)status));
    }
}

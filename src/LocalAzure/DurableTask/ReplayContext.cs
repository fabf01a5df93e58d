using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalAzure.DurableTask;

/// <summary>The context that an orchestrator gets: the genuine worker's semantics on top of <see cref="OrchestrationRun"/>.</summary>
internal sealed class ReplayContext(OrchestrationRun run) : TaskOrchestrationContext
{
    // The namespace of names for deterministic GUIDs, the same as the genuine worker's, so that the ids agree too.
    private static readonly Guid GuidNamespace = Guid.Parse("9e952958-5e33-4daf-827f-2fa12937b875");

    private int guids;

    public override TaskName Name => run.Execution.Name;

    public override string InstanceId => run.Execution.InstanceId;

    public override ParentOrchestrationInstance? Parent => run.Execution.Parent?.Declared;

    public override DateTime CurrentUtcDateTime => run.Now;

    public override bool IsReplaying => run.IsReplaying;

    public override string Version => run.Execution.Version;

    protected override ILoggerFactory LoggerFactory => run.Loggers;

    public override T GetInput<T>() => run.Options.Converter.Deserialize<T>(run.Execution.Input)!;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        run.EnsureCurrent();
        if (input is TaskOptions && options is null)
            throw new ArgumentException("TaskOptions were given as the activity's input; pass null as the input and them as the options.", nameof(input));
        var json = run.Options.Converter.Serialize(input);
        var version = options?.Version is { } asked ? asked.Version : Version;
        return Retries.InvokeAsync(this, run, options, () => run.ScheduleActivity<TResult>(name.Name, Known(version), json));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        run.EnsureCurrent();
        var json = run.Options.Converter.Serialize(input);
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        var version = options?.Version is { } asked ? asked.Version : run.Options.DefaultVersion;
        return Retries.InvokeAsync(
            this, run, options, () => run.ScheduleChild<TResult>(orchestratorName.Name, instanceId, Known(version), json));
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        run.EnsureCurrent();
        var until = fireAt.ToUniversalTime();
        while (until - CurrentUtcDateTime > run.Options.MaximumTimerInterval && !cancellationToken.IsCancellationRequested)
        {
            await run.ScheduleTimer(CurrentUtcDateTime + run.Options.MaximumTimerInterval, cancellationToken);
        }

        await run.ScheduleTimer(until, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        run.EnsureCurrent();
        return run.Events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        run.EnsureCurrent();
        run.SendEvent(instanceId, eventName, run.Options.Converter.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus) => run.CustomStatus = customStatus;

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        run.EnsureCurrent();
        run.ContinueAsNew(options);
    }

    /// <summary>A GUID of version 5 from the instance, the recorded time and a counter.</summary>
    public override Guid NewGuid()
    {
        run.EnsureCurrent();
        var name = $"{InstanceId}_{CurrentUtcDateTime:o}_{guids++}";
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        GuidNamespace.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; nothing secret depends on it.
        Span<byte> hash = stackalloc byte[20];
        SHA1.HashData(bytes, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static string? Known(string? version) => string.IsNullOrEmpty(version) ? null : version;
}

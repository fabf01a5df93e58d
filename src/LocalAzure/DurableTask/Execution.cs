namespace LocalAzure.DurableTask;

/// <summary>What an execution is begun with and keeps to its end. Each start and each continue-as-new is an execution of its own.</summary>
/// <param name="Number">The number by which the tables know it; 0 until it is stored.</param>
/// <param name="InstanceId">The instance it belongs to.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Version">The version; empty: unversioned.</param>
/// <param name="Input">The input's JSON.</param>
/// <param name="Parent">Whose sub-orchestration it is.</param>
internal sealed record Execution(long Number, string InstanceId, string Name, string Version, string? Input, ParentLink? Parent);

/// <summary>Where a sub-orchestration's result goes.</summary>
internal sealed record ParentLink(long Execution, int TaskId, string Name, string InstanceId);

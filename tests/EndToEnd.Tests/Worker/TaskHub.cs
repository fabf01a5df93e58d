using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace EndToEnd.Tests.Worker;

/// <summary>The host's half of Durable Functions, as far as the app calls it: it writes down what was to be started.</summary>
internal sealed class TaskHub : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    /// <summary>What was started, by its id.</summary>
    public ConcurrentDictionary<string, CreateInstanceRequest> Started { get; } = new(StringComparer.Ordinal);

    /// <summary>The app starts an orchestration.</summary>
    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context)
    {
        Started[request.InstanceId] = request;
        return Task.FromResult(new CreateInstanceResponse { InstanceId = request.InstanceId });
    }
}

using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalAzure.Functions;

/// <summary>
/// What Microsoft's Durable Functions extension adds to an app when the worker starts it, of which the runner needs the options,
/// above all how data become JSON. The rest of it talks to the Functions host and stays out.
/// </summary>
internal static class DurableExtension
{
    private static readonly HashSet<Type> Needed =
    [
        typeof(DurableTaskShimFactory),
        typeof(IConfigureOptions<DurableTaskWorkerOptions>),
        typeof(IPostConfigureOptions<DurableTaskWorkerOptions>),
    ];

    public static void Add(IServiceCollection services)
    {
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));
        var extension = new ServiceCollection();
        new DurableTaskExtensionStartup().Configure(new ServicesOnly(extension));
        foreach (var service in extension.Where(service => Needed.Contains(service.ServiceType))) services.Add(service);
    }

    private sealed class ServicesOnly(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
    {
        public IServiceCollection Services => services;

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => this;
    }
}

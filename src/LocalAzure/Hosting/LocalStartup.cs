using System.Net.Sockets;
using LocalAzure.DurableTask;
using LocalAzure.Functions;
using LocalAzure.ServiceBus;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAzure.Hosting;

/// <summary>
/// Starts what everything else is on, before everything else, and stops it last: it is the first hosted service.
/// After it come HTTP and the app's own services, and last the triggers.
/// </summary>
internal sealed partial class LocalStartup(
    IServiceProvider services, FunctionCatalogue catalogue, ILogger<LocalStartup> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IServer>() is null && catalogue.Of(TriggerKind.HttpTrigger).FirstOrDefault() is { } function)
            throw new FunctionException(function.Name, "answers HTTP, and the app doesn't call ConfigureFunctionsWebApplication().");

        var broker = services.GetRequiredService<Broker>();
        await StartBrokerAsync(broker);
        services.GetRequiredService<BrokerAddress>().Found(broker.Port);
        await services.GetRequiredService<DurableEngine>().StartAsync(services.GetRequiredService<DurableFunctions>(), cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        foreach (var route in services.GetRequiredService<HttpFunctions>().Routes)
            HttpFunction(
                route.Function.Name, route.Methods.Count == 0 ? "any" : string.Join(',', route.Methods), $"{address}/{route.Template}");
        foreach (var function in catalogue.Of(TriggerKind.TimerTrigger))
            TimerFunction(function.Name, ((TimerTriggerAttribute)function.Trigger).Schedule);
        foreach (var name in catalogue.Disabled) DisabledFunction(name);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DurableEngine>().StopAsync(cancellationToken);
        await services.GetRequiredService<Broker>().StopAsync();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StartBrokerAsync(Broker broker)
    {
        try
        {
            await broker.StartAsync();
        }
        catch (SocketException failure)
        {
            throw new InvalidOperationException(
                $"The embedded Service Bus can't listen on port {services.GetRequiredService<BrokerAddress>().Wanted}: "
                + "give it another by LocalAzure:ServiceBus:Port (0 for any).",
                failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Function}: [{Methods}] {Url}")]
    private partial void HttpFunction(string function, string methods, string url);

    [LoggerMessage(LogLevel.Information, "{Function}: on schedule {Schedule}")]
    private partial void TimerFunction(string function, string schedule);

    [LoggerMessage(LogLevel.Warning, "{Function}: disabled by a setting")]
    private partial void DisabledFunction(string function);
}

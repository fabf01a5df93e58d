using System.Reflection;
using Azure.Core;
using Azure.Messaging.ServiceBus;
using LocalAzure.Hosting;
using LocalAzure.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAzure.Functions;

/// <summary>Runs the Service Bus functions: a processor for each, on any endpoint that its connection setting names.</summary>
internal sealed partial class ServiceBusFunctions : IHostedService, ILocalPart, IAsyncDisposable
{
    // What the genuine extension takes when host.json says nothing.
    private const int DefaultConcurrentCalls = 16;

    private readonly List<QueueFunction> functions;
    private readonly Dictionary<string, ServiceBusClient> clients = [];
    private readonly List<ServiceBusProcessor> processors = [];
    private readonly IServiceProvider services;
    private readonly IConfiguration configuration;
    private readonly HostJson host;
    private readonly Broker broker;
    private readonly BrokerAddress address;
    private readonly FunctionRunner runner;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private int running;
    private bool abandoned;

    public ServiceBusFunctions(
        FunctionCatalogue catalogue,
        FunctionRunner runner,
        IServiceProvider services,
        IConfiguration configuration,
        HostJson host,
        Broker broker,
        BrokerAddress address,
        TimeProvider time,
        ILogger<ServiceBusFunctions> logger)
    {
        (this.runner, this.services, this.configuration, this.host) = (runner, services, configuration, host);
        (this.broker, this.address, this.time, this.logger) = (broker, address, time, logger);
        functions = [.. catalogue.Of(TriggerKind.ServiceBusTrigger).Select(function => new QueueFunction(function, configuration))];
    }

    /// <summary>No function runs, and no message waits in a queue of the embedded broker that a function reads.</summary>
    public bool IsIdle => Volatile.Read(ref running) == 0 && (!broker.IsListening || functions.TrueForAll(IsDrained));

    public DateTimeOffset? NextWakeUp => null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in functions)
        {
            var processor = ClientOf(function).CreateProcessor(function.Queue, new ServiceBusProcessorOptions
            {
                AutoCompleteMessages = function.AutoComplete ?? host.ServiceBus.GetValue("autoCompleteMessages", defaultValue: true),
                MaxConcurrentCalls = host.ServiceBus.GetValue("maxConcurrentCalls", DefaultConcurrentCalls),
                PrefetchCount = host.ServiceBus.GetValue("prefetchCount", defaultValue: 0),
                MaxAutoLockRenewalDuration = host.ServiceBus.GetValue("maxAutoLockRenewalDuration", TimeSpan.FromMinutes(5)),
            });
            processor.ProcessMessageAsync += message => RunAsync(function, message);
            processor.ProcessErrorAsync += error =>
            {
                TriggerFailed(error.Exception, function.Function.Name, error.EntityPath, error.ErrorSource);
                return Task.CompletedTask;
            };
            processors.Add(processor);
            await processor.StartProcessingAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(processors.Select(processor => processor.StopProcessingAsync(cancellationToken)));

    /// <summary>Ends without waiting for what runs, nor for the broker to hear of it: for a test that plays a crash.</summary>
    public void Abandon()
    {
        abandoned = true;
        _ = CloseAsync().AsTask().ContinueWith(static closed => closed.Exception, TaskScheduler.Default);
    }

    public ValueTask DisposeAsync() => abandoned ? ValueTask.CompletedTask : CloseAsync();

    /// <summary>What it is busy with.</summary>
    public override string ToString() =>
        $"{running} queue functions running; {string.Join(", ", functions.Where(function => !IsDrained(function)).Select(function => $"{function.Queue}: {broker.Count(function.Queue)}"))}";

    private async ValueTask CloseAsync()
    {
        // All at once, for each waits for its own functions.
        await Task.WhenAll(processors.Select(processor => processor.DisposeAsync().AsTask()));
        foreach (var client in clients.Values) await client.DisposeAsync();
    }

    // A queue that lies elsewhere isn't ours to wait for. A locked message is the broker's to judge: when whoever held it is
    // gone, only the clock sets it free.
    private bool IsDrained(QueueFunction function) =>
        function.ConnectionString is null || !address.IsThis(function.ConnectionString) || broker.Count(function.Queue).Active == 0;

    private async Task RunAsync(QueueFunction function, ProcessMessageEventArgs message)
    {
        Interlocked.Increment(ref running);
        try
        {
            await runner.RunAsync(function.Function, message.Message, new ServiceBusMessageActions(message), message.CancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private ServiceBusClient ClientOf(QueueFunction function)
    {
        if (clients.TryGetValue(function.Connection, out var known)) return known;
        var options = new ServiceBusClientOptions();
        if (function.ConnectionString is not null)
        {
            if (address.IsThis(function.ConnectionString)) options.TimeProvider = time;
            return clients[function.Connection] = new ServiceBusClient(function.ConnectionString, options);
        }

        var space = configuration[$"{function.Connection}:fullyQualifiedNamespace"]
            ?? throw new FunctionException(function.Function.Name, $"reads a queue over the connection '{function.Connection}', which no setting gives.");
        return clients[function.Connection] = new ServiceBusClient(space, services.GetRequiredService<TokenCredential>(), options);
    }

    [LoggerMessage(LogLevel.Error, "The queue function {Function} on {Queue} failed ({Source}).")]
    private partial void TriggerFailed(Exception failure, string function, string queue, ServiceBusErrorSource source);
}

/// <summary>A Service Bus function with its queue and connection looked up.</summary>
internal sealed class QueueFunction
{
    public QueueFunction(Function function, IConfiguration configuration)
    {
        var trigger = (ServiceBusTriggerAttribute)function.Trigger;
        Function = function;
        Queue = BindingExpression.Resolve(function.Name, trigger.QueueName!, configuration);
        var name = trigger.Connection ?? "ServiceBus";
        Connection = configuration[$"AzureWebJobs{name}"] is null ? name : $"AzureWebJobs{name}";
        ConnectionString = configuration[Connection];

        // Not set and set to false differ: host.json decides about the one.
        AutoComplete = function.TriggerParameter.CustomAttributes
            .Where(attribute => attribute.AttributeType == typeof(ServiceBusTriggerAttribute))
            .SelectMany(attribute => attribute.NamedArguments)
            .Where(argument => argument.MemberName == nameof(ServiceBusTriggerAttribute.AutoCompleteMessages))
            .Select(argument => (bool?)argument.TypedValue.Value)
            .FirstOrDefault();
    }

    public Function Function { get; }

    public string Queue { get; }

    /// <summary>The setting, or section of settings, of the connection.</summary>
    public string Connection { get; }

    /// <summary>The connection string; null when the section names a namespace instead.</summary>
    public string? ConnectionString { get; }

    public bool? AutoComplete { get; }
}

using LocalAzure.DurableTask;
using LocalAzure.Functions;
using LocalAzure.ServiceBus;

namespace LocalAzure.Hosting;

/// <summary>Everything that works by itself.</summary>
internal sealed class LocalParts(HttpFunctions http, TimerFunctions timers, ServiceBusFunctions queues, DurableEngine engine, Broker broker)
{
    public ILocalPart[] All { get; } = [http, timers, queues, engine, broker];
}

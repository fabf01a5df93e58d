using LocalAzure.DurableTask;
using LocalAzure.Functions;
using LocalAzure.ServiceBus;

namespace LocalAzure.Hosting;

/// <summary>Everything that works by itself.</summary>
internal sealed class LocalParts(HttpFunctions http, TimerFunctions timers, DurableEngine engine, Broker broker)
{
    public ILocalPart[] All { get; } = [http, timers, engine, broker];
}

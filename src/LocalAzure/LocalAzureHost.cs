using LocalAzure.DurableTask;
using LocalAzure.Functions;
using LocalAzure.Graph;
using LocalAzure.Hosting;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using LocalAzure.Tables;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalAzure;

/// <summary>The stand-in inside an app's host, for tests and simulations that drive it.</summary>
public sealed class LocalAzureHost
{
    private readonly IHost host;
    private readonly ILocalPart[] parts;
    private readonly TimeProvider time;

    /// <summary>Looks into a host that <c>FunctionsApplicationBuilder.Build</c> built.</summary>
    public LocalAzureHost(IHost host)
    {
        this.host = host;
        Store = host.Services.GetRequiredService<LocalStore>();
        Engine = host.Services.GetRequiredService<DurableEngine>();
        Broker = host.Services.GetRequiredService<Broker>();
        Graph = host.Services.GetRequiredService<LocalGraph>();
        Tables = host.Services.GetRequiredService<LocalTableServiceClient>();
        time = host.Services.GetRequiredService<TimeProvider>();
        parts = host.Services.GetRequiredService<LocalParts>().All;
    }

    /// <summary>Where HTTP answers, ending in a slash.</summary>
    /// <exception cref="InvalidOperationException">The host isn't started, or serves no HTTP.</exception>
    public Uri Address =>
        host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
            ? new Uri(address)
            : throw new InvalidOperationException("The host isn't started, or serves no HTTP.");

    /// <summary>The file that everything is in.</summary>
    public LocalStore Store { get; }

    /// <summary>The durable engine, with its client.</summary>
    public DurableEngine Engine { get; }

    /// <summary>The app's orchestrators and activities, as <see cref="HistoryReplay"/> takes them.</summary>
    public IDurableFunctions Functions => host.Services.GetRequiredService<DurableFunctions>();

    /// <summary>The embedded Service Bus.</summary>
    public Broker Broker { get; }

    /// <summary>The stand-in for Graph, with its inbox.</summary>
    public LocalGraph Graph { get; }

    /// <summary>The tables.</summary>
    public LocalTableServiceClient Tables { get; }

    /// <summary>The next instant at which something will happen by itself; null when nothing will.</summary>
    public DateTimeOffset? NextWakeUp => parts.Min(part => part.NextWakeUp);

    /// <summary>
    /// Waits until nothing is left to do before the clock moves or somebody calls: no request in flight, no function
    /// running or due, no message in the hands of a receiver.
    /// </summary>
    public Task WhenIdleAsync(CancellationToken cancellation = default) => Idleness.WaitAsync(parts, Store, cancellation);

    /// <summary>
    /// Runs a timer function now, as the genuine host does when it is asked to (<c>POST /admin/functions/NAME</c>),
    /// and waits until it has run.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such timer function.</exception>
    public Task RunTimerAsync(string function, CancellationToken cancellation = default) =>
        host.Services.GetRequiredService<TimerFunctions>().RunNowAsync(function).WaitAsync(cancellation);

    /// <summary>
    /// Moves a test's clock on, from one wake-up to the next, waiting at each until nothing is left to do. The clock must be
    /// the host's <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="setClock">Sets that clock, such as <c>FakeTimeProvider.SetUtcNow</c>.</param>
    /// <param name="by">How far, from now.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task AdvanceAsync(Action<DateTimeOffset> setClock, TimeSpan by, CancellationToken cancellation = default) =>
        AdvanceToAsync(setClock, time.GetUtcNow() + by, cancellation);

    /// <inheritdoc cref="AdvanceAsync"/>
    /// <param name="setClock">Sets that clock, such as <c>FakeTimeProvider.SetUtcNow</c>.</param>
    /// <param name="target">The instant at which to end.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AdvanceToAsync(Action<DateTimeOffset> setClock, DateTimeOffset target, CancellationToken cancellation = default)
    {
        var standing = new Standstill(parts, Store);
        while (true)
        {
            await WhenIdleAsync(cancellation);
            var now = time.GetUtcNow();
            if (now >= target) return;
            standing.ThrowIfLasting(now);
            setClock(NextWakeUp is { } next && next < target ? Later(next, now) : target);
        }
    }

    /// <summary>
    /// Ends as a kill would: nothing more is committed, sockets close, nothing is waited for. A host built afterwards on the
    /// same folder finds what a killed process would have left.
    /// </summary>
    public async Task CrashAsync()
    {
        await Store.CrashAsync();
        await host.Services.GetRequiredService<LocalLifetime>().AbandonAsync();
        try
        {
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
            else host.Dispose();
        }
        catch (Exception failure) when (failure is StorageException or ObjectDisposedException or AggregateException)
        {
            // What still wanted to tidy up finds the store gone, as it should.
        }
    }

    // A part whose instant has come is about to run: time stands until it did.
    private static DateTimeOffset Later(DateTimeOffset next, DateTimeOffset now) => next > now ? next : now;
}

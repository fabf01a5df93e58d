using LocalAzure.Functions;
using LocalAzure.ServiceBus;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAzure.Hosting;

/// <summary>Ends the parts without letting them finish, for a test that plays a crash.</summary>
internal sealed class LocalLifetime(IServiceProvider services)
{
    /// <summary>Closes sockets and stops timers; waits for no work.</summary>
    public async Task AbandonAsync()
    {
        services.GetRequiredService<TimerFunctions>().Dispose();
        await services.GetRequiredService<Broker>().StopAsync();

        // Kestrel aborts its connections when the time to stop is over already.
        if (services.GetService<IServer>() is { } server) await server.StopAsync(new CancellationToken(canceled: true));
    }
}

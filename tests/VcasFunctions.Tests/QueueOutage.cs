using Azure.Messaging.ServiceBus;
using LocalAzure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Tests;

/// <summary>What tests of a queue that is out of reach need.</summary>
internal static class QueueOutage
{
    /// <summary>
    /// Lets the client fail at once. It would try again by a clock of its own, which no test moves; the app tries again all the same.
    /// </summary>
    public static void FailsAtOnce(LocalAzureBuilder builder) => builder.Services.AddSingleton(provider => new ServiceBusClient(
        provider.GetRequiredService<IConfiguration>()["ServiceBusConnection"]!,
        new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } }));
}

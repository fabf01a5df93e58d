using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using VcasFunctions.Access;
using VcasFunctions.Backup;
using VcasFunctions.WriteOnceStorage;

namespace VcasFunctions;

/// <summary>
/// Azure's clients, each by identity; a connection string only where one is configured. What is registered already stays.
/// </summary>
public static class AzureClients
{
    private const string GraphScope = "https://graph.microsoft.com/.default";

    private static readonly TimeSpan ConnectionsLive = TimeSpan.FromMinutes(5);

    /// <summary>Registers Azure's clients, unless they are registered already.</summary>
    public static IServiceCollection AddAzureClients(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton(Tokens.Clock, TimeProvider.System);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddSingleton(Tables);
        services.TryAddSingleton(ServiceBus);
        services.TryAddSingleton(BackupStore);
        foreach (var name in new[] { nameof(GraphServiceClient), nameof(Tokens) })
        {
            // Both are kept for as long as the app lives. Their connections are renewed, so that a changed address is noticed; their
            // handlers never expire, because a factory whose handler is still held looks for it every ten seconds for ever.
            services.AddHttpClient(name)
                .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionsLive)
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        }

        services.TryAddSingleton(provider => new GraphServiceClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(GraphServiceClient)),
            provider.GetRequiredService<TokenCredential>(),
            [GraphScope]));
        return services;
    }

    private static TableServiceClient Tables(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        return configuration["TablesConnection"] is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(
                new Uri(Need(configuration, "TablesConnection:serviceUri", "TablesConnection__serviceUri")),
                provider.GetRequiredService<TokenCredential>());
    }

    // Made when the first backup is written, and not at all if there is none.
    private static Func<IWriteOnceStore> BackupStore(IServiceProvider provider)
    {
        var store = new Lazy<IWriteOnceStore>(() =>
        {
            var configuration = provider.GetRequiredService<IConfiguration>();
            return BlobWriteOnceStore.At(
                configuration["BackupConnection"],
                configuration["BackupConnection:serviceUri"],
                provider.GetRequiredService<TokenCredential>(),
                provider.GetRequiredService<IOptions<BackupOptions>>().Value.Container);
        });
        return () => store.Value;
    }

    private static ServiceBusClient ServiceBus(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        return configuration["ServiceBusConnection"] is { Length: > 0 } connection
            ? new ServiceBusClient(connection)
            : new ServiceBusClient(
                Need(configuration, "ServiceBusConnection:fullyQualifiedNamespace", "ServiceBusConnection__fullyQualifiedNamespace"),
                provider.GetRequiredService<TokenCredential>());
    }

    private static string Need(IConfiguration configuration, string key, string setting) =>
        configuration[key] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {setting} is missing.");
}

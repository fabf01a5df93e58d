using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables;
using LocalAzure.DurableTask;
using LocalAzure.Functions;
using LocalAzure.Graph;
using LocalAzure.Identity;
using LocalAzure.ServiceBus;
using LocalAzure.Storage;
using LocalAzure.Tables;
using LocalAzure.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAzure.Hosting;

/// <summary>
/// What stands in for Azure, registered before the app registers anything: the app's own registrations of Azure's clients
/// (by <c>TryAdd</c>) then find theirs taken, and a test's registrations (by <c>Add</c>) win over both.
/// </summary>
internal static class LocalServices
{
    public static void Add(HostApplicationBuilder builder, AppAssembly app, Pipeline pipeline)
    {
        var services = builder.Services;
        var host = HostJson.Read(builder.Configuration, builder.Environment.ContentRootPath);
        LocalConfiguration.AddWeakest(builder.Configuration, new MemoryConfigurationSource
        {
            InitialData = [.. host.LogLevels.Concat(QuietLogs).DistinctBy(level => level.Key, StringComparer.OrdinalIgnoreCase)],
        });

        var brokerAddress = new BrokerAddress(builder.Configuration);
        LocalConfiguration.AddWeakest(builder.Configuration, new BrokerSettings(brokerAddress));
        services.AddSingleton(brokerAddress);
        var httpAddress = new HttpAddress(builder.Configuration);
        LocalConfiguration.AddWeakest(builder.Configuration, new AuthoritySetting(builder.Configuration, httpAddress));
        services.AddSingleton(_ => httpAddress);
        LocalConfiguration.AddWeakest(builder.Configuration, new KeptFolderSetting(builder.Configuration));

        services.AddOptions<LocalAzureOptions>().BindConfiguration(LocalAzureOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalAzureOptions>, LocalAzureOptionsValidator>();
        services.AddSingleton(app);
        services.AddSingleton(pipeline);
        services.AddSingleton(host);
        services.AddSingleton(OpenStore);
        services.AddSingleton<TimeProvider>(provider =>
            new LocalClock(
                provider.GetRequiredService<LocalStore>(),
                TimeProvider.System,
                provider.GetRequiredService<IOptions<LocalAzureOptions>>().Value.Clock));
        services.AddSingleton<TokenCredential, LocalTokenCredential>();
        services.AddSingleton<TableServiceClient>(provider => provider.GetRequiredService<LocalTableServiceClient>());
        services.AddSingleton<LocalTableServiceClient>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<LocalAzureOptions>>().Value;
            return new LocalGraph(
                provider.GetRequiredService<LocalStore>(), provider.GetRequiredService<TimeProvider>(), options.Graph, options.Identity);
        });
        services.AddSingleton<IHttpMessageHandlerBuilderFilter, LocalGraphFilter>();
        services.AddSingleton<FunctionCatalogue>();
        services.AddSingleton<FunctionRunner>();
        services.AddSingleton<LocalLifetime>();
        services.AddSingleton<DurableFunctions>();
        services.AddOptions<JsonSerializerOptions>().Configure(options => options.PropertyNameCaseInsensitive = true);
        DurableExtension.Add(services);
        services.AddSingleton(MakeEngine);
        services.AddSingleton(MakeBroker);
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<LocalParts>();
        services.AddSingleton<Settling>();
        services.AddHostedService<LocalStartup>();
    }

    /// <summary>Adds what starts last and stops first: whatever calls functions by itself.</summary>
    public static void AddTriggers(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimerFunctions>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TimerFunctions>());
    }

    private static KeyValuePair<string, string?>[] QuietLogs =>
    [
        new("Logging:LogLevel:Default", "Information"),
        new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
        new("Logging:LogLevel:System.Net.Http", "Warning"),
    ];

    private static DurableEngine MakeEngine(IServiceProvider provider)
    {
        var options = DurableFunctions.ReadOptions(provider.GetRequiredService<HostJson>(), provider.GetRequiredService<IConfiguration>());
        options.Services = provider;
        return new DurableEngine(
            provider.GetRequiredService<LocalStore>(),
            provider.GetRequiredService<TimeProvider>(),
            options,
            provider.GetRequiredService<ILoggerFactory>());
    }

    private static Broker MakeBroker(IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var options = BrokerQueues.Declare(provider.GetRequiredService<IOptions<LocalAzureOptions>>().Value.ServiceBus);
        options.Port = provider.GetRequiredService<BrokerAddress>().Wanted;
        // The clients renew by the clock on the wall: one that runs faster or is moved on must not end their locks. A test that owns
        // the clock ends them by it.
        options.LockClock = LocalClock.WallOf(time);
        return new Broker(provider.GetRequiredService<LocalStore>(), time, options, provider.GetRequiredService<ILoggerFactory>());
    }

    private static LocalStore OpenStore(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<LocalAzureOptions>>().Value;
        return LocalStore.Open(Path.Combine(Path.GetFullPath(options.Data), "local.db"), options.Durability);
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace LocalAzure.Hosting;

/// <summary>
/// Where the embedded broker is, as the setting that the app reads. The port may be any free one, and who asks before the
/// broker listens is promised one that is free now; who asks afterwards is told the port that it has.
/// </summary>
internal sealed class BrokerAddress(IConfiguration configuration)
{
    /// <summary>The settings that hold the connection string unless the app's own settings give them.</summary>
    public static readonly string[] Settings = ["ServiceBusConnection", "AzureWebJobsServiceBus"];

    private readonly Lock gate = new();
    private int? port;

    /// <summary>The port to listen on; 0 for any.</summary>
    public int Wanted
    {
        get
        {
            lock (gate) return port ?? Configured;
        }
    }

    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=local;UseDevelopmentEmulator=true";

    private int Configured => configuration.GetValue("LocalAzure:ServiceBus:Port", new LocalServiceBusOptions().Port);

    private int Port
    {
        get
        {
            lock (gate) return port ??= Configured is var known and not 0 ? known : FindFree();
        }
    }

    /// <summary>The broker listens there.</summary>
    public void Found(int actual)
    {
        lock (gate) port = actual;
    }

    /// <summary>Whether the app's own settings name a namespace instead.</summary>
    public bool IsElsewhere(string setting) => configuration[$"{setting}:fullyQualifiedNamespace"] is { Length: > 0 };

    private static int FindFree()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}

/// <summary>Gives the broker's connection string as a setting, worked out when it is read.</summary>
internal sealed class BrokerSettings(BrokerAddress address) : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        var known = BrokerAddress.Settings.Contains(key, StringComparer.OrdinalIgnoreCase) && !address.IsElsewhere(key);
        value = known ? address.ConnectionString : null;
        return known;
    }
}

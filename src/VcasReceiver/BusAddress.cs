using Azure.Core;
using Azure.Messaging.ServiceBus;

namespace VcasReceiver;

/// <summary>Where the queues are, and with which key or as whom.</summary>
public sealed class BusAddress
{
    private readonly string scheme;
    private readonly string host;
    private readonly int port;
    private readonly string? keyName;
    private readonly string? key;

    private readonly TokenCredential? credential;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private BusAddress(
        string scheme,
        string host,
        int port,
        string? keyName,
        string? key,
        string referrals,
        string answers,
        TokenCredential? credential = null)
    {
        (this.scheme, this.host, this.port, this.keyName, this.key, this.credential) = (scheme, host, port, keyName, key, credential);
        (Referrals, Answers) = (referrals, answers);
    }

    /// <summary>Queue to receive from.</summary>
    public string Referrals { get; }

    /// <summary>Queue to answer to.</summary>
    public string Answers { get; }

    /// <summary>Reads a Service Bus connection string. <c>UseDevelopmentEmulator=true</c> means AMQP without TLS.</summary>
    /// <exception cref="BadSettingException">It has no endpoint, or half a key.</exception>
    public static BusAddress Parse(string connectionString, string referrals, string answers)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 1) throw Bad("must be a list of Name=Value with semicolons between.");
            parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        if (!parts.TryGetValue("Endpoint", out var endpoint)
            || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0)
            throw Bad("needs Endpoint=sb://host/.");
        var (keyName, key) = (parts.GetValueOrDefault("SharedAccessKeyName"), parts.GetValueOrDefault("SharedAccessKey"));
        if (string.IsNullOrEmpty(keyName) != string.IsNullOrEmpty(key))
            throw Bad("needs SharedAccessKeyName and SharedAccessKey together.");
        var plain = parts.TryGetValue("UseDevelopmentEmulator", out var emulator) && bool.TryParse(emulator, out var yes) && yes;
        if (!plain && string.IsNullOrEmpty(key)) throw Bad("needs SharedAccessKeyName and SharedAccessKey.");
        return new BusAddress(
            plain ? "amqp" : "amqps", uri.Host, uri.Port > 0 ? uri.Port : plain ? 5672 : 5671, keyName, key, referrals, answers);

        static BadSettingException Bad(string problem) => new("--connection", problem);
    }

    /// <summary>A namespace in which this program is known by its identity in Entra ID; there is no key.</summary>
    /// <exception cref="BadSettingException">It isn't the name of a host.</exception>
    public static BusAddress OfNamespace(string host, TokenCredential credential, string referrals, string answers)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || !host.Contains('.', StringComparison.Ordinal))
            throw new BadSettingException("--namespace", "must be the namespace's host, such as force.servicebus.windows.net.");
        return new BusAddress("amqps", host, 5671, null, null, referrals, answers, credential);
    }

    /// <summary>Host and port, for a line of the journal. The key never leaves this class but towards the broker.</summary>
    public override string ToString() => $"{scheme}://{host}:{port}";

    /// <summary>A client for it. Whoever uses it tries again by itself, and says so: the client tries once.</summary>
    internal ServiceBusClient Connect()
    {
        var options = new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0, TryTimeout = Patience } };
        if (credential is not null) return new ServiceBusClient(host, credential, options);
        var plain = scheme == "amqp" ? $":{port};UseDevelopmentEmulator=true" : "";
        return new ServiceBusClient(
            $"SharedAccessKeyName={keyName ?? "none"};SharedAccessKey={key ?? "none"};Endpoint=sb://{host}{plain}", options);
    }
}

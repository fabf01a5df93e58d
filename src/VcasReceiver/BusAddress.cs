using Amqp;

namespace VcasReceiver;

/// <summary>Where the queues are, and with which key.</summary>
public sealed class BusAddress
{
    private readonly string _scheme;
    private readonly string _host;
    private readonly int _port;
    private readonly string? _keyName;
    private readonly string? _key;

    private BusAddress(string scheme, string host, int port, string? keyName, string? key, string referrals, string answers)
    {
        (_scheme, _host, _port, _keyName, _key) = (scheme, host, port, keyName, key);
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

        if (!parts.TryGetValue("Endpoint", out var endpoint) || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Bad("needs Endpoint=sb://host/.");
        var (keyName, key) = (parts.GetValueOrDefault("SharedAccessKeyName"), parts.GetValueOrDefault("SharedAccessKey"));
        if (string.IsNullOrEmpty(keyName) != string.IsNullOrEmpty(key)) throw Bad("needs SharedAccessKeyName and SharedAccessKey together.");
        var plain = parts.TryGetValue("UseDevelopmentEmulator", out var emulator) && bool.TryParse(emulator, out var yes) && yes;
        if (!plain && string.IsNullOrEmpty(key)) throw Bad("needs SharedAccessKeyName and SharedAccessKey.");
        return new BusAddress(plain ? "amqp" : "amqps", uri.Host, uri.Port > 0 ? uri.Port : plain ? 5672 : 5671, keyName, key, referrals, answers);

        static BadSettingException Bad(string problem) => new("--connection", problem);
    }

    /// <summary>Host and port, for a line of the journal. The key never leaves this class but towards the broker.</summary>
    public override string ToString() => $"{_scheme}://{_host}:{_port}";

    internal Address ToAmqp() => new(_host, _port, _keyName, _key, "/", _scheme);
}

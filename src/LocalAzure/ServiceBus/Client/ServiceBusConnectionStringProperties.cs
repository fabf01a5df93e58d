namespace Azure.Messaging.ServiceBus;

/// <summary>The parts of a connection string.</summary>
public class ServiceBusConnectionStringProperties
{
    /// <summary>The host of <see cref="Endpoint"/>.</summary>
    public string? FullyQualifiedNamespace => Endpoint?.Host;

    /// <summary>The endpoint, <c>sb://…</c>; its port matters for a development emulator only.</summary>
    public Uri? Endpoint { get; private set; }

    /// <summary>The queue that the string is good for, if it names one.</summary>
    public string? EntityPath { get; private set; }

    /// <summary>The key.</summary>
    public string? SharedAccessKey { get; private set; }

    /// <summary>The key's name.</summary>
    public string? SharedAccessKeyName { get; private set; }

    /// <summary>A signature made elsewhere, instead of a key.</summary>
    public string? SharedAccessSignature { get; private set; }

    /// <summary>Whether the endpoint speaks AMQP without TLS.</summary>
    internal bool UseDevelopmentEmulator { get; private set; }

    /// <summary>Takes a connection string apart.</summary>
    /// <exception cref="FormatException">It isn't one; the message repeats none of it, for it holds a key.</exception>
    public static ServiceBusConnectionStringProperties Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var parsed = new ServiceBusConnectionStringProperties();
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new FormatException("The connection string has a part that isn't 'name=value'.");
            parsed.Set(part[..equals].Trim(), part[(equals + 1)..].Trim());
        }

        if (parsed.Endpoint is null) throw new FormatException("The connection string names no Endpoint.");
        return parsed;
    }

    private void Set(string name, string value)
    {
        switch (name.ToUpperInvariant())
        {
            case "ENDPOINT":
                Endpoint = Uri.TryCreate(value, UriKind.Absolute, out var endpoint)
                    ? endpoint
                    : throw new FormatException("The connection string's Endpoint is no address.");
                break;
            case "ENTITYPATH":
                EntityPath = value;
                break;
            case "SHAREDACCESSKEY":
                SharedAccessKey = value;
                break;
            case "SHAREDACCESSKEYNAME":
                SharedAccessKeyName = value;
                break;
            case "SHAREDACCESSSIGNATURE":
                SharedAccessSignature = value;
                break;
            case "USEDEVELOPMENTEMULATOR":
                UseDevelopmentEmulator = bool.TryParse(value, out var emulator) && emulator;
                break;
        }
    }
}

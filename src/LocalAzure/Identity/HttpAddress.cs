using System.Net;
using System.Net.Sockets;
using LocalAzure.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;

namespace LocalAzure.Identity;

/// <summary>
/// Where HTTP answers, as anyone who reads settings before it listens wants to know it. Where any free port will do, one is taken
/// when it is first asked for, and kept for the server.
/// </summary>
internal sealed class HttpAddress(IConfiguration configuration) : IDisposable
{
    private readonly Lock gate = new();
    private Socket? kept;

    /// <summary>Who the tokens say they are from.</summary>
    public string Issuer => $"http://127.0.0.1:{Port}/{LocalIdentity.Path}/v2.0";

    public int Port
    {
        get
        {
            if (configuration.GetValue("LocalAzure:Http:Port", new LocalHttpOptions().Port) is var known and not 0) return known;
            lock (gate)
            {
                kept ??= AnyPort.Take(Listen);
                return ((IPEndPoint)kept.LocalEndPoint!).Port;
            }
        }
    }

    /// <summary>The socket for the server to listen on.</summary>
    public Socket Bind(EndPoint endpoint)
    {
        if (endpoint is not IPEndPoint { Port: 0 }) return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        _ = Port;
        lock (gate) return kept!;
    }

    public void Dispose() => kept?.Dispose();

    // At once, and not only when the server comes to it: whoever connects already is answered once it is up.
    private static Socket Listen()
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));
        try
        {
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Gives the issuer's address as the setting that the app reads, worked out when it is read.</summary>
internal sealed class AuthoritySetting(IConfiguration configuration, HttpAddress address) : ConfigurationProvider, IConfigurationSource
{
    private string? Name => configuration["LocalAzure:Identity:AuthoritySetting"];

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        var isThis = !key.StartsWith("LocalAzure:", StringComparison.OrdinalIgnoreCase)
            && string.Equals(key, Name, StringComparison.OrdinalIgnoreCase);
        value = isThis ? address.Issuer : null;
        return isThis;
    }

    // The binder asks which keys there are beneath a section.
    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var name = parentPath?.StartsWith("LocalAzure", StringComparison.OrdinalIgnoreCase) == true ? null : Name;
        if (name is null || (parentPath is not null && !name.StartsWith($"{parentPath}:", StringComparison.OrdinalIgnoreCase)))
            return earlierKeys;
        var rest = parentPath is null ? name : name[(parentPath.Length + 1)..];
        return earlierKeys.Append(rest.Split(':')[0]);
    }
}

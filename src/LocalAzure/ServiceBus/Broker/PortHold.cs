using System.Net;
using System.Net.Sockets;

namespace LocalAzure.ServiceBus;

/// <summary>
/// Keeps a port on 127.0.0.1 for as long as the broker lives, through its outages too: otherwise the system may give the number
/// of a stopped broker to whoever next asks for any free port, and the broker could not come back where its clients look for it.
/// </summary>
/// <remarks>
/// On Linux a port can be bound beside a socket that is bound and doesn't listen, and connecting to such a socket is refused.
/// Elsewhere nothing is kept: there the port has to be free again when the broker starts.
/// </remarks>
internal sealed class PortHold : IDisposable
{
    private readonly Socket? bound;

    /// <param name="port">The port, or 0 for any that is free.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public PortHold(int port)
    {
        Port = port;
        if (!OperatingSystem.IsLinux()) return;
        bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, port));
        Port = ((IPEndPoint)bound.LocalEndPoint!).Port;
    }

    /// <summary>The port that is kept; 0 where none is.</summary>
    public int Port { get; }

    public void Dispose() => bound?.Dispose();
}

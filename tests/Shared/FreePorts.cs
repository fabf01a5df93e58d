using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Shared;

/// <summary>
/// Ports on loopback for servers that must be told one: a process that is killed and comes back, a host of somebody else's.
/// </summary>
public static class FreePorts
{
    private const int Lowest = 20_000;
    private const int Highest = 32_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>
    /// A port that is free at this moment, and that a process can have again after it was killed: it lies below the ephemeral range, so the
    /// system gives it to no outgoing connection meanwhile, such as that of a client knocking in vain, and to no server that takes any. No
    /// test is given one that another has: between two lives of a process nothing listens there.
    /// </summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (!Given.TryAdd(port, true)) continue;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's: another one.
            }
        }
    }
}

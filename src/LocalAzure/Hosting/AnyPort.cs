using System.Net.Sockets;

namespace LocalAzure.Hosting;

/// <summary>
/// Takes a port where any will do. One to which nobody was bound can still be the near end of somebody's connection to elsewhere,
/// and a new connection on this machine may share it up to the moment at which it is listened on. Then another is taken.
/// </summary>
internal static class AnyPort
{
    private const int MostTries = 20;

    /// <summary>
    /// What <paramref name="listen"/> makes, which takes a free port and listens on it; where it was taken meanwhile, it is asked again.
    /// </summary>
    /// <exception cref="SocketException">There is none, or something else is wrong.</exception>
    public static T Take<T>(Func<T> listen)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return listen();
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < MostTries)
            {
                // The next one.
            }
        }
    }
}

using System.Net.Sockets;
using LocalAzure.Hosting;

namespace LocalAzure.Tests.Hosting;

public sealed class AnyPortTests
{
    [Fact]
    public void A_port_that_was_taken_meanwhile_gives_way_to_another()
    {
        var tries = 0;
        Assert.Equal(3, AnyPort.Take(() => ++tries < 3 ? throw new SocketException((int)SocketError.AddressAlreadyInUse) : tries));
    }

    [Fact]
    public void Where_all_are_taken_it_ends_and_says_so()
    {
        var tries = 0;
        var taken = Assert.Throws<SocketException>(() => AnyPort.Take<int>(() =>
        {
            tries++;
            throw new SocketException((int)SocketError.AddressAlreadyInUse);
        }));
        Assert.Equal((20, SocketError.AddressAlreadyInUse), (tries, taken.SocketErrorCode));
    }

    [Fact]
    public void Whatever_else_is_wrong_is_said_at_once()
    {
        var tries = 0;
        Assert.Throws<SocketException>(() => AnyPort.Take<int>(() =>
        {
            tries++;
            throw new SocketException((int)SocketError.AccessDenied);
        }));
        Assert.Equal(1, tries);
    }
}

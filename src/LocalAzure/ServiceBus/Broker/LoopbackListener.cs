using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Amqp;

namespace LocalAzure.ServiceBus;

/// <summary>
/// Listens on 127.0.0.1, does the opening of each connection apart from the others (a peer that says nothing holds up nobody),
/// and hands the connections that got so far to the library. Any mechanism and any key is good: only this machine can connect.
/// </summary>
internal sealed class LoopbackListener : TransportProvider
{
    public const string Scheme = "loopback";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<IAsyncTransport> opened = Channel.CreateUnbounded<IAsyncTransport>();
    private readonly Socket listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly HashSet<LoopbackTransport> transports = [];
    private bool closed;

    public LoopbackListener(int port)
    {
        AddressSchemes = [Scheme];
        try
        {
            listening.Bind(new IPEndPoint(IPAddress.Loopback, port));
            listening.Listen(128);
        }
        catch (SocketException)
        {
            listening.Dispose();
            throw;
        }

        Port = ((IPEndPoint)listening.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public override async Task<IAsyncTransport> CreateAsync(Address address)
    {
        // The library asks again for ever, also when the listener is closed: then there is never an answer.
        if (await opened.Reader.WaitToReadAsync() && opened.Reader.TryRead(out var transport)) return transport;
        return await new TaskCompletionSource<IAsyncTransport>().Task;
    }

    /// <summary>Stops listening; connections that are open stay so until <see cref="Abort"/>.</summary>
    public override void Dispose()
    {
        listening.Dispose();
        opened.Writer.TryComplete();
        base.Dispose();
    }

    /// <summary>Cuts every connection.</summary>
    public void Abort()
    {
        LoopbackTransport[] open;
        lock (transports)
        {
            closed = true;
            open = [.. transports];
            transports.Clear();
        }

        foreach (var transport in open) transport.Close();
    }

    private static byte[] Mechanisms()
    {
        string[] names = ["ANONYMOUS", "PLAIN", "EXTERNAL", "MSSBCBS"];
        var array = new List<byte> { (byte)names.Length, 0xa3 };
        foreach (var name in names)
        {
            array.Add((byte)name.Length);
            array.AddRange(System.Text.Encoding.ASCII.GetBytes(name));
        }

        return SaslFrame(0x40, [0xe0, (byte)array.Count, .. array]);
    }

    /// <summary>A frame of the security layer whose performative has one field.</summary>
    private static byte[] SaslFrame(byte descriptor, byte[] field)
    {
        byte[] body = [0x00, 0x53, descriptor, 0xc0, (byte)(field.Length + 1), 1, .. field];
        return [0, 0, 0, (byte)(body.Length + 8), 2, 1, 0, 0, .. body];
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await listening.AcceptAsync();
                socket.NoDelay = true;
                _ = OpenAsync(new LoopbackTransport(socket));
            }
            catch (SocketException failure) when (failure.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted))
            {
                // One connection failed while it was being accepted; the next may not.
            }
            catch (Exception end) when (end is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task OpenAsync(LoopbackTransport transport)
    {
        var good = false;
        try
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            good = await NegotiateAsync(transport, patience.Token);
            lock (transports) good = good && !closed && transports.Add(transport);
            good = good && opened.Writer.TryWrite(transport);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever it was has gone, or said nothing for too long.
        }
        finally
        {
            if (!good) transport.Close();
        }
    }

    private static async Task<bool> NegotiateAsync(LoopbackTransport transport, CancellationToken patience)
    {
        const byte Plain = 0;
        const byte Sasl = 3;
        var header = await transport.ReadHeaderAsync(patience);
        if (header is null) return false;
        if (header[4] == Sasl)
        {
            await transport.SendAllAsync(header);
            await transport.SendAllAsync(Mechanisms());
            if (!await transport.SkipFrameAsync(patience)) return false;
            await transport.SendAllAsync(SaslFrame(0x44, [0x50, 0]));
            header = await transport.ReadHeaderAsync(patience);
        }

        if (header is null || header[4] != Plain) return false;
        transport.Unread(header.Length);
        return true;
    }
}

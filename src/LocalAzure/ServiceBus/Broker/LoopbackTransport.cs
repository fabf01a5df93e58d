using System.Buffers.Binary;
using System.Net.Sockets;
using Amqp;

namespace LocalAzure.ServiceBus;

/// <summary>
/// A connection's bytes on 127.0.0.1. It reads whole frames, refuses impossible ones, and repairs the one thing in which the
/// genuine client and the library disagree (see <see cref="FrameRepair"/>).
/// </summary>
internal sealed class LoopbackTransport(Socket socket) : IAsyncTransport
{
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    // Bytes at the front that are known to be whole and repaired, so that they may be handed on.
    private int cleared;

    public static int LargestFrame => 256 * 1024;

    public void SetConnection(Connection connection)
    {
    }

    public async Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        if (bufferList.Count == 1)
        {
            await SendAllAsync(bufferList[0].Buffer.AsMemory(bufferList[0].Offset, bufferList[0].Length));
            return;
        }

        var whole = new byte[listSize];
        var at = 0;
        foreach (var part in bufferList)
        {
            Buffer.BlockCopy(part.Buffer, part.Offset, whole, at, part.Length);
            at += part.Length;
        }

        await SendAllAsync(whole);
    }

    public void Send(ByteBuffer buffer) => socket.Send(buffer.Buffer, buffer.Offset, buffer.Length, SocketFlags.None);

    public async Task<int> ReceiveAsync(byte[] target, int offset, int count)
    {
        if (cleared == 0 && !await ClearNextAsync()) return 0;
        var given = Math.Min(count, cleared);
        Buffer.BlockCopy(buffer, from, target, offset, given);
        from += given;
        cleared -= given;
        return given;
    }

    public int Receive(byte[] target, int offset, int count) => throw new NotSupportedException();

    public void Close() => socket.Dispose();

    /// <summary>Reads the eight bytes of a protocol header; null when the peer goes away or sends something else.</summary>
    public async Task<byte[]?> ReadHeaderAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(8, cancellation)) return null;
        var header = buffer.AsSpan(from, 8).ToArray();
        from += 8;
        return header.AsSpan(0, 4).SequenceEqual("AMQP"u8) ? header : null;
    }

    /// <summary>Puts a header back, for the library to read.</summary>
    public void Unread(int count)
    {
        from -= count;
        cleared = count;
    }

    /// <summary>Reads one frame of the security layer and drops it.</summary>
    public async Task<bool> SkipFrameAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(8, cancellation)) return false;
        var size = FrameSize();
        if (size is null || !await FillAsync(size.Value, cancellation)) return false;
        from += size.Value;
        return true;
    }

    public async Task SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
    }

    private async Task<bool> ClearNextAsync()
    {
        if (!await FillAsync(8, CancellationToken.None)) return false;

        // A frame longer than the library was told to expect, or shorter than its own header, is no frame: hang up.
        if (FrameSize() is not { } size || !await FillAsync(size, CancellationToken.None)) return false;
        FrameRepair.Repair(buffer.AsSpan(from, size));
        cleared = size;
        return true;
    }

    private int? FrameSize()
    {
        var size = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(from));
        return size >= 8 && size <= LargestFrame ? (int)size : null;
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellation)
    {
        if (to - from >= count) return true;
        if (buffer.Length - from < count)
        {
            var room = buffer.Length >= count ? buffer : new byte[Math.Max(count, buffer.Length * 2)];
            Buffer.BlockCopy(buffer, from, room, 0, to - from);
            (buffer, to, from) = (room, to - from, 0);
        }

        while (to - from < count)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(to), SocketFlags.None, cancellation);
            if (received == 0) return false;
            to += received;
        }

        return true;
    }
}

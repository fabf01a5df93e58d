using System.Buffers.Binary;

namespace LocalAzure.ServiceBus;

/// <summary>
/// The genuine JavaScript client writes the reason of a dead letter as a map with string keys where the standard wants
/// symbols, and the service takes it; AMQPNetLite's decoder drops the connection. A string and a symbol of the same length
/// differ in one byte, so the keys are turned into symbols in place before the decoder sees them.
/// </summary>
internal static class FrameRepair
{
    private const byte Disposition = 0x15;
    private const byte Rejected = 0x25;
    private const byte Modified = 0x27;
    private const byte Error = 0x1d;

    /// <summary>Repairs a frame in place. Anything but such a map is left as it is, malformed frames too.</summary>
    public static void Repair(Span<byte> frame)
    {
        var body = frame[4] * 4;
        if (body < 8 || frame.Length < body + 3 || frame[body] != 0 || frame[body + 1] != 0x53 || frame[body + 2] != Disposition) return;
        try
        {
            if (Field(frame, body, 4) is not { } state || frame[state] != 0 || frame[state + 1] != 0x53) return;
            var map = frame[state + 2] switch
            {
                Rejected when Field(frame, state, 0) is { } error && frame[error] == 0 && frame[error + 2] == Error =>
                    Field(frame, error, 2),
                Modified => Field(frame, state, 2),
                _ => null,
            };
            if (map is { } at) RepairKeys(frame, at);
        }
        catch (Exception malformed) when (malformed is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            // The decoder will say so, to the peer that sent it.
        }
    }

    private static void RepairKeys(Span<byte> frame, int at)
    {
        var (entries, count) = frame[at] switch
        {
            0xc1 => (at + 3, (int)frame[at + 2]),
            0xd1 => (at + 9, (int)BinaryPrimitives.ReadUInt32BigEndian(frame[(at + 5)..])),
            _ => (at, 0),
        };
        for (var i = 0; i + 1 < count; i += 2)
        {
            frame[entries] = frame[entries] switch
            {
                0xa1 => 0xa3,
                0xb1 => 0xb3,
                var other => other,
            };
            entries = After(frame, After(frame, entries));
        }
    }

    /// <summary>Where a field of the described list at this place begins; null when the list is shorter.</summary>
    private static int? Field(ReadOnlySpan<byte> frame, int described, int index)
    {
        var list = described + 3;
        var (at, count) = frame[list] switch
        {
            0xc0 => (list + 3, (int)frame[list + 2]),
            0xd0 => (list + 9, (int)BinaryPrimitives.ReadUInt32BigEndian(frame[(list + 5)..])),
            _ => (list, 0),
        };
        if (index >= count) return null;
        for (var i = 0; i < index; i++) at = After(frame, at);
        return at;
    }

    /// <summary>Where the value after the one at this place begins.</summary>
    private static int After(ReadOnlySpan<byte> frame, int at, int depth = 0)
    {
        // The library's own limit. Without one a frame of nothing but zeros, each a value that describes the next, ended the process.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 64);
        var code = frame[at];
        if (code == 0) return After(frame, After(frame, at + 1, depth + 1), depth + 1);
        var next = (code >> 4) switch
        {
            0x4 => at + 1,
            0x5 => at + 2,
            0x6 => at + 3,
            0x7 => at + 5,
            0x8 => at + 9,
            0x9 => at + 17,
            0xa or 0xc or 0xe => at + 2 + frame[at + 1],
            0xb or 0xd or 0xf => checked(at + 5 + (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(frame[(at + 1)..]), int.MaxValue / 2)),
            _ => throw new ArgumentOutOfRangeException(nameof(at)),
        };
        return next <= frame.Length ? next : throw new ArgumentOutOfRangeException(nameof(at));
    }
}

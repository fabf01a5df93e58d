using System.Buffers;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalAzure.DurableTask.History;

/// <summary>Episodes and messages as bytes: numbers in seven-bit groups, texts in UTF-8 behind their length, nothing that can be had elsewhere.</summary>
internal static class HistoryCodec
{
    private const byte Format = 1;

    // Failures within failures; beyond this many a row is damaged.
    private const int DeepestFailure = 200;

    private delegate T Reading<T>(ref BlobReader from);

    public static byte[] Encode(Episode episode)
    {
        var writer = new BlobWriter();
        writer.Byte(Format);
        writer.Number(episode.At.Ticks);
        writer.Number(episode.Incoming.Count);
        foreach (var item in episode.Incoming) Write(ref writer, item);
        writer.Number(episode.Actions.Count);
        foreach (var item in episode.Actions) Write(ref writer, item);
        return writer.Finish();
    }

    /// <exception cref="FormatException">The bytes are no episode.</exception>
    public static Episode DecodeEpisode(ReadOnlySpan<byte> blob) => Decode(blob, static (ref BlobReader reader) =>
    {
        var at = new DateTime(reader.Number(), DateTimeKind.Utc);
        var incoming = new HistoryEvent[reader.Count()];
        for (var i = 0; i < incoming.Length; i++) incoming[i] = Read(ref reader);
        var actions = new ActionEvent[reader.Count()];
        for (var i = 0; i < actions.Length; i++) actions[i] = (ActionEvent)Read(ref reader);
        return new Episode(at, incoming, actions);
    });

    public static byte[] Encode(HistoryEvent message)
    {
        var writer = new BlobWriter();
        writer.Byte(Format);
        Write(ref writer, message);
        return writer.Finish();
    }

    /// <exception cref="FormatException">The bytes are no event.</exception>
    public static HistoryEvent DecodeEvent(ReadOnlySpan<byte> blob) => Decode(blob, static (ref BlobReader reader) => Read(ref reader));

    public static byte[] Encode(TaskFailureDetails failure)
    {
        var writer = new BlobWriter();
        writer.Byte(Format);
        WriteFailure(ref writer, failure);
        return writer.Finish();
    }

    /// <exception cref="FormatException">The bytes are no failure.</exception>
    public static TaskFailureDetails DecodeFailure(ReadOnlySpan<byte> blob) => Decode(blob, static (ref BlobReader reader) => ReadFailure(ref reader));

    private static T Decode<T>(ReadOnlySpan<byte> blob, Reading<T> read)
    {
        try
        {
            var reader = new BlobReader(blob);
            CheckFormat(ref reader);
            return read(ref reader);
        }
        catch (Exception damaged) when (damaged is IndexOutOfRangeException or ArgumentException or OverflowException or InvalidCastException)
        {
            throw new FormatException("The stored history is damaged.", damaged);
        }
    }

    private static void CheckFormat(ref BlobReader reader)
    {
        var format = reader.Byte();
        if (format != Format) throw new FormatException($"History format {format} is not known; this engine writes {Format}.");
    }

    private static void Write(ref BlobWriter to, HistoryEvent item)
    {
        switch (item)
        {
            case ExecutionStarted: to.Byte(1); break;
            case TaskScheduled e: to.Byte(2); to.Number(e.Id); to.Text(e.Name); to.Text(e.Version); to.Text(e.Input); break;
            case TimerCreated e: to.Byte(3); to.Number(e.Id); to.Number(e.FireAt.Ticks); break;
            case SubOrchestrationInstanceCreated e:
                to.Byte(4); to.Number(e.Id); to.Text(e.Name); to.Text(e.InstanceId); to.Text(e.Version); to.Text(e.Input); break;
            case EventSent e: to.Byte(5); to.Number(e.Id); to.Text(e.InstanceId); to.Text(e.Name); to.Text(e.Input); break;
            case ExecutionCompleted e:
                to.Byte(6); to.Number(e.Id); to.Number((int)e.Status); to.Text(e.Result);
                to.Byte(e.Failure is null ? (byte)0 : (byte)1);
                if (e.Failure is not null) WriteFailure(ref to, e.Failure);
                break;
            case TaskCompleted e: to.Byte(7); to.Number(e.TaskId); to.Text(e.Result); break;
            case TaskFailed e: to.Byte(8); to.Number(e.TaskId); WriteFailure(ref to, e.Failure); break;
            case TimerFired e: to.Byte(9); to.Number(e.TimerId); to.Number(e.FireAt.Ticks); break;
            case SubOrchestrationInstanceCompleted e: to.Byte(10); to.Number(e.TaskId); to.Text(e.Result); break;
            case SubOrchestrationInstanceFailed e: to.Byte(11); to.Number(e.TaskId); WriteFailure(ref to, e.Failure); break;
            case EventRaised e: to.Byte(12); to.Text(e.Name); to.Text(e.Input); break;
            case ExecutionSuspended e: to.Byte(13); to.Text(e.Reason); break;
            case ExecutionResumed e: to.Byte(14); to.Text(e.Reason); break;
            case ExecutionTerminated e: to.Byte(15); to.Text(e.Output); to.Byte(e.Recursive ? (byte)1 : (byte)0); break;
            default: throw new InvalidOperationException($"{item.GetType().Name} is never stored by itself.");
        }
    }

    private static HistoryEvent Read(ref BlobReader from)
    {
        var kind = from.Byte();
        return kind switch
        {
            1 => new ExecutionStarted(),
            2 => new TaskScheduled(from.Int(), from.Text()!, from.Text(), from.Text()),
            3 => new TimerCreated(from.Int(), new DateTime(from.Number(), DateTimeKind.Utc)),
            4 => new SubOrchestrationInstanceCreated(from.Int(), from.Text()!, from.Text()!, from.Text(), from.Text()),
            5 => new EventSent(from.Int(), from.Text()!, from.Text()!, from.Text()),
            6 => new ExecutionCompleted(
                from.Int(), (OrchestrationRuntimeStatus)from.Int(), from.Text(), from.Byte() == 1 ? ReadFailure(ref from) : null),
            7 => new TaskCompleted(from.Int(), from.Text()),
            8 => new TaskFailed(from.Int(), ReadFailure(ref from)),
            9 => new TimerFired(from.Int(), new DateTime(from.Number(), DateTimeKind.Utc)),
            10 => new SubOrchestrationInstanceCompleted(from.Int(), from.Text()),
            11 => new SubOrchestrationInstanceFailed(from.Int(), ReadFailure(ref from)),
            12 => new EventRaised(from.Text()!, from.Text()),
            13 => new ExecutionSuspended(from.Text()),
            14 => new ExecutionResumed(from.Text()),
            15 => new ExecutionTerminated(from.Text(), from.Byte() == 1),
            _ => throw new FormatException($"Event kind {kind} is not known."),
        };
    }

    private static void WriteFailure(ref BlobWriter to, TaskFailureDetails failure)
    {
        to.Text(failure.ErrorType);
        to.Text(failure.ErrorMessage);
        to.Text(failure.StackTrace);
        to.Byte(failure.InnerFailure is null ? (byte)0 : (byte)1);
        if (failure.InnerFailure is not null) WriteFailure(ref to, failure.InnerFailure);
    }

    private static TaskFailureDetails ReadFailure(ref BlobReader from, int depth = 0) => depth < DeepestFailure
        ? new(from.Text()!, from.Text()!, from.Text(), from.Byte() == 1 ? ReadFailure(ref from, depth + 1) : null, null)
        : throw new FormatException("The stored history is damaged: its failures go too deep.");

    private ref struct BlobWriter
    {
        private byte[] buffer = ArrayPool<byte>.Shared.Rent(512);
        private int length;

        public BlobWriter()
        {
        }

        public void Byte(byte value)
        {
            Ensure(1);
            buffer[length++] = value;
        }

        public void Number(long value)
        {
            // Zigzag, for a number may be negative in principle and small ones must stay small.
            var rest = (ulong)((value << 1) ^ (value >> 63));
            Ensure(10);
            while (rest >= 0x80)
            {
                buffer[length++] = (byte)(rest | 0x80);
                rest >>= 7;
            }

            buffer[length++] = (byte)rest;
        }

        public void Text(string? value)
        {
            if (value is null)
            {
                Number(0);
                return;
            }

            var bytes = Encoding.UTF8.GetByteCount(value);
            Number(bytes + 1);
            Ensure(bytes);
            length += Encoding.UTF8.GetBytes(value, buffer.AsSpan(length));
        }

        public byte[] Finish()
        {
            var result = buffer.AsSpan(0, length).ToArray();
            ArrayPool<byte>.Shared.Return(buffer);
            return result;
        }

        private void Ensure(int more)
        {
            if (length + more <= buffer.Length) return;
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + more));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private ref struct BlobReader(ReadOnlySpan<byte> blob)
    {
        private ReadOnlySpan<byte> rest = blob;

        public byte Byte()
        {
            var value = rest[0];
            rest = rest[1..];
            return value;
        }

        public int Int() => checked((int)Number());

        // Each of what is counted takes a byte at least.
        public int Count() => Int() is var count && count >= 0 && count <= rest.Length ? count : throw new FormatException("The stored history is damaged.");

        public long Number()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = Byte();
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80) return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        public string? Text()
        {
            var length = Int();
            if (length == 0) return null;
            var text = Encoding.UTF8.GetString(rest[..(length - 1)]);
            rest = rest[(length - 1)..];
            return text;
        }
    }
}

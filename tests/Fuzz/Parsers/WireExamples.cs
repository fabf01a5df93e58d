using System.Buffers.Binary;
using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Fuzz.Parsers;

/// <summary>What good clients put on the wire.</summary>
internal static class WireExamples
{
    public static byte[][] Messages()
    {
        var plain = new Message
        {
            Header = new Header { Durable = true, Ttl = 60_000 },
            MessageAnnotations = new MessageAnnotations
            {
                [(Symbol)"x-opt-scheduled-enqueue-time"] = new DateTime(2024, 3, 12, 0, 0, 0, DateTimeKind.Utc),
            },
            Properties = new Properties { MessageId = "m1", Subject = "s", ContentType = "application/json" },
            ApplicationProperties = new ApplicationProperties { ["reason"] = "r", ["number"] = 5 },
            BodySection = new Data { Binary = "{}"u8.ToArray() },
        };
        var value = new Message { BodySection = new AmqpValue { Value = new Map { ["a"] = new List { 1, "b", Guid.Empty } } } };
        byte[] batch = [.. DataSection(Bytes(plain)), .. DataSection(Bytes(value))];
        return [Bytes(plain), Bytes(value), batch, Bytes(new Message { BodySection = new Data { Binary = [] } })];
    }

    public static byte[][] Requests()
    {
        var token = Guid.Parse("9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001");
        return
        [
            Request("com.microsoft:renew-lock", new Map { ["lock-tokens"] = new[] { token } }),
            Request("com.microsoft:renew-lock", new Map { ["lock-tokens"] = Array.Empty<Guid>() }),
            Request("com.microsoft:update-disposition", new Map
            {
                ["lock-tokens"] = new[] { token },
                ["disposition-status"] = "suspended",
                ["deadletter-reason"] = "r",
                ["properties-to-modify"] = new Map { ["a"] = 1 },
            }),
            Request("com.microsoft:peek-message", new Map { ["from-sequence-number"] = 0L, ["message-count"] = 10 }),
            Request("com.microsoft:peek-message", new Map { ["from-sequence-number"] = "x", ["message-count"] = "y" }),
            Request("com.microsoft:schedule-message", new Map { ["messages"] = new List { new Map { ["message"] = Messages()[0] } } }),
            Request("com.microsoft:schedule-message", new Map { ["messages"] = new List() }),
            Request("com.microsoft:cancel-scheduled-message", new Map { ["sequence-numbers"] = new[] { 1L, 2L } }),
        ];
    }

    // Dispositions as the JavaScript client writes them: a rejection with string keys, a modification, an acceptance; and a transfer.
    public static byte[][] Frames()
    {
        byte[] rejected =
        [
            0x00, 0x53, 0x25, 0xc0, 0x1c, 0x01, 0x00, 0x53, 0x1d, 0xc0, 0x16, 0x03, 0xa3, 0x01, (byte)'c', 0x40, 0xc1, 0x0f, 0x02, 0xa1,
            0x04, (byte)'n', (byte)'a', (byte)'m', (byte)'e', 0xa1, 0x05, (byte)'v', (byte)'a', (byte)'l', (byte)'u', (byte)'e',
        ];
        byte[] modified =
        [
            0x00, 0x53, 0x27, 0xc0, 0x0d, 0x03, 0x41, 0x42, 0xc1, 0x08, 0x02, 0xa1, 0x01, (byte)'k', 0xa1, 0x02, (byte)'v', (byte)'v',
        ];
        byte[] accepted = [0x00, 0x53, 0x24, 0x45];
        return [.. new[] { rejected, modified, accepted }
            .Select(state => Frame([0x00, 0x53, 0x15, 0xc0, (byte)(state.Length + 6), 0x05, 0x41, 0x52, 0x01, 0x40, 0x41, .. state])),
            Frame([0x00, 0x53, 0x14, 0xc0, 0x06, 0x04, 0x43, 0x43, 0xa0, 0x01, 0x01, .. Messages()[0]])];
    }

    private static byte[] Frame(byte[] body)
    {
        byte[] frame = [0, 0, 0, 0, 2, 0, 0, 0, .. body];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)frame.Length);
        return frame;
    }

    private static byte[] DataSection(byte[] content) => [0x00, 0x53, 0x75, 0xa0, (byte)content.Length, .. content];

    private static byte[] Request(string operation, Map body) => Bytes(new Message
    {
        Properties = new Properties { MessageId = "1", ReplyTo = "r" },
        ApplicationProperties = new ApplicationProperties { ["operation"] = operation },
        BodySection = new AmqpValue { Value = body },
    });

    private static byte[] Bytes(Message message)
    {
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}

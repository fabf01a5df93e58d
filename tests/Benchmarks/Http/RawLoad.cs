using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Http;

/// <summary>Load from plain sockets, pipelined, so that the client costs little beside the server that shares its cores.</summary>
internal static class RawLoad
{
    private const int Connections = 8;
    private const int Depth = 16;

    public static byte[] Request(string method, string path, string? json)
    {
        var body = json is null
            ? string.Empty
            : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n";
        return Encoding.UTF8.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{body}\r\n{json}");
    }

    /// <summary>Requests answered a second.</summary>
    public static async Task<double> RunAsync(int port, byte[] request, TimeSpan length)
    {
        var batch = Enumerable.Repeat(request, Depth).SelectMany(bytes => bytes).ToArray();
        var answerLength = await AnswerLengthAsync(port, request);
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => Task.Run(() => DriveAsync(port, batch, answerLength, began, length))));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<long> DriveAsync(int port, byte[] batch, int answerLength, long began, TimeSpan length)
    {
        using var socket = await ConnectAsync(port);
        var buffer = new byte[64 * 1024];
        var answers = 0L;
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            await socket.SendAsync(batch);
            for (var open = Depth * answerLength; open > 0;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, open)));
                if (read == 0) throw new IOException("The server closed the connection.");
                open -= read;
            }

            answers += Depth;
        }

        return answers;
    }

    // Every answer to the same request is as long as the first.
    private static async Task<int> AnswerLengthAsync(int port, byte[] request)
    {
        using var socket = await ConnectAsync(port);
        await socket.SendAsync(request);
        var buffer = new byte[4_096];
        var length = 0;
        while (true)
        {
            length += await socket.ReceiveAsync(buffer.AsMemory(length));
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) continue;
            if (!text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) throw new IOException("An answer wasn't 200.");
            const string Name = "Content-Length: ";
            var at = text.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
            var total = head + 4 + int.Parse(text.AsSpan(at, text.IndexOf('\r', at) - at));
            if (length >= total) return total;
        }
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Offers;

/// <summary>What a round of load came to.</summary>
/// <param name="Offers">Answered 201.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Waits">How long each answer took, ascending.</param>
internal sealed record Load(int Offers, TimeSpan Elapsed, IReadOnlyList<TimeSpan> Waits)
{
    /// <summary>Offers answered a second.</summary>
    public double PerSecond => Offers / Elapsed.TotalSeconds;

    /// <summary>The wait that 99 of 100 don't exceed.</summary>
    public TimeSpan P99 => Waits.Count == 0 ? TimeSpan.Zero : Waits[(int)(Waits.Count * 0.99)];
}

/// <summary>
/// Officers' devices: each connection sends one offer, waits for its answer, and sends the next. Plain sockets, so that the
/// client costs little beside the server that shares its cores.
/// </summary>
internal static class OfferLoad
{
    private const string Body = """
        {"answer":"declined","team":"north","crimeReference":"AB/123456/26",
         "household":{"people":[{"relationship":"partner","ageBand":"adult"},{"relationship":"child","ageBand":"from5To11"}]},
         "contact":{"name":"Alex Example","phone":"07700 900123","voicemailAllowed":false,
         "safeTimes":[{"days":["monday","wednesday"],"from":"09:30","to":"12:00"}],"codeWord":"lighthouse",
         "accessibilityNeeds":"Hard of hearing: speak slowly, and leave time to answer."},"risks":["suspectMayReturn"]}
        """;

    // More than any run sends: a household whose number came again would be compared with the one before.
    private const int Numbers = 1_000_000;

    private static int households;

    private static readonly byte[] Head = Encoding.ASCII.GetBytes("PUT /api/offers/");

    private static byte[] RestOf(string? token) => Encoding.UTF8.GetBytes(
        $" HTTP/1.1\r\nHost: localhost\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Content-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n{Body}");

    /// <summary>A token of an officer's; null where nobody signs people in, as at the plain floor.</summary>
    public static async Task<string?> TokenAsync(int port, string role = "officer")
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/local/identity/token?role={role}"), content: null);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
    }

    /// <summary>Sends for so long.</summary>
    public static Task<Load> ForAsync(int port, int connections, TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        return DriveAsync(port, connections, () => Stopwatch.GetElapsedTime(began) < length);
    }

    /// <summary>Sends so many.</summary>
    public static Task<Load> CountAsync(int port, int connections, int offers)
    {
        var left = offers;
        return DriveAsync(port, connections, () => Interlocked.Decrement(ref left) >= 0);
    }

    private static async Task<Load> DriveAsync(int port, int connections, Func<bool> another)
    {
        var rest = RestOf(await TokenAsync(port));
        var began = Stopwatch.GetTimestamp();
        var waits = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => DriveOneAsync(port, rest, another))));
        var elapsed = Stopwatch.GetElapsedTime(began);
        var all = waits.SelectMany(each => each).ToArray();
        Array.Sort(all);
        return new Load(all.Length, elapsed, all);
    }

    private static async Task<List<TimeSpan>> DriveOneAsync(int port, byte[] rest, Func<bool> another)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var request = new byte[Head.Length + 36 + rest.Length];
        Head.CopyTo(request, 0);
        rest.CopyTo(request, Head.Length + 36);
        // Every household has a number and a case of its own, as in life: drawn at random, half of them would soon have shared one.
        var number = request.AsSpan().IndexOf("900123"u8);
        var reference = request.AsSpan().IndexOf("123456/26"u8);
        var buffer = new byte[16 * 1024];
        var waits = new List<TimeSpan>();
        while (another())
        {
            Guid.NewGuid().TryFormat(request.AsSpan(Head.Length, 36), out _, "D");
            var household = Interlocked.Increment(ref households) % Numbers;
            household.TryFormat(request.AsSpan(number, 6), out _, "D6");
            household.TryFormat(request.AsSpan(reference, 6), out _, "D6");
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            for (var length = 0; !IsWhole(buffer.AsSpan(0, length));)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0) throw new IOException("The server closed the connection.");
                length += read;
            }

            waits.Add(Stopwatch.GetElapsedTime(sent));
        }

        return waits;
    }

    // One answer at a time: it is whole when its length is reached, or its last chunk has come.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 201"u8))
            throw new IOException($"An answer wasn't 201 but {Encoding.ASCII.GetString(answer[..Math.Min(answer.Length, 500)])}");
        var field = answer[..head].IndexOf("Content-Length: "u8);
        if (field < 0) return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(field + "Content-Length: ".Length)..];
        return answer.Length == head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')]);
    }
}

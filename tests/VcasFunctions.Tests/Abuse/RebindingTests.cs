using System.Net;
using System.Net.Sockets;
using System.Text;
using Shared;

namespace VcasFunctions.Tests.Abuse;

/// <summary>
/// A page elsewhere whose name is made to resolve to this machine asks as if from the same origin. What gives it away is the name in
/// <c>Host</c>: a laptop answers to its own names and to no other, whatever is asked for.
/// </summary>
public sealed class RebindingTests(SharedApp shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Everything =>
        new MatrixTheoryData<string, string>(
            [
                "GET /api/health", "GET /api/call-backs", "PUT /api/offers/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001", "GET /console/",
                "GET /console/settings.json",
                "GET /local/clock", "GET /local/inbox", "GET /local/queues", "POST /local/clock/advance",
                "POST /local/identity/token?role=caller",
                "GET /local/identity/v2.0/.well-known/openid-configuration", "GET /nothing",
            ],
            [
                "rebind.example", "rebind.example:7071", "localhost.rebind.example", "127.0.0.1.rebind.example", "127.0.0.2", "192.0.2.1",
                "[::2]",
                "localhost.", "127.1", "",
            ]);

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Under_another_name_nothing_of_a_laptop_is_answered(string request, string host)
    {
        var answer = await SendAsync(request, host);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        foreach (var told in new[] { "\"status\"", "eyJ", "issuer", "<title>VCAS", "now" })
            Assert.DoesNotContain(told, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:7071")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::1]:7071")]
    public async Task Under_its_own_names_it_answers(string host)
    {
        Assert.StartsWith("HTTP/1.1 200", await SendAsync("GET /api/health", host), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await SendAsync("GET /local/clock", host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/health")]
    [InlineData("api/openapi.json")]
    [InlineData("api/health/details")]
    [InlineData("console/")]
    public async Task What_monitors_ask_for_answers_HEAD_as_it_answers_GET_without_the_body(string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await shared.App.Http.SendAsync(asked, Cancellation);
        using var get = await shared.App.Http.GetAsync(path, Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (head.StatusCode, get.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.CacheControl?.ToString(), head.Headers.CacheControl?.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    // As it goes over the wire: a client of the framework would correct the name.
    private async Task<string> SendAsync(string request, string host)
    {
        using var wire = new TcpClient();
        await wire.ConnectAsync(IPAddress.Loopback, shared.App.Azure.Address.Port, Cancellation);
        var stream = wire.GetStream();
        var lines = $"{request} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(lines), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }
}

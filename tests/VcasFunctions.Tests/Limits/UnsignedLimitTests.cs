using System.Globalization;
using System.Net;
using Shared;
using VcasFunctions.Limits;

namespace VcasFunctions.Tests.Limits;

/// <summary>Strangers are counted by where they come from, however that is written, and also those whom the door turns away.</summary>
public sealed class UnsignedLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:50412", "203.0.113.9")]
    [InlineData(" \"203.0.113.9:1\" ", "203.0.113.9")]
    [InlineData("2001:db8:7::9", "2001:db8:7::9")]
    [InlineData("[2001:db8:7::9]", "2001:db8:7::9")]
    [InlineData("[2001:DB8:7:0::9]:443", "2001:db8:7::9")]
    [InlineData("::ffff:203.0.113.9", "::ffff:203.0.113.9")]
    [InlineData("unknown", null)]
    [InlineData("", null)]
    [InlineData("7", null)]
    [InlineData("[203.0.113.9]:1", null)]
    [InlineData("[2001:db8::9", null)]
    [InlineData("[2001:db8::9]443", null)]
    [InlineData("_hidden:80", null)]
    public void An_address_is_read_in_every_form_that_front_ends_write(string value, string? address) =>
        Assert.Equal(address, CallerAddress.Read(value)?.ToString());

    public static TheoryData<string, Func<int, string>, string> Callers => new()
    {
        { "another port each time", i => $"198.51.100.7:{40_000 + i}", "198.51.100.8:40000" },
        { "behind what the caller wrote", i => $"192.0.2.{i}:80, 10.9.8.7, 198.51.100.7:{40_000 + i}", "198.51.100.7, 198.51.100.8:40001" },
        { "IPv6 with a port", i => $"[2001:db8:0:1::7]:{40_000 + i}", "[2001:db8:0:2::7]:40000" },
        { "one line's many addresses of IPv6", i => $"[2001:db8:0:1::{i:x}]:{40_000 + i}", "2001:db8:0:2::7" },
        { "IPv4 within IPv6", i => i % 2 == 0 ? $"[::ffff:198.51.100.7]:{i}" : $"198.51.100.7:{i}", "[::ffff:198.51.100.8]:40000" },
        { "nothing that is an address", i => $"198.51.100.8, nobody-{i}", "198.51.100.8" },
    };

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task One_caller_has_one_count_whatever_the_front_end_adds_to_the_address(
        string caller, Func<int, string> forwarded, string another)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:UnsignedPerMinute=2");
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++) statuses.Add(await AskAsync(app, "api/health", forwarded(i)));
        Assert.True(statuses.Count(status => status == 429) > 10, $"{caller}: {string.Join(' ', statuses)}");
        Assert.Equal(200, await AskAsync(app, "api/health", another));
    }

    [Theory]
    [InlineData("api/call-backs", "not-a-token")]
    [InlineData("api/me", "eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("api/offers/9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001", null)]
    public async Task Whoever_is_turned_away_at_the_door_again_and_again_waits_and_others_of_that_address_get_in(string path, string? token)
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Limits:UnsignedPerMinute=3");
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++) statuses.Add(await AskAsync(app, path, $"198.51.100.7:{50_000 + i}", token));
        Assert.Equal([401, 401, 401], statuses.Take(3));
        Assert.Contains(429, statuses);
        Assert.Equal([401, 429], statuses.Distinct().Order());

        using var request = new HttpRequestMessage(HttpMethod.Get, "api/call-backs");
        request.Headers.Add("X-Forwarded-For", "198.51.100.7:60000");
        using var answer = await app.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Somebody_without_a_role_is_counted_too_and_told_how_long_to_wait()
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(),
            settings: ["Vcas:Limits:UnsignedPerMinute=2", "LocalAzure:Identity:People:nobody:Id=e0000000-0000-4000-8000-0000000000aa"]);
        using var http = app.As("nobody");
        var answers = new List<(int Status, string? Wait)>();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await http.GetAsync("api/call-backs", Cancellation);
            answers.Add(((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        }

        Assert.Equal([403, 429], answers.Select(answer => answer.Status).Distinct().Order());
        foreach (var (_, wait) in answers.Where(answer => answer.Status == 429))
            Assert.InRange(int.Parse(wait!, CultureInfo.InvariantCulture), 1, 60);
    }

    private static async Task<int> AskAsync(RunningApp app, string path, string forwarded, string? token = null)
    {
        using var http = app.As(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", forwarded);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await http.SendAsync(request, Cancellation);
        return (int)answer.StatusCode;
    }
}

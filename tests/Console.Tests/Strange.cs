using Microsoft.Playwright;

namespace VcasFunctions.ConsoleTests;

/// <summary>What answers in the API's place: a network's sign-in page, a proxy, a gateway, a cache, a connection that breaks.</summary>
internal static class Strange
{
    /// <summary>Its names.</summary>
    public static readonly string[] All = ["page", "empty", "accepted", "cut", "another", "redirect", "gateway", "unchanged"];

    /// <summary>Answers like this, whatever was asked, until <paramref name="times"/> have been.</summary>
    public static async Task AnswerLikeAsync(this Window window, string address, string name, int times = 1)
    {
        window.Expect("Failed to load resource");
        window.Expect("net::ERR_");
        var left = times;
        await window.Page.RouteAsync(address, async route =>
        {
            if (route.Request.Method == "GET" || left-- <= 0) await route.ContinueAsync();
            else await route.FulfillAsync(Answer(name));
        });
    }

    private static RouteFulfillOptions Answer(string name) => name switch
    {
        "page" => new() { Status = 200, ContentType = "text/html", Body = "<h1>Welcome. Accept our terms to go on.</h1>" },
        "empty" => new() { Status = 204 },
        "accepted" => new() { Status = 202, ContentType = "application/json", Body = "{\"queued\":true}" },
        "cut" => new()
        {
            Status = 201,
            ContentType = "application/json; charset=utf-8",
            Body = "{\"offerId\":\"3f0a7c52-0d3e-4c39-9a53-2f1f6f0f8c77\",\"refer",
        },
        "another" => new()
        {
            Status = 200,
            ContentType = "application/json",
            Body = """
                {"offerId":"3f0a7c52-0d3e-4c39-9a53-2f1f6f0f8c77","reference":"CB-3F0A7C52","state":"waiting","attempts":[],
                 "households":3,"preview":false}
                """,
        },
        "redirect" => new() { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = "/console/settings.json" } },
        "gateway" => new() { Status = 403, ContentType = "application/json", Body = """{"statusCode":403,"message":"Blocked"}""" },
        "unchanged" => new() { Status = 304 },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}

using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>One page serves one test after the other, and none of them notices.</summary>
[Needs(Tool.Chromium)]
public sealed class LaneTests(Browser browser)
{
    private const string AsItIs = """
        async () => JSON.stringify({
          address: location.pathname,
          cookies: document.cookie,
          local: Object.keys(localStorage),
          session: Object.keys(sessionStorage),
          databases: (await indexedDB.databases()).map(database => database.name),
          caches: await caches.keys(),
          size: [innerWidth, innerHeight],
          fingers: navigator.maxTouchPoints,
          online: navigator.onLine,
          now: Date.now(),
        })
        """;

    private const string LeaveMore = """
        async () => {
          document.cookie = 'left=behind';
          localStorage.setItem('left', 'behind');
          await (await caches.open('left')).put('/left', new Response('behind'));
        }
        """;

    [Fact]
    public async Task A_test_finds_its_page_as_nobody_had_it_before()
    {
        await using var lane = await Lane.OpenAsync(await browser.StartedAsync(), hasTouch: true);
        string untouched;
        await using (var first = await OpenAsync(lane))
        {
            var page = first.Page;
            untouched = await page.EvaluateAsync<string>(AsItIs);
            await first.HasSignedInAsync("officer");
            await first.GoToAsync("/console/record");
            await page.DeclineAsync("07700 900357");
            await page.ArrivedAsync();
            await page.EvaluateAsync(LeaveMore);
            await page.SetViewportSizeAsync(500, 500);
            await first.SetTimeAsync(Window.Monday.AddDays(3));
            await page.RouteAsync("**/*", route => route.FulfillAsync(new() { Status = 503 }));
            await first.SetOfflineAsync(true);
            var left = await page.EvaluateAsync<string>(AsItIs);
            foreach (var trace in new[] { "left=behind", "[\"left\"]", "vcas.tokens", "[\"vcas\"]", "[500,500]", "false" })
                Assert.Contains(trace, left, StringComparison.Ordinal);
        }

        await using var second = await OpenAsync(lane);
        Assert.Equal(untouched, await second.Page.EvaluateAsync<string>(AsItIs));
        // Nobody is signed in, nothing lies on the phone, and the app is another.
        await second.GoToAsync("/console/");
        await second.Page.Locator("#who").GetByRole(AriaRole.Button, new() { Name = Text("shell.signIn") }).WaitForAsync();
        await Assertions.Expect(second.Page.Locator(".vcas-phone")).ToHaveCountAsync(0);
        Assert.Equal(0, (await second.ReadAsync("call-backs?state=waiting")).GetProperty("total").GetInt32());
    }

    private static Task<Window> OpenAsync(Lane lane) =>
        Window.OpenAsync(lane, lane.ClearAsync, person: null);
}

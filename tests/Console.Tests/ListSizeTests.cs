using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Shared;

namespace VcasFunctions.ConsoleTests;

/// <summary>The call list of a large force: three hundred due, and as many more that wait as somebody who measures asks for.</summary>
[Needs(Tool.Chromium)]
public sealed class ListSizeTests(Browser browser)
{
    private const int Due = 300;

    // docs/performance.md says what 10,000 cost. What the page reads doesn't depend on it.
    private static readonly int Waiting =
        int.Parse(Environment.GetEnvironmentVariable("VCAS_WAITING") ?? "200", CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_there_are_the_list_opens_with_one_request_for_data()
    {
        await using var window = await Window.OpenAsync(browser, Window.Desk);
        await RecordAsync(window, Due, daysAgo: 24, phone: true);
        await RecordAsync(window, Waiting, daysAgo: 1, phone: false);
        await window.App.WhenIdleAsync(Cancellation);
        var page = window.Page;
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Performance.enable");
        List<string> asked = [];
        page.Request += Note;
        var before = await CostAsync(devTools);
        await page.GotoAsync("/console/call-backs");
        await page.Locator(".vcas-plan__row").Nth(Due - 1).WaitForAsync();
        page.Request -= Note;
        var after = await CostAsync(devTools);
        await Assertions.Expect(page.Locator(".vcas-plan__row")).ToHaveCountAsync(Due);
        TestContext.Current.SendDiagnosticMessage(
            $"{Due} due and {Waiting} waiting: {(after.Script - before.Script) * 1000:F0} ms of script, "
            + $"{(after.Tasks - before.Tasks) * 1000:F0} ms of all work in the page");

        // What comes after the list is there keeps nobody from it.
        var forData = asked.Where(path => path.StartsWith("/api/", StringComparison.Ordinal) && path != "/api/me").ToList();
        Assert.Equal("/api/call-backs", forData[0]);
        Assert.All(forData.Skip(1), path => Assert.Equal("/api/tasks", path));

        void Note(object? sender, IRequest request) => asked.Add(new Uri(request.Url).AbsolutePath);
    }

    private static async Task<(double Script, double Tasks)> CostAsync(ICDPSession devTools)
    {
        var metrics = (await devTools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetDouble());
        return (metrics["ScriptDuration"], metrics["TaskDuration"]);
    }

    private static Task RecordAsync(Window window, int count, int daysAgo, bool phone) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation },
        async (number, cancellation) =>
        {
            using var answer = await window.App.Http.PutAsJsonAsync($"api/offers/{Guid.NewGuid()}", new
            {
                answer = "declined",
                offeredAt = Window.Monday.AddDays(-daysAgo),
                offeredAtConfirmed = true,
                contact = phone ? new { name = "Kim Example", phone = $"07700 {900_000 + number}" } : null,
            }, cancellation);
            answer.EnsureSuccessStatusCode();
        });
}

using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Many calls assigned at once.</summary>
public sealed partial class SuperviseTests
{
    private static readonly string[] Callers =
        ["c0000000-0000-4000-8000-0000000000a1", "c0000000-0000-4000-8000-0000000000a2", "c0000000-0000-4000-8000-0000000000a3"];

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Twenty_nine_calls_are_spread_over_three_people_in_fewer_than_ten_presses(int width)
    {
        await using var window = await OpenAsync(width);
        for (var call = 0; call < 29; call++) await window.RecordAsync(Offer("declined", 22));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise?part=due");
        var page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }).ClickAsync();
        await page.GetByText(Text("many.add"), new() { Exact = true }).ClickAsync();
        var add = page.GetByRole(AriaRole.Button, new() { Name = Text("many.addPerson"), Exact = true });
        await add.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("many.nameMissing"));
        await window.IsAccessibleAsync("a person without a name");
        foreach (var (name, id) in new[] { "Priya", "Sam", "Jo" }.Zip(Callers))
        {
            await page.GetByLabel(Text("many.name"), new() { Exact = true }).FillAsync(name);
            await page.GetByLabel(Text("supervise.person"), new() { Exact = true }).FillAsync(id);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.GetByLabel(name, new() { Exact = true })).ToBeCheckedAsync();
        }

        // The next day, in the same tab: the people are known.
        await window.GoToAsync("/console/supervise?part=due");
        var presses = 0;
        async Task PressAsync(ILocator what)
        {
            await what.ClickAsync();
            presses++;
        }

        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("many.all", ("count", "29")) }));
        foreach (var name in new[] { "Priya", "Sam", "Jo" }) await PressAsync(page.GetByText(name, new() { Exact = true }));
        await Assertions.Expect(page.GetByText("Priya: 10, Sam: 10, Jo: 9")).ToBeVisibleAsync();
        await window.IsAccessibleAsync("assigning several");
        await window.PictureAsync($"supervise-many-{width}");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("many.give"), Exact = true }));
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync("Priya: 10, Sam: 10, Jo: 9");
        Assert.True(presses < 10, $"{presses} presses.");
        await Assertions.Expect(page.GetByText(Text("supervise.assignedTo", ("name", "Priya"))).First).ToBeVisibleAsync();
        var rows = (await window.ReadAsync("call-backs?state=due&limit=200")).GetProperty("callBacks").EnumerateArray()
            .GroupBy(row => row.GetProperty("person").GetString()!).ToDictionary(one => one.Key, one => one.Count());
        Assert.Equal([10, 10, 9], Callers.Select(person => rows[person]));
    }

    [Fact]
    public async Task What_is_ticked_alone_is_assigned_and_what_was_refused_or_not_reached_is_said()
    {
        await using var window = await OpenAsync(1280);
        var ids = new List<Guid>();
        for (var call = 0; call < 3; call++) ids.Add(await window.RecordAsync(Offer("declined", 22)));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise?part=due");
        var page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }).ClickAsync();
        var give = page.GetByRole(AriaRole.Button, new() { Name = Text("many.give"), Exact = true });
        await give.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("many.noneChosen"));
        foreach (var id in ids.Take(2))
            await page.GetByLabel(Text("many.choose", ("reference", await ReferenceAsync(window, id)))).CheckAsync();
        await page.GetByLabel(Text("supervise.me"), new() { Exact = true }).CheckAsync();

        window.Expect("net::ERR_FAILED");
        await page.RouteAsync("**/api/call-backs/*/assignee", route => route.AbortAsync());
        await give.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("many.stopped.other", ("count", "0")));
        await page.UnrouteAsync("**/api/call-backs/*/assignee");
        // One of them has ended meanwhile.
        using (var ended = await window.App.Http.PostAsync(
            $"api/offers/{ids[0]}/withdrawal", new StringContent("""{"reason":"moved"}""", null, "application/json"), Cancellation))
            ended.EnsureSuccessStatusCode();
        window.Expect("409");
        await give.ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(Text("problems.2005.message"));
        Assert.NotNull(await PersonAsync(window, ids[1]));
        Assert.Null(await PersonAsync(window, ids[2]));
    }
}

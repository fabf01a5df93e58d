using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Many calls assigned at once.</summary>
public sealed partial class SuperviseTests
{
    // As the local directory has them.
    private static readonly (string Name, string Id)[] Callers =
    [
        ("Priya Shah", "c0000000-0000-4000-8000-000000000002"),
        ("Sam Okoro", "c0000000-0000-4000-8000-000000000012"),
        ("Jo Bennett", "c0000000-0000-4000-8000-000000000013"),
    ];

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Twenty_nine_overdue_calls_are_spread_over_three_people_by_name_in_fewer_than_ten_presses(int width)
    {
        await using var window = await OpenAsync(width, person: null);
        for (var call = 0; call < 29; call++) await window.RecordAsync(Offer("declined", 22));
        await WaitAsync(window, TimeSpan.FromDays(4));
        await window.HasSignedInAsync(Someone.WhoMayDoAll);
        await window.GoToAsync("/console/supervise?part=overdue");
        var page = window.Page;
        var presses = 0;
        async Task PressAsync(ILocator what)
        {
            await what.ClickAsync();
            presses++;
        }

        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("many.all", ("count", "29")) }));
        foreach (var (name, _) in Callers) await PressAsync(page.GetByText(name, new() { Exact = true }).First);
        await Assertions.Expect(page.GetByText("Jo Bennett: 10, Priya Shah: 10, Sam Okoro: 9")).ToBeVisibleAsync();
        await window.IsAccessibleAsync("assigning several");
        await window.PictureAsync($"supervise-many-{width}");
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = Text("many.give"), Exact = true }));
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync("Jo Bennett: 10, Priya Shah: 10, Sam Okoro: 9");
        Assert.True(presses < 10, $"{presses} presses.");
        await Assertions.Expect(page.GetByText(Text("supervise.assignedTo", ("name", "Priya Shah"))).First).ToBeVisibleAsync();
        await window.PictureAsync($"supervise-many-done-{width}");
        var rows = (await window.ReadAsync("call-backs?state=overdue&limit=200")).GetProperty("callBacks").EnumerateArray()
            .GroupBy(row => row.GetProperty("person").GetString()!).ToDictionary(one => one.Key, one => one.Count());
        Assert.Equal([10, 9, 10], Callers.Select(person => rows[person.Id]));

        // Who calls reads whose each is.
        await window.GoToAsync("/console/call-backs");
        await Assertions.Expect(page.GetByText(Text("callBacks.anothersByName", ("name", "Sam Okoro"))).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Who_is_not_here_today_is_left_out_of_everybody_until_the_day_is_over(int width)
    {
        await using var window = await OpenAsync(width);
        for (var call = 0; call < 2; call++) await window.RecordAsync(Offer("declined", 22));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise?part=due");
        var page = window.Page;
        var everybody = page.GetByRole(AriaRole.Button, new() { Name = Text("many.everybody"), Exact = true });
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }).ClickAsync();
        await everybody.ClickAsync();
        foreach (var (name, id) in Callers) await Assertions.Expect(page.Locator($"[name=assignees][value='{id}']")).ToBeCheckedAsync();
        await page.GetByText(Text("many.absent"), new() { Exact = true }).ClickAsync();
        await page.Locator($"[name=absent][value='{Callers[2].Id}']").CheckAsync();
        await Assertions.Expect(page.Locator($"[name=assignees][value='{Callers[2].Id}']")).Not.ToBeCheckedAsync();
        await window.IsAccessibleAsync("somebody is not here");
        await window.PictureAsync($"supervise-many-absent-{width}");

        await window.GoToAsync("/console/supervise?part=due");
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.all", ("count", "2")) }).ClickAsync();
        await everybody.ClickAsync();
        await Assertions.Expect(page.GetByText("Priya Shah: 1, Sam Okoro: 1")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("people.away"), new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task One_call_is_assigned_by_name_and_where_nobody_can_say_the_names_the_page_works_with_ids()
    {
        await using var window = await OpenAsync(1280);
        var id = await window.RecordAsync(Offer("declined", 22));
        await window.RecordAsync(Offer("declined", 22));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise?part=due");
        var page = window.Page;
        var reference = await ReferenceAsync(window, id);
        var row = page.Locator(".vcas-call", new() { HasText = reference });
        await row.GetByRole(AriaRole.Button, new() { Name = Text("supervise.giveTo") }).ClickAsync();
        await row.GetByLabel("Sam Okoro", new() { Exact = true }).CheckAsync();
        await window.PictureAsync("supervise-give-by-name-1280");
        await row.GetByRole(AriaRole.Button, new() { Name = Text("supervise.reassign"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync(
            Text("supervise.reassigned", ("reference", reference), ("name", "Sam Okoro")));
        Assert.Equal(Callers[1].Id, await PersonAsync(window, id));

        window.Expect("503");
        await page.RouteAsync("**/api/people", route => route.FulfillAsync(new() { Status = 503, Body = "busy" }));
        await window.GoToAsync("/console/supervise?part=due");
        await Assertions.Expect(page.GetByText(Text("supervise.assignedTo", ("name", Text("people.unnamed", ("id", "c0000000"))))))
            .ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }).ClickAsync();
        await page.GetByText(Text("many.add"), new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("many.addPerson"), Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("many.nameMissing"));
        await window.IsAccessibleAsync("a person without a name");
        await page.GetByLabel(Text("many.name"), new() { Exact = true }).FillAsync("My Sam");
        await page.GetByLabel(Text("supervise.person"), new() { Exact = true }).FillAsync(Callers[1].Id);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("My Sam", new() { Exact = true })).ToBeCheckedAsync();
        // Once the service can say it, that is the name.
        await page.UnrouteAsync("**/api/people");
        await window.GoToAsync("/console/supervise?part=due");
        await Assertions.Expect(page.GetByText(Text("supervise.assignedTo", ("name", "Sam Okoro")))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_the_directory_could_not_be_read_the_page_says_that_somebody_may_be_missing()
    {
        await using var window = await OpenAsync(360);
        for (var call = 0; call < 2; call++) await window.RecordAsync(Offer("declined", 22));
        await window.App.WhenIdleAsync(Cancellation);
        window.App.Azure.Graph.Outage = LocalAzure.Graph.GraphOutage.ServiceUnavailable;
        await window.GoToAsync("/console/supervise?part=due");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("many.open"), Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("people.directoryFailed"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("no directory");
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

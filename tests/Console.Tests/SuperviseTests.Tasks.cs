using System.Net.Http.Json;
using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What waits for a supervisor in one list, numbers that were passed on, and when they are away.</summary>
public sealed partial class SuperviseTests
{
    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Everything_that_waits_is_in_one_list_with_what_to_do_and_a_number_passed_on_is_opened_and_closed(int width)
    {
        await using var window = await OpenAsync(width);
        var danger = await window.RecordAsync(Offer("declined", 0, "selfHarm"));
        var number = Guid.NewGuid();
        using (var passed = await window.App.Http.PutAsJsonAsync(
            $"api/passed-numbers/{number}", new { phone = "07700 900891", said = "wantsCall" }, Cancellation))
            passed.EnsureSuccessStatusCode();
        await window.GoToAsync("/console/supervise?part=tasks");
        await HasPartAsync(window, "tasks", 2);
        var text = await window.Page.InnerTextAsync("body");
        foreach (var word in new[] { "TaskKind.dangerUnacknowledged", "TaskAction.acknowledge", "TaskKind.numberPassedOn" })
            Assert.Contains(Text($"words.{word}"), text, StringComparison.Ordinal);
        Assert.DoesNotContain("900891", text, StringComparison.Ordinal);
        await window.IsAccessibleAsync("tasks");

        var reference = $"PN-{number.ToString("N")[..6].ToUpperInvariant()}";
        await Button("tasks.open", reference).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("+447700900891")).ToBeVisibleAsync();
        await Button("tasks.close", reference).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("tasks.becameMissing")).Last).ToBeVisibleAsync();
        await window.IsAccessibleAsync("a number that was passed on");
        await window.Page.GetByLabel(Text("words.PassedNumberOutcome.notKnown")).CheckAsync();
        await Button("tasks.close", reference).ClickAsync();
        await HasPartAsync(window, "tasks", 1);

        await window.Page.Locator("a", new() { HasText = await ReferenceAsync(window, danger) }).First.ClickAsync();
        await Assertions.Expect(Part(window, "dangers")).ToHaveAttributeAsync("aria-current", "page");

        ILocator Button(string text, string household) =>
            window.Page.GetByRole(AriaRole.Button, new() { Name = Text(text, ("reference", household)) });
    }

    [Fact]
    public async Task Whoever_is_away_without_a_deputy_is_told_what_to_set()
    {
        await using var window = await OpenAsync(360);
        window.Expect("422");
        await window.RecordAsync(Offer("declined", 0, "selfHarm"));
        // The supervisor has signed in, and so has a name.
        using (var supervisor = window.App.As("supervisor")) await supervisor.GetStringAsync("api/me", Cancellation);
        await window.GoToAsync("/console/supervise?part=tasks");
        await window.Page.GetByText(Text("tasks.away"), new() { Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("tasks.supervisor", ("team", "north"), ("name", "Kim Hughes"))))
            .ToContainTextAsync(Text("tasks.noDeputy"));
        var record = window.Page.GetByRole(AriaRole.Button, new() { Name = Text("tasks.recordAway") });
        await record.ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("tasks.fromMissing")).Last).ToBeVisibleAsync();
        await window.IsAccessibleAsync("an absence");
        await window.Page.GetByLabel(Text("tasks.from")).FillAsync("2024-03-12");
        await window.Page.GetByLabel(Text("tasks.until")).FillAsync("2024-03-14");
        await record.ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("problems.5011.message")).Last).ToBeVisibleAsync();
    }
}

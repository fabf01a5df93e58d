using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>Households in danger, which stand before everything else.</summary>
public sealed partial class SuperviseTests
{
    [Theory]
    [InlineData(360, "safeguardingNotification")]
    [InlineData(1280, "none")]
    public async Task A_danger_is_acknowledged_and_what_was_done_is_said(int width, string action)
    {
        await using var window = await OpenAsync(width, plain: false);
        var id = await window.RecordAsync(Offer("declined", 0, "childAtRisk"));
        await window.RecordAsync(Offer("declined", 22));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync("/console/supervise");
        // Whatever else waits: the page opens with it.
        await Assertions.Expect(Part(window, "dangers")).ToHaveAttributeAsync("aria-current", "page");
        await HasPartAsync(window, "dangers", 1);
        await window.IsAccessibleAsync("a danger");
        var reference = (await window.ReadAsync($"offers/{id}")).GetProperty("reference").GetString()!;
        await Button("dangers.acknowledge", reference).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("dangers.known"), new() { Exact = true })).ToBeVisibleAsync();

        await Button("dangers.done", reference).ClickAsync();
        await Button("dangers.record", reference).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("dangers.whatMissing")).Last).ToBeVisibleAsync();
        await window.Page.GetByLabel(Text($"words.DangerAction.{action}")).CheckAsync();
        await window.IsAccessibleAsync("what was done");
        if (action == "none") await window.Page.GetByLabel(Text("words.NoActionReason.noLongerTrue")).CheckAsync();
        else await window.Page.GetByLabel(Text("dangers.reference")).FillAsync("MASH 24/0990");
        await Button("dangers.record", reference).ClickAsync();
        // What was done leaves a welfare contact to be made; that there is no danger leaves nothing.
        if (action == "none") await HasPartAsync(window, "dangers", 0);
        else await Assertions.Expect(Button("dangers.welfareDone", reference)).ToBeVisibleAsync();
        var measure = (await window.ReadAsync($"offers/{id}")).GetProperty("danger").GetProperty("measures")[0];
        Assert.Equal(action, measure.GetProperty("action").GetString());
        if (action == "none") return;

        // A day later somebody asks how they are.
        await window.App.AdvanceAsync(TimeSpan.FromHours(25), Cancellation);
        await window.GoToAsync("/console/supervise?part=dangers");
        await Button("dangers.welfareDone", reference).ClickAsync();
        await Button("dangers.welfareRecord", reference).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("dangers.welfareMissing")).Last).ToBeVisibleAsync();
        await window.Page.GetByLabel(Text("words.WelfareOutcome.spokenTo")).CheckAsync();
        await window.Page.GetByLabel(Text("words.AttemptWay.visit")).CheckAsync();
        await window.IsAccessibleAsync("a welfare contact");
        await window.Page.GetByLabel(Text("dangers.welfareChecked")).CheckAsync();
        await Button("dangers.welfareRecord", reference).ClickAsync();
        await HasPartAsync(window, "dangers", 0);

        ILocator Button(string text, string household) =>
            window.Page.GetByRole(AriaRole.Button, new() { Name = Text(text, ("reference", household)) });
    }
}

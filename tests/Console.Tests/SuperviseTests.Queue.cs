using Azure.Messaging.ServiceBus;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>The queue between the force and VCAS does not do its part, and a supervisor does.</summary>
public sealed partial class SuperviseTests
{
    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task What_was_set_aside_is_sent_again_and_a_file_needs_a_certificate(int width)
    {
        await using var window = await OpenAsync(width);
        window.Expect("409 (Conflict)");
        var id = await window.RecordAsync(Offer("accepted", 0));
        await window.App.WhenIdleAsync(Cancellation);
        await SetAsideAsync(window);
        var reference = await ReferenceAsync(window, id);

        await window.GoToAsync("/console/supervise");
        await Part(window, "aside").ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("deadLetters.open"), new() { Exact = true }).First).ToBeVisibleAsync();
        await window.IsAccessibleAsync("set aside");
        await window.PictureAsync($"supervise-aside-{width}");
        var again = window.Page.GetByRole(AriaRole.Button, new() { Name = Text("deadLetters.send", ("reference", reference)) });
        await again.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.4011.message"));
        await window.App.AdvanceAsync(TimeSpan.FromMinutes(11), Cancellation);
        await again.ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("deadLetters.settled"), new() { Exact = true })).ToBeVisibleAsync();

        await Part(window, "unanswered").ClickAsync();
        await window.Page.GetByText(Text("deadLetters.sealTitle")).ClickAsync();
        await window.IsAccessibleAsync("a sealed file");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("deadLetters.seal") }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.4021.message"));
    }

    private static async Task SetAsideAsync(Window window)
    {
        await using var client = new ServiceBusClient(window.App.Azure.Broker.ConnectionString);
        await using var receiver = client.CreateReceiver("referrals");
        var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), Cancellation);
        await receiver.DeadLetterMessageAsync(message, "SchemaViolation", "$.data: Required", Cancellation);
        await Eventually.HoldsAsync(
            () => Task.FromResult(window.App.Azure.Broker.Count("referrals-dead").Active == 1),
            "the dead letter to lie there",
            Cancellation);
    }
}

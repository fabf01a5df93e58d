using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What became of the referrals, and what is done about it.</summary>
public sealed partial class SuperviseTests
{
    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_refused_referral_is_changed_and_sent_again_and_then_taken_back(int width)
    {
        await using var window = await OpenAsync(width);
        var id = await window.RecordAsync(Offer("accepted", 0));
        await AnswerAsync(window, id, "rejected", "unableToContact");
        await window.GoToAsync("/console/supervise");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = await ReferenceAsync(window, id) }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("referral.advice.unableToContact"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("refused");
        await window.PictureAsync($"referral-refused-{width}", forDocuments: true);

        var page = window.Page;
        await page.GetByLabel(Text("referral.amendAndSend")).CheckAsync();
        // VCAS calls it now: here it is shown to nobody, and stays where none is entered.
        await Assertions.Expect(page.GetByLabel(Text("contact.phone"))).ToHaveValueAsync("");
        await page.GetByLabel(Text("contact.phone")).FillAsync("07700 900456");
        var send = page.GetByRole(AriaRole.Button, new() { Name = Text("referral.sendAgain"), Exact = true });
        await send.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.confirmed"));
        await window.IsAccessibleAsync("not confirmed");
        await window.PictureAsync($"referral-amend-{width}");
        await page.GetByLabel(Text("contact.confirmedByOfficer")).CheckAsync();
        await page.GetByLabel(Text("words.Risk.violence")).CheckAsync();
        await send.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("referral.sentAgain"))).ToBeVisibleAsync();
        await window.App.WhenIdleAsync(Cancellation);
        var offer = await window.ReadAsync($"offers/{id}");
        Assert.Equal("sent", offer.GetProperty("referral").GetProperty("state").GetString());
        Assert.Equal(2, offer.GetProperty("referral").GetProperty("version").GetInt32());
        Assert.False(offer.GetProperty("contact").TryGetProperty("phone", out _));
        var kept = await window.ReadAsync($"offers/{id}/export?reason=dataSubjectRequest");
        Assert.Equal("+447700900456", kept.GetProperty("offer").GetProperty("contact").GetProperty("phone").GetString());
        Assert.Equal("lighthouse", offer.GetProperty("contact").GetProperty("codeWord").GetString());
        Assert.Equal("violence", offer.GetProperty("risks")[0].GetString());

        await page.GetByLabel(Text("referral.withdraw")).CheckAsync();
        var takeBack = page.GetByRole(AriaRole.Button, new() { Name = Text("referral.takeBack") });
        await takeBack.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("referral.reasonMissing"));
        await page.GetByLabel(Text("referral.reason")).SelectOptionAsync("noLongerWanted");
        await window.IsAccessibleAsync("taking it back");
        await window.PictureAsync($"referral-withdraw-{width}");
        await takeBack.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("referral.takenBack"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(Text("referral.over"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("over");
        Assert.Equal("withdrawn", (await window.ReadAsync($"offers/{id}")).GetProperty("referral").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_referral_refused_for_want_of_room_goes_out_again_as_it_is()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Offer("accepted", 0));
        await AnswerAsync(window, id, "rejected", "atCapacity");
        await window.GoToAsync($"/console/supervise/{id}");
        await window.Page.GetByLabel(Text("referral.again"), new() { Exact = true }).CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("referral.sendAgain"), Exact = true }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("referral.sentAgain"))).ToBeVisibleAsync();
        await window.App.WhenIdleAsync(Cancellation);
        var referral = (await window.ReadAsync($"offers/{id}")).GetProperty("referral");
        Assert.Equal("sent", referral.GetProperty("state").GetString());
        Assert.Equal(2, referral.GetProperty("version").GetInt32());
    }

    private static async Task AnswerAsync(Window window, Guid id, string kind, string reason)
    {
        await window.App.WhenIdleAsync(Cancellation);
        await using var client = new ServiceBusClient(window.App.Azure.Broker.ConnectionString);
        await using var sender = client.CreateSender("referral-answers");
        var answer = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"{id:D}/{kind}",
            ["type"] = $"uk.police.vcas.referral.{kind}.v1",
            ["source"] = "/vcas",
            ["subject"] = id.ToString("D"),
            ["time"] = "2024-03-12T09:00:00Z",
            ["datacontenttype"] = "application/json",
            ["data"] = new JsonObject { ["referralId"] = id.ToString("D"), ["reason"] = reason },
        };
        await sender.SendMessageAsync(new ServiceBusMessage(BinaryData.FromString(answer.ToJsonString())), Cancellation);
        await window.App.WhenIdleAsync(Cancellation);
    }
}

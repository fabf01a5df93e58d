using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shared;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>The list and the call screen, as somebody works through them who phones.</summary>
[Needs(Tool.Chromium)]
public sealed class CallBackTests(Browser browser)
{
    private const string Number = "07700 900123";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task The_list_says_who_is_next_and_whether_it_is_safe_now(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, plain);
        await window.RecordAsync(Declined(daysAgo: 40));
        await window.RecordAsync(Declined(daysAgo: 22, safeFrom: "13:00", safeTo: "15:00"));
        var riskiest = await window.RecordAsync(Declined(daysAgo: 22, safeFrom: "09:00", safeTo: "12:00", risk: "selfHarm"));
        var held = await window.RecordAsync(Declined(daysAgo: 3));
        (await window.App.Http.PutAsJsonAsync(
            $"api/call-backs/{held}/hold", new { reason = "bailChanged", reviewAt = Window.Monday.AddDays(7) }, Cancellation))
            .EnsureSuccessStatusCode();
        await window.RecordAsync(Declined(daysAgo: 1));
        await window.App.WhenIdleAsync(Cancellation);

        await window.GoToAsync("/console/call-backs");
        var calls = window.Page.Locator(".vcas-call");
        await Assertions.Expect(calls).ToHaveCountAsync(3);
        await Assertions.Expect(calls.First).ToContainTextAsync(
            (await window.ReadOfferAsync(riskiest)).GetProperty("reference").GetString()!);
        await Assertions.Expect(calls.First).ToContainTextAsync(Text("callBacks.until", ("time", "12:00")));
        await Assertions.Expect(calls.Filter(new() { HasText = Text("callBacks.from", ("time", "13:00")) })).ToHaveCountAsync(1);
        Assert.DoesNotContain(Number, await window.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", await window.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await window.IsAccessibleAsync("the list");
        await window.PictureAsync($"call-backs-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        await window.Page.GetByRole(AriaRole.Navigation, new() { Name = Text("callBacks.parts") })
            .GetByText(Text("callBacks.part.held")).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("words.HoldReason.bailChanged"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("what is held");
        await window.PictureAsync($"held-{width}{(plain ? "-plain" : "")}");
    }

    [Theory]
    [InlineData(360, false)]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task The_number_is_shown_only_after_the_safety_check(int width, bool plain)
    {
        await using var window = await Window.OpenAsync(browser, width == 360 ? Window.Phone : Window.Desk, plain);
        var id = await DueAsync(window, Declined(daysAgo: 22, safeFrom: "09:00", safeTo: "12:00", risk: "suspectMayReturn"));
        await window.GoToAsync($"/console/call-backs/{id}");
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
        await window.IsAccessibleAsync("before the check");
        await window.PictureAsync($"call-check-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToBeVisibleAsync();
        Assert.Equal(0, await window.Page.Locator("a[href^='tel:'], a[href^='sms:']").CountAsync());
        await window.IsAccessibleAsync("after the check");
        await window.PictureAsync($"call-{width}{(plain ? "-plain" : "")}", forDocuments: !plain);

        // The check has folded away; whoever looks at it again begins again, without the number.
        await Assertions.Expect(window.Page.GetByLabel(Text("words.HoldReason.suspectAtAddress"))).ToBeHiddenAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.checkAgain") }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
        await window.Page.GetByLabel(Text("words.HoldReason.suspectAtAddress")).CheckAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
        await window.IsAccessibleAsync("not safe");
        await window.PictureAsync($"call-unsafe-{width}{(plain ? "-plain" : "")}");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.hold") }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.recorded.unsafeToCall"))).ToBeVisibleAsync();
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal("held", offer.GetProperty("state").GetString());
        Assert.Equal("suspectAtAddress", offer.GetProperty("hold").GetProperty("reason").GetString());
        await window.IsAccessibleAsync("held");
        await window.PictureAsync($"call-held-{width}{(plain ? "-plain" : "")}");
    }

    [Fact]
    public async Task The_check_names_the_officer_in_the_case_beside_the_team_and_the_list_does_not()
    {
        await using var window = await Window.OpenAsync(browser);
        var offer = Declined(daysAgo: 22);
        offer["officerInCase"] = "DC Invented, extension 4471";
        var id = await DueAsync(window, offer);
        await window.GoToAsync("/console/call-backs");
        await window.Page.Locator(".vcas-call").WaitForAsync();
        Assert.DoesNotContain("DC Invented", await window.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        await window.GoToAsync($"/console/call-backs/{id}");
        await Assertions.Expect(window.Page.Locator(".vcas-check__known")).ToContainTextAsync("DC Invented, extension 4471");
        await window.IsAccessibleAsync("a check with the officer in the case");
        await window.PictureAsync("call-check-officer-360");
    }

    [Fact]
    public async Task Outside_the_safe_hours_the_number_stays_hidden()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, Declined(daysAgo: 22, safeFrom: "13:00", safeTo: "15:00"));
        await window.GoToAsync($"/console/call-backs/{id}");
        // The window comes before the check: nobody looks up a bail record for a call that can't be made.
        await Assertions.Expect(window.Page.GetByText(Text("call.safeFrom", ("when", "today at 13:00")))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByLabel(Text("call.safe"))).ToHaveCountAsync(0);
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
        await window.IsAccessibleAsync("not a safe time");
    }

    [Fact]
    public async Task No_answer_is_one_tap_and_is_recorded_once_though_the_first_answer_is_lost()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, Declined(daysAgo: 22));
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        window.Expect("net::ERR_FAILED");
        var lost = 0;
        await window.Page.RouteAsync("**/attempts", async route =>
        {
            if (lost++ > 0)
            {
                await route.ContinueAsync();
                return;
            }

            // It arrives, and the answer doesn't.
            await route.FetchAsync();
            await route.AbortAsync();
        });
        var noAnswer = window.Page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.noAnswer") });
        await noAnswer.TapAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.notRecordedYet"))).ToBeVisibleAsync();
        await window.IsAccessibleAsync("no answer from the app");
        await noAnswer.TapAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.recorded.noAnswer"))).ToBeVisibleAsync();
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal(1, offer.GetProperty("attempts").GetArrayLength());
        await window.IsAccessibleAsync("after an attempt");
        await window.PictureAsync("call-after-attempt-360");
    }

    [Theory]
    [InlineData("accepted", "referred")]
    [InlineData("declined", "closed")]
    [InlineData("doNotContact", "closed")]
    [InlineData("died", "closed")]
    [InlineData("wrongNumber", "held")]
    public async Task What_cannot_be_taken_back_is_asked_once_more(string outcome, string state)
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, Declined(daysAgo: 22));
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.Page.GetByLabel(Text("call.safe")).CheckAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text($"words.CallOutcome.{outcome}"), Exact = true }).TapAsync();
        await Assertions.Expect(window.Page.GetByText(Text($"call.sure.{outcome}"), new() { Exact = true })).ToBeVisibleAsync();
        await window.IsAccessibleAsync(outcome);
        await window.PictureAsync($"call-{outcome}-360");
        Assert.Equal("due", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.record") }).TapAsync();
        await Assertions.Expect(window.Page.GetByText(Text($"call.recorded.{outcome}"))).ToBeVisibleAsync();
        Assert.Equal(state, (await window.ReadOfferAsync(id)).GetProperty("state").GetString());
        await window.IsAccessibleAsync($"after {outcome}");
    }

    [Theory]
    [InlineData(22)]
    [InlineData(1)]
    public async Task Whoever_comes_forward_is_referred_without_a_call(int daysAgo)
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await window.RecordAsync(Declined(daysAgo));
        await window.App.WhenIdleAsync(Cancellation);
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.Page.GetByText(Text("call.cameForward"), new() { Exact = true }).TapAsync();
        await Assertions.Expect(window.Page.GetByText(Number)).ToHaveCountAsync(0);
        await window.IsAccessibleAsync("they came forward");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.refer") }).TapAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.recorded.accepted"))).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.referred"))).ToBeVisibleAsync();
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal("referred", offer.GetProperty("state").GetString());
        Assert.Equal(0, offer.GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_number_gives_way_to_another()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, Declined(daysAgo: 22));
        (await window.App.Http.PostAsJsonAsync(
            $"api/call-backs/{id}/attempts",
            new { attemptId = Guid.NewGuid(), outcome = "wrongNumber", safetyChecked = true },
            Cancellation))
            .EnsureSuccessStatusCode();
        await window.GoToAsync($"/console/call-backs/{id}");
        await window.IsAccessibleAsync("another number");
        await window.PictureAsync("call-another-number-360");
        await window.Page.GetByLabel(Text("contact.phone")).FillAsync(Number);
        await window.Page.GetByLabel(Text("contact.confirmedByOfficer")).CheckAsync();
        window.Expect("409");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.change") }).ClickAsync();
        await Assertions.Expect(window.Page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.3009.message"));
        await window.Page.GetByLabel(Text("contact.phone")).FillAsync("07700 900456");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("call.change") }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText(Text("call.changed"))).ToBeVisibleAsync();
        Assert.Equal("+447700900456", (await window.ReadOfferAsync(id)).GetProperty("contact").GetProperty("phone").GetString());
    }

    [Fact]
    public async Task Call_later_takes_a_time_within_call_hours()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, Declined(daysAgo: 22));
        await window.GoToAsync($"/console/call-backs/{id}");
        var page = window.Page;
        await page.GetByLabel(Text("call.safe")).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Text("words.CallOutcome.callLater") }).ClickAsync();
        var record = page.GetByRole(AriaRole.Button, new() { Name = Text("call.record") });
        await record.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.3004.message"));
        await page.GetByLabel(Text("call.day"), new() { Exact = true }).FillAsync("2024-03-16");
        await page.GetByLabel(Text("call.time"), new() { Exact = true }).SelectOptionAsync("14:00");
        await record.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("problems.3006.message"));
        await window.IsAccessibleAsync("a day without calls");
        await window.PictureAsync("call-later-error-360");
        await page.GetByLabel(Text("call.day"), new() { Exact = true }).FillAsync("2024-03-13");
        await record.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("call.recorded.callLater"))).ToBeVisibleAsync();
        var offer = await window.ReadOfferAsync(id);
        Assert.Equal(new DateTimeOffset(2024, 3, 13, 14, 0, 0, TimeSpan.Zero), offer.GetProperty("callFrom").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_hold_without_a_day_says_so_and_is_made_once_there_is_one()
    {
        await using var window = await Window.OpenAsync(browser);
        var id = await DueAsync(window, Declined(daysAgo: 22));
        await window.GoToAsync($"/console/call-backs/{id}");
        var page = window.Page;
        await page.GetByLabel(Text("words.HoldReason.bailChanged")).CheckAsync();
        var (day, hold) = (
            page.GetByLabel(Text("call.day"), new() { Exact = true }), page.GetByRole(AriaRole.Button, new() { Name = Text("call.hold") }));
        await day.FillAsync("");
        await hold.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToContainTextAsync(Text("fields.when.missing"));
        await day.FillAsync("2024-03-19");
        await hold.ClickAsync();
        await Assertions.Expect(page.GetByText(Text("call.recorded.unsafeToCall"))).ToBeVisibleAsync();
        var review = (await window.ReadOfferAsync(id)).GetProperty("hold").GetProperty("reviewAt").GetDateTimeOffset();
        Assert.Equal(new DateTimeOffset(2024, 3, 19, 9, 0, 0, TimeSpan.Zero), review);
    }

    private static async Task<Guid> DueAsync(Window window, JsonObject offer)
    {
        var id = await window.RecordAsync(offer);
        await window.App.WhenIdleAsync(Cancellation);
        Assert.Equal("due", (await window.ReadOfferAsync(id)).GetProperty("state").GetString());
        return id;
    }

    private static JsonObject Declined(int daysAgo, string? safeFrom = null, string? safeTo = null, string? risk = null)
    {
        var contact = new JsonObject
        {
            ["name"] = "Alex Example",
            ["phone"] = Number,
            ["codeWord"] = "lighthouse",
            ["whoElseMayAnswer"] = "A sister, who knows",
            ["interpreterLanguage"] = "pl",
        };
        if (safeFrom is not null) contact["safeTimes"] = new JsonArray(new JsonObject { ["from"] = safeFrom, ["to"] = safeTo });
        return new JsonObject
        {
            ["answer"] = "declined",
            ["offeredAt"] = Window.Monday.AddDays(-daysAgo).ToString("O"),
            ["offeredAtConfirmed"] = true,
            ["household"] = new JsonObject
            {
                ["people"] = new JsonArray(
                    new JsonObject { ["relationship"] = "partner", ["ageBand"] = "adult" },
                    new JsonObject { ["relationship"] = "child", ["ageBand"] = "from5To11" }),
            },
            ["contact"] = contact,
            ["risks"] = risk is null ? new JsonArray() : new JsonArray(risk),
        };
    }
}

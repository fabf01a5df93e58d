using Microsoft.Playwright;

namespace VcasFunctions.ConsoleTests;

/// <summary>The hands of somebody who has no mouse: on and on, until it is there, and every stop on the way must be seen.</summary>
internal static class Keyboard
{
    private const int MostPresses = 80;

    // Asked after each press, and so all of it at once. The Design System hides the box that is ticked and draws it, and its focus, before
    // the label.
    private const string Stop = """
        wanted => {
            const at = document.activeElement;
            const isShown = (element, part) => {
                const style = getComputedStyle(element, part);
                const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                    && !/^rgba.*, 0\)$/.test(style.outlineColor);
                return isOutlined || style.boxShadow !== 'none' || style.backgroundColor === 'rgb(255, 221, 0)';
            };
            const isSeen = at === document.body || isShown(at) || (at.labels?.[0] && isShown(at.labels[0], '::before'));
            return { unseen: isSeen ? '' : at.outerHTML.slice(0, 160), isWanted: at.matches(wanted) };
        }
        """;

    /// <summary>Goes on by Tab to an element of this selector.</summary>
    public static async Task TabToAsync(this IPage page, string wanted)
    {
        for (var presses = 0; presses < MostPresses; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = (await page.EvaluateAsync(Stop, wanted))!.Value;
            var unseen = stop.GetProperty("unseen").GetString();
            Assert.True(unseen is "", $"Nobody sees that the keyboard is at {unseen}.");
            if (stop.GetProperty("isWanted").GetBoolean()) return;
        }

        Assert.Fail($"The keyboard doesn't get to {wanted}.");
    }

    /// <summary>Goes on by Tab to a button of this text.</summary>
    public static async Task TabToButtonAsync(this IPage page, string text)
    {
        for (var presses = 0; presses < MostPresses; presses++)
        {
            await page.TabToAsync("button");
            if (await page.EvaluateAsync<string>("document.activeElement.innerText") == text) return;
        }

        Assert.Fail($"The keyboard doesn't get to “{text}”.");
    }

    /// <summary>Goes on by Tab to a button of this text, and presses it.</summary>
    public static async Task PressButtonAsync(this IPage page, string text, string key = "Enter")
    {
        await page.TabToButtonAsync(text);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Another page has come: its heading has the keyboard.</summary>
    public static Task HeadingHasTheKeyboardAsync(this IPage page) => Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();

    /// <summary>A mistake is said: the summary has the keyboard, and from there one goes to the field.</summary>
    public static async Task GoToTheMistakeAsync(this IPage page, string field)
    {
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await page.TabToAsync(".govuk-error-summary a");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(field)).ToBeFocusedAsync();
    }
}

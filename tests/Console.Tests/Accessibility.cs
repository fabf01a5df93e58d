using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace VcasFunctions.ConsoleTests;

/// <summary>What may stand in somebody's way on a page, all of it asked for at once.</summary>
/// <param name="Violations">What axe says against it.</param>
/// <param name="Passes">How many of axe's rules it passed.</param>
/// <param name="Animations">What moves.</param>
/// <param name="Wide">How wide it is.</param>
/// <param name="Room">How wide the window is.</param>
/// <param name="Small">Targets that a thumb would miss.</param>
internal sealed record Accessibility(
    IReadOnlyList<string> Violations, int Passes, int Animations, int Wide, int Room, IReadOnlyList<string> Small)
{
    // Half a megabyte: it is sent once to each document, and not for each look at it.
    private static readonly string Axe = $"{new BundledAxeScriptProvider().GetScript()}\n;undefined";

    // Of what is in order the rules' names will do. WCAG 2.2, 2.5.8: 24 by 24 px; links within a sentence are excepted, and so is what
    // a label stands for.
    private const string Look = """
        async () => {
            if (!globalThis.axe) return null;
            const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
            const targets = [...document.querySelectorAll([
                'button', 'select', 'summary', 'input:not([type=radio]):not([type=checkbox])',
                'label.govuk-radios__label', 'label.govuk-checkboxes__label',
            ])];
            const isSmall = ({ width, height }) => width > 0 && (width < 24 || height < 24);
            return JSON.stringify({
                violations: violations.map(({ id, help, nodes }) =>
                    `${id}: ${help} at ${nodes.map(node => `${node.target} ${node.html}`).join(', ')}`),
                passes: passes.length,
                animations: document.getAnimations().length,
                wide: document.documentElement.scrollWidth,
                room: document.documentElement.clientWidth,
                small: targets.filter(target => target.offsetParent !== null && isSmall(target.getBoundingClientRect()))
                    .map(target => target.outerHTML.slice(0, 120)),
            });
        }
        """;

    /// <summary>Looks at the page.</summary>
    public static async Task<Accessibility> OfAsync(IPage page)
    {
        var seen = await page.EvaluateAsync<string?>(Look);
        if (seen is null)
        {
            await page.EvaluateAsync(Axe);
            seen = await page.EvaluateAsync<string>(Look);
        }

        return JsonSerializer.Deserialize<Accessibility>(seen, JsonSerializerOptions.Web)!;
    }
}

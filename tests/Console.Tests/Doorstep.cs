using Microsoft.Playwright;
using static VcasFunctions.ConsoleTests.Sources;

namespace VcasFunctions.ConsoleTests;

/// <summary>What an officer does at a door, and what lies on the phone afterwards.</summary>
internal static class Doorstep
{
    /// <summary>All rows as they lie in the browser's storage, as whoever copies it would read them.</summary>
    public const string OnThisPhone = """
        async () => {
          const ask = asked => new Promise((resolve, reject) => {
            asked.onsuccess = () => resolve(asked.result);
            asked.onerror = () => reject(asked.error);
          });
          const database = await ask(indexedDB.open('vcas'));
          const rows = await ask(database.transaction('kept').objectStore('kept').getAll());
          const key = await ask(database.transaction('keys').objectStore('keys').get('phone'));
          const readable = rows.map(row => ({ ...row, iv: undefined, sealed: row.sealed && new TextDecoder('latin1').decode(row.sealed) }));
          database.close();
          return `${JSON.stringify(readable)} extractable: ${key?.extractable ?? false}`;
        }
        """;

    /// <summary>A household says "not now", under this number.</summary>
    public static async Task FillDeclineAsync(this IPage page, string number)
    {
        await page.GetByLabel(Text("words.OfferAnswer.declined")).CheckAsync();
        await page.GetByLabel(Text("contact.phone")).FillAsync(number);
        await page.GetByLabel(Text("contact.confirmed")).CheckAsync();
    }

    /// <summary>… and the officer records it.</summary>
    public static async Task DeclineAsync(this IPage page, string number)
    {
        await page.FillDeclineAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = Text("record.send") }).TapAsync();
    }

    /// <summary>What was typed last is written down within milliseconds; a test is quicker.</summary>
    public static async Task WrittenDownAsync(this IPage page) =>
        await page.EvaluateAsync("import('/console/drafts.js').then(drafts => drafts.all()).then(() => true)");

    /// <summary>The API has it.</summary>
    public static Task ArrivedAsync(this IPage page) =>
        Assertions.Expect(page.GetByText(Text("recorded.arrived"), new() { Exact = true })).ToBeVisibleAsync();

    /// <summary>Somebody puts the phone away.</summary>
    public static async Task SignOutAsync(this Window window)
    {
        await window.Page.GetByRole(AriaRole.Button, new() { Name = Text("shell.signOut") }).ClickAsync();
        await window.Page.Locator("#who").GetByRole(AriaRole.Button, new() { Name = Text("shell.signIn") }).WaitForAsync();
    }
}

using Microsoft.Playwright;
using VcasFunctions.ConsoleTests;

// One browser for all, and one page at a time: what is measured here is measured against the clock on the wall.
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace VcasFunctions.ConsoleTests;

/// <summary>The machine's own Chromium.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser, started when somebody needs it.</summary>
    public async Task<IBrowser> StartedAsync()
    {
        if (browser is not null) return browser;
        playwright = await Playwright.CreateAsync();
        // Some machines are slow: what is waited for here is a condition, not a time.
        Assertions.SetDefaultExpectTimeout(60_000);
        return browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage",
            ],
            Timeout = 120_000,
        });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
    }
}

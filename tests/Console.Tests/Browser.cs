using System.Collections.Concurrent;
using Microsoft.Playwright;
using Shared;
using VcasFunctions.ConsoleTests;

// One browser for all, and two pages at a time: one waits for its app while the other works.
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 2)]

namespace VcasFunctions.ConsoleTests;

/// <summary>The machine's own Chromium.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);
    private readonly ConcurrentDictionary<(bool HasTouch, bool IsPlain), ConcurrentBag<Lane>> free = new();

    /// <summary>The browser, started when somebody needs it.</summary>
    public async Task<IBrowser> StartedAsync() => (await started.Value).Browser;

    /// <summary>
    /// A page that no test works in at the moment, with fingers or without. Files that a browser keeps are kept by their address: a page
    /// that has seen one look sees no other.
    /// </summary>
    public async Task<Lane> TakeAsync(bool hasTouch, bool isPlain) =>
        FreeOf(hasTouch, isPlain).TryTake(out var lane) ? lane : await Lane.OpenAsync(await StartedAsync(), hasTouch);

    /// <summary>Takes it back for the next test, cleared, and with nobody listening on its port any more.</summary>
    public void GiveBack(Lane lane, bool hasTouch, bool isPlain) => FreeOf(hasTouch, isPlain).Add(lane);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated) return;
        var (playwright, browser) = await started.Value;
        await browser.CloseAsync();
        playwright.Dispose();
    }

    private ConcurrentBag<Lane> FreeOf(bool hasTouch, bool isPlain) => free.GetOrAdd((hasTouch, isPlain), _ => []);

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // Some machines are slow: what is waited for here is a condition, not a time.
        Assertions.SetDefaultExpectTimeout(60_000);
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Tools.Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
            Timeout = 120_000,
        });
        return (playwright, browser);
    }
}

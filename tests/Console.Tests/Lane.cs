using Microsoft.Playwright;
using Shared;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// A page that stays open for one test after the other, and the port on which the app of each listens. Every test has an app of its own
/// and finds the page as nobody had it before (<see cref="LaneTests"/>); what stays is the browser's own: the process that draws the page,
/// and the files that the app says are unchanged, as they are on a phone that was here yesterday.
/// </summary>
public sealed class Lane : IAsyncDisposable
{
    // A page of the app's own address, and the least of them: storage belongs to an address.
    private const string Rest = "/console/icon.svg";

    private readonly IBrowserContext context;
    private readonly ICDPSession devTools;
    private DateTimeOffset? time;

    private Lane(IBrowserContext context, IPage page, ICDPSession devTools, int port) =>
        (this.context, Page, this.devTools, Port) = (context, page, devTools, port);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Where the app is to listen.</summary>
    public int Port { get; }

    /// <summary>What the page's clock says.</summary>
    public DateTimeOffset? Time => time;

    /// <summary>Opens one.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="hasTouch">Whether fingers work on it.</param>
    /// <param name="offlineToo">Whether the pages may keep themselves for when there is no signal.</param>
    public static async Task<Lane> OpenAsync(IBrowser browser, bool hasTouch, bool offlineToo = false)
    {
        var port = FreePorts.Next();
        var opened = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = $"http://127.0.0.1:{port}/",
            HasTouch = hasTouch,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Pacific/Auckland", // A phone may think it is anywhere: the pages speak of London's time.
            ServiceWorkers = offlineToo ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        opened.SetDefaultTimeout(60_000);
        var page = await opened.NewPageAsync();
        return new Lane(opened, page, await opened.NewCDPSessionAsync(page), port);
    }

    /// <summary>Somebody comes to it with an app that listens already.</summary>
    public async Task BeginAsync(ViewportSize size, DateTimeOffset now)
    {
        if (Page.ViewportSize is not { } was || (was.Width, was.Height) != (size.Width, size.Height))
            await Page.SetViewportSizeAsync(size.Width, size.Height);
        await SetTimeAsync(now);
        if (!Page.Url.EndsWith(Rest, StringComparison.Ordinal)) await Page.GotoAsync(Rest);
    }

    /// <summary>What the page's clock says from now on.</summary>
    public async Task SetTimeAsync(DateTimeOffset now)
    {
        if (now == time) return;
        await Page.Clock.SetFixedTimeAsync(now.UtcDateTime);
        time = now;
    }

    /// <summary>Takes the signal away, or gives it back, a minute later by the page's clock.</summary>
    public async Task SetOfflineAsync(bool offline)
    {
        await context.SetOfflineAsync(offline);
        // The browser can say that there is signal a moment before it lets a request out. The page then tries again after a quarter of a
        // minute, by a clock that nobody but a test moves.
        if (!offline && time is { } was) await SetTimeAsync(was.AddMinutes(1));
    }

    /// <summary>Leaves nothing of a test behind, while its app still listens.</summary>
    public async Task ClearAsync()
    {
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await context.SetOfflineAsync(false);
        // Nothing lies under the mouse of somebody who has just come.
        await Page.Mouse.MoveAsync(0, 0);
        await Page.GotoAsync(Rest);
        await Page.EvaluateAsync("sessionStorage.clear()");
        await devTools.SendAsync("Storage.clearDataForOrigin", new Dictionary<string, object>
        {
            ["origin"] = $"http://127.0.0.1:{Port}",
            ["storageTypes"] = "all",
        });
        await context.ClearCookiesAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.CloseAsync();
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Shared;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// Somebody's browser before an app of its own. Whatever the browser complains of on its console, a breach of the security policy
/// among it, fails the test when the window is closed.
/// </summary>
public sealed class Window : IAsyncDisposable
{
    /// <summary>A Monday in winter, within call-back hours: London's clock shows UTC.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 3, 11, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A small phone.</summary>
    public static readonly ViewportSize Phone = new() { Width = 360, Height = 740 };

    /// <summary>A desk.</summary>
    public static readonly ViewportSize Desk = new() { Width = 1280, Height = 900 };

    private const int LongestPicture = 1_600;

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly List<string> expected = ["Service Worker registration blocked by Playwright"];

    private Window(RunningApp app, IBrowserContext context, IPage page)
    {
        (App, this.context, Page) = (app, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => complaints.Enqueue(error);
    }

    /// <summary>The app.</summary>
    public RunningApp App { get; }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens a window of this size.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="size">Its size; a phone's where it is left out.</param>
    /// <param name="plain">Whether it wears the stylesheet that serves where npm was not there.</param>
    /// <param name="offlineToo">Whether the pages may keep themselves for when there is no signal.</param>
    /// <param name="person">Who signs in; nobody yet when null.</param>
    public static async Task<Window> OpenAsync(
        Browser browser, ViewportSize? size = null, bool plain = false, bool offlineToo = false, string? person = Someone.WhoMayDoAll)
    {
        var app = await RunningApp.StartAsync(
            new FakeTimeProvider(Monday), configure: plain ? builder => builder.Services.AddSingleton<IStartupFilter, PlainLook>() : null,
            settings: "Vcas:Notifications:Enabled=false");
        var opened = await (await browser.StartedAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = app.Http.BaseAddress!.ToString(),
            ViewportSize = size ?? Phone,
            HasTouch = size is null || size == Phone,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Pacific/Auckland", // A phone may think it is anywhere: the pages speak of London's time.
            ServiceWorkers = offlineToo ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        opened.SetDefaultTimeout(60_000);
        var page = await opened.NewPageAsync();
        await page.Clock.SetFixedTimeAsync(Monday.UtcDateTime);
        var window = new Window(app, opened, page);
        if (person is not null) await window.HasSignedInAsync(person);
        return window;
    }

    /// <summary>
    /// Leaves in the tab what somebody's sign-in leaves there, without the way over the issuer's page; <see cref="SignInTests"/> holds
    /// that it is the same. Storage belongs to an address: a picture of that address is the least that can be opened there.
    /// </summary>
    public async Task HasSignedInAsync(string person)
    {
        var tokens = await IssuedTokens.GetAsync(App.Http.BaseAddress!, person, TestContext.Current.CancellationToken);
        await Page.GotoAsync("/console/icon.svg");
        await Page.EvaluateAsync(IssuedTokens.Keep, tokens);
    }

    /// <summary>Signs somebody in, as they do themselves: over the issuer's page.</summary>
    public async Task SignInAsync(string person)
    {
        await GoToAsync("/console/");
        await Page.Locator("#who").GetByRole(AriaRole.Button, new() { Name = Sources.Text("shell.signIn") }).ClickAsync();
        await ChooseAsync(person);
    }

    /// <summary>Says to the issuer who one is, and comes back.</summary>
    public async Task ChooseAsync(string person)
    {
        await Page.Locator($"button[value={person}]").ClickAsync();
        await Page.GetByText(Sources.Text("shell.signedInAs", ("name", person))).WaitForAsync();
    }

    /// <summary>Goes to a page, and waits until its heading is there.</summary>
    public async Task GoToAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("h1").WaitForAsync();
    }

    /// <summary>The browser will complain of this, and rightly.</summary>
    public void Expect(string complaint) => expected.Add(complaint);

    /// <summary>Takes the signal away, or gives it back.</summary>
    public Task SetOfflineAsync(bool offline)
    {
        Expect("net::ERR_INTERNET_DISCONNECTED");
        return context.SetOfflineAsync(offline);
    }

    /// <summary>Reads of the API what a test compares, once all that follows by itself is done: a page answers sooner.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        await App.WhenIdleAsync(TestContext.Current.CancellationToken);
        return await App.GetAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>One offer as it stands, for the reason that a caller has.</summary>
    public Task<JsonElement> ReadOfferAsync(Guid id) => ReadAsync($"offers/{id}?reason=callBack");

    /// <summary>Records an offer, and gives its id.</summary>
    public async Task<Guid> RecordAsync(JsonObject offer)
    {
        var id = Guid.NewGuid();
        using var answer = await App.Http.PutAsJsonAsync($"api/offers/{id}", offer, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return id;
    }

    /// <summary>
    /// Nothing on the page stands in anybody's way: axe finds nothing, nothing runs out of the window sideways,
    /// every target is large enough.
    /// </summary>
    public async Task IsAccessibleAsync(string what)
    {
        var found = await Accessibility.OfAsync(Page);
        Assert.True(found.Violations.Count == 0, $"{what}: {string.Join("; ", found.Violations)}");
        Assert.True(found.Passes > 10, $"{what}: axe looked at nothing.");
        Assert.True(found.Animations == 0, $"{what}: {found.Animations} animations.");
        Assert.True(found.Wide <= found.Room, $"{what}: {found.Wide} px wide in a window of {found.Room} px.");
        Assert.True(found.Small.Count == 0, $"{what}: too small for a thumb: {string.Join(", ", found.Small)}");
    }

    /// <summary>Takes a picture for people who look: into the folder PICTURES names, and for the documents into docs/screens.</summary>
    public async Task PictureAsync(string name, bool forDocuments = false)
    {
        var folder = forDocuments && Sources.AreScreensToBeWritten
            ? Sources.Path("docs/screens")
            : Environment.GetEnvironmentVariable("PICTURES");
        if (folder is null) return;
        var high = await Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        // A document shows how a page begins: the whole of a long one is a strip that nobody can read.
        var clip = forDocuments
            ? new Clip { X = 0, Y = 0, Width = Page.ViewportSize!.Width, Height = Math.Min(high, LongestPicture) }
            : null;
        await Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = System.IO.Path.Combine(folder, $"{name}.png"), FullPage = true, Clip = clip, Animations = ScreenshotAnimations.Disabled,
        });
    }

    /// <summary>Closes it; fails where the browser complained.</summary>
    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        await App.DisposeAsync();
        var unexpected = complaints.Where(complaint => !expected.Any(one => complaint.Contains(one, StringComparison.Ordinal))).ToList();
        Assert.True(unexpected.Count == 0, $"The browser complained: {string.Join("; ", unexpected)}");
    }
}

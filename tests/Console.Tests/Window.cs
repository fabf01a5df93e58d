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

    private readonly Lane lane;
    private readonly Func<Task> leave;
    private readonly Action? giveBack;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly List<string> expected = ["Service Worker registration blocked by Playwright"];

    private Window(RunningApp app, Lane lane, Func<Task> leave, Action? giveBack)
    {
        (App, this.lane, this.leave, this.giveBack) = (app, lane, leave, giveBack);
        Page.Console += Complain;
        Page.PageError += Complain;
    }

    /// <summary>The app.</summary>
    public RunningApp App { get; }

    /// <summary>The page.</summary>
    public IPage Page => lane.Page;

    /// <summary>What the service says that it is; what the page's own clock says where it is null.</summary>
    public DateTimeOffset? ServiceTime { get; set; }

    /// <summary>Opens a window of this size.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="size">Its size; a phone's where it is left out.</param>
    /// <param name="plain">Whether it wears the stylesheet that serves where npm was not there.</param>
    /// <param name="offlineToo">Whether the pages may keep themselves for when there is no signal.</param>
    /// <param name="person">Who signs in; nobody yet when null.</param>
    /// <param name="alone">Whether the page is for this test alone, which does to it what can't be undone.</param>
    /// <param name="idleMinutes">Minutes after which it locks itself; 0: never, so that a test's clock may move by days.</param>
    public static async Task<Window> OpenAsync(
        Browser browser, ViewportSize? size = null, bool plain = false, bool offlineToo = false, string? person = Someone.WhoMayDoAll,
        bool alone = false, int idleMinutes = 0)
    {
        var hasTouch = size is null || size == Phone;
        // A worker that answers in the app's place would do so for the next app too.
        if (!alone && !offlineToo)
        {
            var kept = await browser.TakeAsync(hasTouch, plain);
            return await OpenAsync(kept, kept.ClearAsync, () => browser.GiveBack(kept, hasTouch, plain), size, plain, person, idleMinutes);
        }

        var own = await Lane.OpenAsync(await browser.StartedAsync(), hasTouch, offlineToo);
        return await OpenAsync(own, () => own.DisposeAsync().AsTask(), giveBack: null, size, plain, person, idleMinutes);
    }

    /// <summary>Opens a window in a lane, which is left while the app still listens and given back when it no longer does.</summary>
    public static async Task<Window> OpenAsync(
        Lane lane,
        Func<Task> leave,
        Action? giveBack = null,
        ViewportSize? size = null,
        bool plain = false,
        string? person = Someone.WhoMayDoAll,
        int idleMinutes = 0)
    {
        Window? window = null;
        var app = await RunningApp.StartAsync(
            new FakeTimeProvider(Monday),
            configure: builder =>
            {
                if (plain) builder.Services.AddSingleton<IStartupFilter, PlainLook>();
                builder.Services.AddSingleton<IStartupFilter>(new SaidTime(() => window?.ServiceTime ?? lane.Time));
            },
            settings:
            [
                "Vcas:Notifications:Enabled=false", $"LocalAzure:Http:Port={lane.Port}", $"Vcas:Console:IdleMinutes={idleMinutes}",
            ]);
        window = new Window(app, lane, leave, giveBack);
        await lane.BeginAsync(size ?? Phone, Monday);
        if (person is not null) await window.HasSignedInAsync(person);
        return window;
    }

    /// <summary>
    /// Leaves in the tab what somebody's sign-in leaves there, without the way over the issuer's page; <see cref="SignInTests"/> holds
    /// that it is the same.
    /// </summary>
    public async Task HasSignedInAsync(string person)
    {
        var tokens = await IssuedTokens.GetAsync(App.Http.BaseAddress!, person, TestContext.Current.CancellationToken);
        await Page.EvaluateAsync(IssuedTokens.Keep, tokens);
    }

    /// <summary>What the page's clock says from now on.</summary>
    public Task SetTimeAsync(DateTimeOffset now) => lane.SetTimeAsync(now);

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
        return lane.SetOfflineAsync(offline);
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
        var folder = forDocuments && Sources.AreScreensToBeWritten && ScreenTests.Widths.Contains(Page.ViewportSize!.Width)
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
            Path = System.IO.Path.Combine(folder, $"{name}.png"),
            FullPage = true,
            Clip = clip,
            Animations = ScreenshotAnimations.Disabled,
        });
    }

    /// <summary>Closes it; fails where the browser complained.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await leave();
        }
        finally
        {
            Page.Console -= Complain;
            Page.PageError -= Complain;
            await App.DisposeAsync();
        }

        // One that couldn't be cleared is given to nobody, and goes with the browser.
        giveBack?.Invoke();
        var unexpected = complaints.Where(complaint => !expected.Any(one => complaint.Contains(one, StringComparison.Ordinal))).ToList();
        Assert.True(unexpected.Count == 0, $"The browser complained: {string.Join("; ", unexpected)}");
    }

    private void Complain(object? sender, IConsoleMessage message)
    {
        if (message.Type is "error" or "warning") complaints.Enqueue(message.Text);
    }

    private void Complain(object? sender, string error) => complaints.Enqueue(error);
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Console;
using VcasFunctions.Description;

namespace VcasFunctions.ConsoleTests;

/// <summary>The console's files as they are served, and what must be true of all of them. Needs no browser.</summary>
public sealed partial class FileTests(FileTests.ServedApp served) : IClassFixture<FileTests.ServedApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. ConsoleFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_file_is_served_with_its_type_and_its_headers(string name)
    {
        using var answer = await served.App.Http.GetAsync($"console/{name}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ConsoleFiles.Find(name)!.ContentType, answer.Content.Headers.ContentType!.ToString());
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        AssertHeaders(answer);
    }

    [Theory]
    [InlineData("console")]
    [InlineData("console/")]
    [InlineData("console/record")]
    [InlineData("console/call-backs/7b2e9d10-3c5f-4e87-a6d4-91c0f4b7e802")]
    public async Task Every_page_begins_with_the_shell(string path)
    {
        using var answer = await served.App.Http.GetAsync(path, Cancellation);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(Sources.Text("shell.service"), html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        using var first = await served.App.Http.GetAsync("console/app.js", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "console/app.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await served.App.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        AssertHeaders(second);
    }

    [Fact]
    public async Task Over_a_bad_signal_it_goes_out_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "console/govuk.css");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await served.App.Http.SendAsync(request, Cancellation);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unzipped = new System.IO.Compression.GZipStream(
            await answer.Content.ReadAsStreamAsync(Cancellation), System.IO.Compression.CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await unzipped.CopyToAsync(whole, Cancellation);
        Assert.Equal(ConsoleFiles.Find("govuk.css")!.Content, whole.ToArray());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        using var answer = await served.App.Http.GetAsync("console/secrets.json", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task The_settings_say_when_calls_are_made()
    {
        var settings = JsonNode.Parse(await served.App.Http.GetStringAsync("console/settings.json", Cancellation))!;
        Assert.Equal("09:00:00", (string)settings["callsFrom"]!);
        Assert.Equal(5, settings["callDays"]!.AsArray().Count);
        Assert.Equal(21, (int)settings["intervalDays"]!);
    }

    [Fact]
    public void Neither_the_font_nor_the_crest_of_gov_uk_is_served()
    {
        var css = System.Text.Encoding.UTF8.GetString(ConsoleFiles.Find("govuk.css")!.Content);
        Assert.Contains(".govuk-button", css, StringComparison.Ordinal);
        Assert.DoesNotMatch("GDS Transport|@font-face|url\\(|crest", css);
    }

    [Fact]
    public void Where_npm_has_restored_the_design_system_its_stylesheet_is_served()
    {
        var restored = Sources.Path("src/VcasConsole/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css");
        var css = System.Text.Encoding.UTF8.GetString(ConsoleFiles.Find("govuk.css")!.Content);
        Assert.Equal(File.Exists(restored), css.Contains("--govuk-frontend-version", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_class_that_the_pages_use_is_known_to_both_looks()
    {
        var used = Sources.WebFiles("*.js", "*.html")
            .SelectMany(file => GovukClass().Matches(file.Text).Select(match => match.Value)).Distinct().ToList();
        Assert.True(used.Count > 50, $"Only {used.Count} classes were found.");
        var plain = File.ReadAllText(Sources.Path("src/VcasConsole/web/plain.css")).Replace("\\", "", StringComparison.Ordinal);
        Assert.All(used.Where(name => !Bare.Contains(name)), name => Assert.Matches($@"\.{Regex.Escape(name)}(?![\w-])", plain));
    }

    [Fact]
    public void Every_word_of_the_API_has_a_label()
    {
        var schemas = JsonNode.Parse(ApiDescription.Document)!["components"]!["schemas"]!.AsObject();
        var words = schemas.Where(schema => schema.Value!["enum"] is not null && Sources.Texts["words"]![schema.Key] is not null).ToList();
        var named = Sources.WebFiles("*.js")
            .SelectMany(file => WordList().Matches(file.Text).Select(match => match.Groups["name"].Value)).Distinct().Order().ToList();
        Assert.Contains("OfferAnswer", named);
        Assert.All(named, name => Assert.NotNull(Sources.Texts["words"]![name]));
        Assert.All(words, schema => Assert.Equal(
            schema.Value!["enum"]!.AsArray().Select(word => (string)word!).Order(),
            Sources.Texts["words"]![schema.Key]!.AsObject().Select(label => label.Key).Order()));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var asked = Sources.WebFiles("*.js")
            .SelectMany(file => TextAsked().Matches(file.Text).Select(match => match.Groups["path"].Value)).Distinct().ToList();
        Assert.True(asked.Count > 60, $"Only {asked.Count} texts were found.");
        Assert.All(
            asked, path => Assert.True(path.Split('.').Aggregate((JsonNode?)Sources.Texts, (node, step) => node?[step]) is not null, path));
    }

    [Fact]
    public void Every_rule_that_can_be_broken_has_a_text_of_its_own()
    {
        var rules = Row().Matches(File.ReadAllText(Sources.Path("docs/problems.md"))).Select(match => match.Groups["code"].Value).ToList();
        Assert.True(rules.Count >= 20, $"Only {rules.Count} rules were found.");
        Assert.All(rules, code => Assert.True(Sources.Texts["problems"]![code] is not null, code));
    }

    [Fact]
    public void No_page_dials_and_none_reads_what_was_typed_as_markup()
    {
        foreach (var (name, text) in Sources.WebFiles("*.js", "*.html"))
        {
            Assert.False(Forbidden().IsMatch(text), $"{name}: {Forbidden().Match(text).Value}");
        }
    }

    // Classes that mark a part and have no look of their own.
    private static readonly HashSet<string> Bare =
    [
        "govuk-template", "govuk-template__body", "govuk-skip-link", "govuk-error-summary__list", "govuk-radios", "govuk-checkboxes",
        "govuk-warning-text__text", "govuk-radios--inline",
    ];

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
    }

    [GeneratedRegex(@"govuk-[a-z!][\w!-]*[\w](?![\w$-])", RegexOptions.None, 1000)]
    private static partial Regex GovukClass();

    [GeneratedRegex(@"(?:words\.|label\(')(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordList();

    [GeneratedRegex(@"\b(?:t|list)\('(?<path>[\w.-]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextAsked();

    [GeneratedRegex(@"^\| (?<code>[2-5]\d{3}) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(
        @"tel:|sms:|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|<script>|style=|on(click|load)=""",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Forbidden();

    /// <summary>One app for all of them.</summary>
    public sealed class ServedApp : IAsyncLifetime
    {
        public RunningApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            App = await RunningApp.StartAsync(new FakeTimeProvider(Window.Monday), settings: "Vcas:Notifications:Enabled=false");

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VcasReceiver;
using VcasReceiver.Page;

namespace VcasFunctions.Tests.Contracts;

/// <summary>The page on VCAS's own computer, asked over HTTP, with a broker on loopback behind it.</summary>
public sealed partial class ReceiverPageTests : IDisposable
{
    private const string Key = "akeythatischosenfortests";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-page-");
    private readonly SmallBroker broker = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = true, AllowAutoRedirect = false });
    private readonly Guid id = Guid.NewGuid();
    private Uri address = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string StorePath => Path.Combine(folder.FullName, "vcas.db");

    [Fact]
    public async Task A_person_reads_a_referral_accepts_it_and_closes_it_and_the_force_gets_the_answers()
    {
        await using var run = await StartAsync("referral.made.v1");

        var list = await GetAsync("/");
        Assert.Contains($"<a href=\"/referrals/{id}\">", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", list, StringComparison.Ordinal);
        var page = await GetAsync($"/referrals/{id}");
        Assert.All(
            ["Alex Example", "07700 900123", "Never leave one", "harbour", "Suspect may return"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));

        await AnswerAsync("accepted", "caseReference=VC-77");
        await run.UntilAsync(broker, () => broker.AnswerIds.Contains($"{id}/accepted"), "the acceptance");
        Assert.Contains("as VC-77", await GetAsync($"/referrals/{id}"), StringComparison.Ordinal);
        await AnswerAsync("closed", "reason=needsMet");
        await run.UntilAsync(broker, () => broker.AnswerIds.Contains($"{id}/closed"), "the closure");

        Assert.Equal([$"{id}/received", $"{id}/accepted", $"{id}/closed"], broker.AnswerIds);
        foreach (var answer in broker.Answers)
            Assert.Empty((await Contract.SchemaAsync(((string)answer["type"]!)["uk.police.vcas.".Length..]))
                .Validate(answer.ToJsonString()).Select(fault => $"{fault.Path}: {fault.Kind}"));
        Assert.Equal(
            ("needsMet", "VC-77"), ((string)broker.Answers[2]["data"]!["reason"]!, (string)broker.Answers[2]["data"]!["caseReference"]!));
    }

    [Fact]
    public async Task A_household_without_a_number_is_shown_with_the_ways_in_which_it_is_reached()
    {
        await using var run = await StartAsync("referral.made.v2");
        var page = await GetAsync($"/referrals/{id}");
        Assert.All(
            ["No number is safe", "Through Jo Example, school nurse: The school", "In person: The family hub", "Monday, Wednesday, Friday"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Never leave one", page, StringComparison.Ordinal);

        await broker.SendAsync(Contract.Example("referral.amended.v2", id));
        await run.UntilPrintedAsync($"{id} amended-2");
        var amended = await GetAsync($"/referrals/{id}");
        Assert.All(["07700 900456", "E-mail alex@example.org"], text => Assert.Contains(text, amended, StringComparison.Ordinal));
        Assert.DoesNotContain("Jo Example", amended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_referral_asks_again_when_the_force_amends_it()
    {
        await using var run = await StartAsync("referral.made.v1");
        await AnswerAsync("rejected", "reason=insufficientInformation");
        Assert.Contains("Not taken on (insufficient information)", await GetAsync($"/referrals/{id}"), StringComparison.Ordinal);

        await broker.SendAsync(Contract.Example("referral.amended.v1", id));
        await run.UntilPrintedAsync($"{id} amended-2 replaced what was rejected");

        Assert.Contains("To answer again", await GetAsync($"/referrals/{id}"), StringComparison.Ordinal);
        await AnswerAsync("accepted", "");
        await run.UntilAsync(broker, () => broker.AnswerIds.Contains($"{id}/accepted-2"), "the acceptance of the amended one");
        Assert.Equal(2, (int)broker.Answers.Single(answer => (string)answer["id"]! == $"{id}/accepted-2")["data"]!["version"]!);
    }

    [Fact]
    public async Task Of_a_withdrawn_referral_nothing_is_shown_but_that_nobody_may_call()
    {
        await using var run = await StartAsync("referral.made.v1");
        await broker.SendAsync(Contract.Example("referral.withdrawn.v1", id));
        await run.UntilPrintedAsync($"{id} withdrawn withdrawn");

        var page = await GetAsync($"/referrals/{id}");
        Assert.Contains("Do not contact this household", page, StringComparison.Ordinal);
        Assert.All(["Alex Example", "900123", "harbour", "Accept<"], text => Assert.DoesNotContain(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Alex", await GetAsync("/referrals.csv"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync("accepted", "", await TokenAsync()));
        Assert.Equal([$"{id}/received"], broker.AnswerIds);
    }

    [Theory]
    [InlineData("rejected", "", "Choose a reason.")]
    [InlineData("rejected", "reason=noIdea", "Choose a reason.")]
    [InlineData("accepted", "caseReference=Alex%20Example", "Your case reference may have")]
    [InlineData("closed", "reason=completed", "This referral has changed meanwhile")]
    [InlineData("erased", "sure=yes", "Only a referral that is rejected")]
    [InlineData("erased", "", "Tick the box")]
    public async Task What_can_not_be_answered_is_said_and_nothing_is_sent(string what, string form, string says)
    {
        await using var run = await StartAsync("referral.made.v1");
        using var answer = await SendAsync(what, form, await TokenAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("<title>Error: ", page, StringComparison.Ordinal);
        await run.StopAsync();
        using var store = ReferralStore.Open(StorePath);
        Assert.Equal(Standing.ToAnswer, store.Find($"{id}", DateTimeOffset.MaxValue)!.Standing);
    }

    [Fact]
    public async Task What_is_erased_is_in_no_file_any_more_and_does_not_come_back()
    {
        await using (var run = await StartAsync("referral.made.v1"))
        {
            await AnswerAsync("rejected", "reason=outOfArea");
            await AnswerAsync("erased", "sure=yes");
            Assert.Contains("What it said has been erased", await GetAsync($"/referrals/{id}"), StringComparison.Ordinal);
            await broker.SendAsync(Contract.Example("referral.made.v1", id));
            await run.UntilPrintedAsync($"{id} made ignored: seen before");
        }

        var files = folder.GetFiles();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
            Assert.DoesNotContain("Alex Example", File.ReadAllText(file.FullName, System.Text.Encoding.Latin1), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_key_or_under_another_name_the_page_shows_nothing()
    {
        await using var run = await StartAsync("referral.made.v1");
        using var stranger = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
        };
        foreach (var path in new[] { "/", $"/referrals/{id}", "/referrals.csv", "/?key=anotherkeythatislongenough" })
        {
            using var answer = await stranger.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.DoesNotContain($"{id}", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"/?key={Key}"))
        {
            Headers = { Host = "vcas.example" },
        };
        using var elsewhere = await stranger.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, elsewhere.StatusCode);
        Assert.DoesNotContain(Key, run.Output, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", address.Host);
    }

    [Fact]
    public async Task A_form_that_did_not_come_from_the_page_changes_nothing()
    {
        await using var run = await StartAsync("referral.made.v1");
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("accepted", "", token: null));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("accepted", "", "madeup"));
        Assert.DoesNotContain("decided", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_is_kept_from_scripts_frames_and_caches()
    {
        await using var run = await StartAsync("referral.made.v1");
        foreach (var path in new[] { "/", $"/referrals/{id}", "/style.css", "/nothing" })
        {
            using var answer = await http.GetAsync(new Uri(address, path), Cancellation);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore, path);
        }
    }

    [Fact]
    public async Task What_the_force_wrote_is_shown_and_never_run()
    {
        var referral = Contract.Example("referral.made.v1", id);
        referral["data"]!["contact"]!["whoElseMayAnswer"] = "<script>alert('Sam')</script> & \"co\"";
        referral["data"]!["contact"]!["codeWord"] = "=HYPERLINK(\"x\")";
        await using var run = await StartAsync(referral);

        var page = await GetAsync($"/referrals/{id}");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", await GetAsync("/referrals.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_store_is_its_owners_alone()
    {
        File.WriteAllText(StorePath, "");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(StorePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using var store = ReferralStore.Open(StorePath);
        var modes = folder.GetFiles().Select(file => file.UnixFileMode).Distinct();
        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], modes);
    }

    [Fact]
    public void The_reasons_are_those_of_the_contract_each_with_its_meaning()
    {
        Assert.Equal(Words("referral.rejected.v1"), AnswerWords.Rejections.Select(reason => reason.Word));
        Assert.Equal(Words("referral.closed.v1"), AnswerWords.Closures.Select(reason => reason.Word));
        Assert.All(AnswerWords.Rejections.Concat(AnswerWords.Closures), reason => Assert.InRange(reason.Meaning.Length, 8, 80));

        static IEnumerable<string> Words(string name) =>
            JsonNode.Parse(Contract.SchemaText(name))!["properties"]!["data"]!["properties"]!["reason"]!["enum"]!
                .AsArray().Select(word => (string)word!);
    }

    public void Dispose()
    {
        http.Dispose();
        broker.Dispose();
        folder.Delete(recursive: true);
    }

    private Task<RunningReceiver> StartAsync(string message) => StartAsync(Contract.Example(message, id));

    private async Task<RunningReceiver> StartAsync(JsonObject message)
    {
        await broker.StartAsync();
        var run = new RunningReceiver(
            ReceiverOptions.Read(
                ["--connection", broker.ConnectionString, "--store", StorePath, "--page", "0", "--page-key", Key], _ => null),
            TimeProvider.System);
        await broker.SendAsync(message);
        await run.UntilPrintedAsync($"{id} received sent");
        address = new Uri(Address().Match(run.Output).Value);
        using var entered = await http.GetAsync(new Uri(address, $"/?key={Key}"), Cancellation);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (entered.StatusCode, entered.Headers.Location!.OriginalString));
        return run;
    }

    private async Task<string> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(address, path), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private async Task<string> TokenAsync()
    {
        var token = Token().Match(await GetAsync($"/referrals/{id}"));
        Assert.True(token.Success, "The page has no form.");
        return token.Groups["token"].Value;
    }

    private async Task AnswerAsync(string what, string form) =>
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(what, form, await TokenAsync()));

    private async Task<HttpStatusCode> PostAsync(string what, string form, string? token)
    {
        using var answer = await SendAsync(what, form, token);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string what, string form, string? token)
    {
        using var content = new StringContent(
            $"{form}&__RequestVerificationToken={Uri.EscapeDataString(token ?? "")}",
            System.Text.Encoding.ASCII,
            "application/x-www-form-urlencoded");
        return await http.PostAsync(new Uri(address, $"/referrals/{id}/{what}"), content, Cancellation);
    }

    [GeneratedRegex("http://127[.]0[.]0[.]1:[0-9]+/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}

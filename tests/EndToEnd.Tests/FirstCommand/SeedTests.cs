using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace EndToEnd.Tests.FirstCommand;

/// <summary>Ten invented households, so that every page has something on it, and ten they stay.</summary>
public sealed class SeedTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "vcas-seed-" + Path.GetRandomFileName());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_page_has_something_on_it_and_seeding_again_changes_nothing()
    {
        string[] first;
        await using (var run = await StartAsync())
        {
            await MustShowTenAsync(run);
            MustSayWhatIsThere(run.Output);
            // Somebody works with one of them in between.
            Assert.Equal(HttpStatusCode.OK, await SendAsync(run, HttpMethod.Delete, $"api/call-backs/{Id(5)}/hold"));
            // VCAS's receipt of the other referral has come as well by now, and no more is on its way.
            await Eventually.HoldsAsync(
                async () => (await OfferAsync(run, 6)).GetProperty("referral").GetProperty("state").GetString() == "received",
                "VCAS's receipt",
                Cancellation);
            first = await StatesAsync(run);
            await run.SignalAsync("INT", Cancellation);
            Assert.Equal(130, await run.EndedAsync(Cancellation));
        }

        await using var again = await StartAsync();
        Assert.Contains("were there already, and are as you left them", again.Output, StringComparison.Ordinal);
        Assert.Equal(first, await StatesAsync(again));
        var total = (await GetAsync(again, "supervisor", "api/reports/uptake")).GetProperty("total");
        Assert.Equal(10, Number(total, "offers"));
        Assert.Equal("", again.Errors);
    }

    [Fact]
    public async Task Each_household_has_a_number_of_its_own_that_belongs_to_nobody()
    {
        await using var run = await StartAsync();
        var phones = new List<string>();
        foreach (var id in Enumerable.Range(1, 10).Where(number => number != 9).Select(Id))
        {
            var export = await GetAsync(run, "administrator", $"api/offers/{id}/export?reason=dataSubjectRequest");
            var offer = export.GetProperty("offer");
            phones.Add(offer.GetProperty("contact").GetProperty("phone").GetString()!);
            Assert.EndsWith(" Invented", offer.GetProperty("contact").GetProperty("name").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(9, phones.Distinct().Count());
        Assert.All(phones, phone => Assert.Matches("^\\+447700900[0-9]{3}$", phone));
    }

    private async Task<RunProcess> StartAsync()
    {
        var run = RunProcess.Start(folder, options: "--seed");
        await run.UntilUpAsync(Cancellation);
        Assert.Contains("en invented households", run.Output, StringComparison.Ordinal);
        return run;
    }

    private static void MustSayWhatIsThere(string said)
    {
        Assert.Contains("as supervisor a danger that nobody has acknowledged", said, StringComparison.Ordinal);
        Assert.Contains("On VCAS's page a referral waits.", said, StringComparison.Ordinal);
        // Where the clock was moved on, it was to a time at which somebody is called.
        if (said.Contains("the app's clock was moved on to", StringComparison.Ordinal))
            Assert.Matches("moved on to (Mon|Tues|Wednes|Thurs|Fri)day [0-9]+ [A-Z][a-z]+, (0[89]|1[0-6]):", said);
    }

    private static async Task MustShowTenAsync(RunProcess run)
    {
        // The call list, by what it is asked for.
        await MustListAsync(run, "due", 2, 3, 10);
        await MustListAsync(run, "waiting", 1, 4);
        await MustListAsync(run, "held", 5);
        var attempt = Assert.Single((await OfferAsync(run, 4)).GetProperty("attempts").EnumerateArray());
        Assert.Equal("noAnswer", attempt.GetProperty("outcome").GetString());
        // The call page: one that hears a first offer, and one with safe hours and a code word.
        Assert.Equal("first", (await OfferAsync(run, 10)).GetProperty("nextOffer").GetString());
        Assert.Equal("bluebell", (await OfferAsync(run, 3)).GetProperty("contact").GetProperty("codeWord").GetString());
        // The supervisor's.
        var dangers = await GetAsync(run, "supervisor", "api/dangers");
        Assert.Equal(Id(2), Assert.Single(dangers.GetProperty("dangers").EnumerateArray()).GetProperty("offerId").GetString());
        // VCAS's: one to answer and one taken on, which the force hears of.
        using var http = new HttpClient();
        var page = await http.GetStringAsync(run.Page, Cancellation);
        Assert.DoesNotContain("Nothing waits for an answer.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is being worked on.", page, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await OfferAsync(run, 7)).GetProperty("referral").GetProperty("state").GetString() == "accepted",
            "the force to hear of it",
            Cancellation);
        Assert.Equal("declinedAtCallBack", (await OfferAsync(run, 8)).GetProperty("closing").GetProperty("reason").GetString());
        Assert.Equal("doNotContact", (await OfferAsync(run, 9)).GetProperty("closing").GetProperty("reason").GetString());
        // The uptake.
        var total = (await GetAsync(run, "supervisor", "api/reports/uptake")).GetProperty("total");
        Assert.Equal(
            (10, 1, 1),
            (Number(total, "offers"), Number(total, "acceptedAtOffer"), Number(total, "acceptedAtCallBack")));
    }

    private static int Number(JsonElement line, string name) => line.GetProperty(name).GetInt32();

    private static string Id(int number) => $"5eed{number:D2}00-0000-4000-8000-000000000000";

    private static async Task MustListAsync(RunProcess run, string state, params int[] numbers)
    {
        var list = await GetAsync(run, "caller", $"api/call-backs?state={state}");
        var listed = list.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetString()!).Order();
        Assert.Equal(numbers.Select(Id), listed);
    }

    private static async Task<string[]> StatesAsync(RunProcess run)
    {
        var states = new List<string>();
        for (var number = 1; number <= 10; number++)
        {
            var offer = await OfferAsync(run, number);
            var (attempts, trail) = (offer.GetProperty("attempts").GetArrayLength(), offer.GetProperty("trail").GetArrayLength());
            states.Add($"{number} {offer.GetProperty("state")} {attempts} {trail}");
        }

        return [.. states];
    }

    private static Task<JsonElement> OfferAsync(RunProcess run, int number) =>
        GetAsync(run, "supervisor", $"api/offers/{Id(number)}?reason=supervision");

    private static async Task<JsonElement> GetAsync(RunProcess run, string role, string path)
    {
        using var http = await AsAsync(run, role);
        return await http.GetFromJsonAsync<JsonElement>(path, Cancellation);
    }

    private static async Task<HttpStatusCode> SendAsync(RunProcess run, HttpMethod method, string path)
    {
        using var http = await AsAsync(run, "supervisor");
        using var answer = await http.SendAsync(new HttpRequestMessage(method, path), Cancellation);
        return answer.StatusCode;
    }

    private static async Task<HttpClient> AsAsync(RunProcess run, string role)
    {
        var http = new HttpClient { BaseAddress = run.Address };
        using var given = await http.PostAsync(new Uri($"local/identity/token?role={role}", UriKind.Relative), null, Cancellation);
        var token = await given.Content.ReadAsStringAsync(Cancellation);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}

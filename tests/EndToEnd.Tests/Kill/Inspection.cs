using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EndToEnd.Tests.Processes;

namespace EndToEnd.Tests.Kill;

/// <summary>Compares what the clients were told, what the app has, and what VCAS has.</summary>
internal sealed class Inspection(HttpClient http, Ledger ledger, string folder, CancellationToken cancellation)
{
    private readonly List<string> problems = [];
    private readonly List<SeenOffer> seen = [];
    private readonly Dictionary<Guid, string> numbers = [];

    /// <summary>Offers that the app has.</summary>
    public int Offers => seen.Count;

    /// <summary>Of them, those that were accepted.</summary>
    public int Accepted => seen.Count(offer => offer.IsAccepted);

    /// <summary>Calls that became due.</summary>
    public int Due => seen.Sum(offer => offer.Named("callBackDue").Count());

    /// <summary>Everything that isn't as it must be.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync()
    {
        foreach (var sent in ledger.Offers) await LookAtAsync(sent);
        await CompareListsAsync();
        await CompareReportAsync();
        CompareWithVcas();
        return problems;
    }

    private async Task LookAtAsync(SentOffer sent)
    {
        using var answer = await http.GetAsync($"api/offers/{sent.Id}", cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            if (sent.IsAcknowledged) problems.Add($"{sent.Id} was acknowledged and is lost.");
            return;
        }

        answer.EnsureSuccessStatusCode();
        var offer = new SeenOffer(sent.Id, await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation));
        seen.Add(offer);
        numbers[sent.Id] = sent.Phone;
        Expect(offer.IsAsSent(sent), offer, "has other contents than were sent");
        Expect(
            offer.Numbers.SequenceEqual(Enumerable.Range(1, offer.Numbers.Count)),
            offer,
            $"has a trail numbered {string.Join(' ', offer.Numbers)}");
        Expect(offer.Instants.SequenceEqual(offer.Instants.Order()), offer, "has a trail in which time goes back");
        Expect(offer.Named("offerRecorded").Count() == 1, offer, "was recorded more than once");
        Expect(offer.Named("offerAccepted").Count() <= 1, offer, "was accepted more than once");
        Expect(offer.Named("referralSent").Count() <= 1, offer, "was sent to VCAS more than once, by its trail");
        Expect(!sent.HasAccepted || offer.IsAccepted, offer, "has lost an acceptance that was acknowledged");
        Expect(!sent.IsWithdrawn || offer.Named("offerWithdrawn").Any(), offer, "has lost a withdrawal that was acknowledged");
        foreach (var attempt in sent.Attempts)
            Expect(
                offer.Attempts.Count(id => id == attempt) == 1,
                offer,
                $"has the acknowledged attempt {attempt} {offer.Attempts.Count(id => id == attempt)} times");
        CheckCalls(offer);
        await CheckTimeKeepingAsync(offer);
    }

    private void CheckCalls(SeenOffer offer)
    {
        var ended = offer.Named("offerAccepted").Concat(offer.Named("offerWithdrawn")).Concat(offer.Named("offerClosed"))
            .Select(entry => entry.GetProperty("number").GetInt32()).DefaultIfEmpty(int.MaxValue).Min();
        foreach (var due in offer.Named("callBackDue"))
        {
            var (at, dueAt) = (due.GetProperty("at").GetDateTimeOffset(), due.GetProperty("data").GetProperty("dueAt").GetDateTimeOffset());
            Expect(
                at >= dueAt && dueAt >= offer.DueAt && dueAt >= offer.OfferedAt.AddDays(21),
                offer,
                $"was due at {at:o}, before its time {dueAt:o}");
            Expect(due.GetProperty("number").GetInt32() < ended, offer, "was due after it was accepted, withdrawn or closed");
        }

        Expect(
            offer.State is "due" or "waiting" or "held"
                || offer.Named("offerClosed").Any() || offer.Named("offerWithdrawn").Any() || offer.IsAccepted,
            offer,
            "ended without a word in its trail");
    }

    private async Task CheckTimeKeepingAsync(SeenOffer offer)
    {
        if (!offer.IsOpen) return;
        using var answer = await http.GetAsync($"local/instances/{offer.Id}", cancellation);
        var status = answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("status").GetString()
            : "missing";
        Expect(status is "Running" or "Pending", offer, $"is open, and its orchestration is {status}");
    }

    private async Task CompareListsAsync()
    {
        foreach (var state in new[] { "waiting", "due", "held" })
        {
            var listed = await ListedAsync(state);
            var expected = seen.Where(offer => offer.State == state).Select(offer => offer.Id).ToList();
            foreach (var id in listed.Except(expected)) problems.Add($"{id} is listed as {state}, and isn't.");
            foreach (var id in expected.Except(listed)) problems.Add($"{id} is {state}, and isn't listed so.");
            if (listed.Count != listed.Distinct().Count()) problems.Add($"Some household is listed twice as {state}.");
        }
    }

    private async Task<List<Guid>> ListedAsync(string state)
    {
        var listed = new List<Guid>();
        string? after = null;
        do
        {
            var page = await http.GetFromJsonAsync<JsonElement>(
                $"api/call-backs?state={state}&limit=200{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", cancellation);
            listed.AddRange(page.GetProperty("callBacks").EnumerateArray().Select(row => row.GetProperty("offerId").GetGuid()));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
        return listed;
    }

    private async Task CompareReportAsync()
    {
        var total = (await http.GetFromJsonAsync<JsonElement>("api/reports/uptake", cancellation)).GetProperty("total");
        var counted = seen
            .Where(offer => !offer.Named("offerWithdrawn").Any(entry => Data(entry, "reason") is "recordedInError" or "duplicate"))
            .ToList();
        var recount = new Dictionary<string, int>
        {
            ["offers"] = counted.Count,
            ["acceptedAtOffer"] = counted.Count(offer => offer.AcceptedWhen == "atOffer"),
            ["acceptedAtCallBack"] = counted.Count(offer => offer.AcceptedWhen == "atCallBack"),
            ["accepted"] = counted.Count(offer => offer.IsAccepted),
            ["callBacksDue"] = counted.Count(offer => offer.Named("callBackDue").Any()),
            ["attempted"] = counted.Count(offer => offer.Attempts.Any()),
            ["held"] = counted.Count(offer => offer.Named("callBackHeld").Any()),
            ["open"] = counted.Count(offer => offer.IsOpen),
        };
        foreach (var (name, number) in recount)
        {
            if (total.GetProperty(name).GetInt32() != number)
                problems.Add($"The report says {total.GetProperty(name)} {name}, the trails say {number}.");
        }
    }

    private void CompareWithVcas()
    {
        var book = VcasBook.Read(folder);
        foreach (var offer in seen)
        {
            var entry = book.GetValueOrDefault(offer.Id);
            if (!offer.IsAccepted) Expect(entry is null, offer, "wasn't accepted, and VCAS has a referral");
            else if (offer.Named("referralWithdrawn").Any())
                Expect(entry?.WithdrawnFor is not null, offer, "was taken back, and VCAS doesn't know");
            else if (offer.ReferralState == "awaitingRoute")
            {
                // A yes of a household whose number was wrong: nobody could act on it, so it waits here until a way is known.
                Expect(offer.WasWrongNumber, offer, "waits for a way to reach it, and its number was right");
                Expect(entry is null, offer, "waits for a way to reach it, and VCAS has a referral");
            }
            else
            {
                Expect(entry is { Version: 1, WithdrawnFor: null }, offer, "was accepted, and VCAS has no referral");
                Expect(
                    entry?.Data is null || entry.Data.Value.GetProperty("contact").GetProperty("phone").GetString() == numbers[offer.Id],
                    offer,
                    "has another number at VCAS");
                Expect(offer.ReferralState == "accepted", offer, $"was accepted by VCAS, and its referral is {offer.ReferralState}");
            }
        }

        foreach (var id in book.Keys.Except(seen.Select(offer => offer.Id)))
            problems.Add($"VCAS has a referral {id} of which the app knows nothing.");
    }

    private void Expect(bool isSo, SeenOffer offer, string otherwise)
    {
        if (!isSo) problems.Add($"{offer.Id} ({offer.State}) {otherwise}.");
    }

    internal static string? Data(JsonElement entry, string name) => entry.GetProperty("data").GetProperty(name).GetString();
}

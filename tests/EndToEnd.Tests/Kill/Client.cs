using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace EndToEnd.Tests.Kill;

/// <summary>
/// One officer or caller at work. It writes down what it was told was done; where no answer comes, for the app was killed, it
/// may send the same again later.
/// </summary>
internal sealed class Client(HttpClient http, Ledger ledger, Random random, int mostOffers)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);
    // No two households share a number: what one says about never being called holds for the number.
    private static int phones;

    private static readonly string[] Answers = ["accepted", "declined", "declined", "declined", "notAsked", "doNotContact"];
    private static readonly string[] Outcomes = ["accepted", "declined", "noAnswer", "noAnswer", "wrongNumber", "doNotContact"];
    private static readonly string[] Withdrawals = ["moved", "recordedInError", "duplicate", "needsMet", "doNotContact"];

    /// <summary>Works until it is told to stop.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await DoSomethingAsync(stop);
                ledger.Answered();
                await Task.Delay(Between, TimeProvider.System, stop);
            }
            catch (Exception cut) when (IsCut(cut))
            {
                // Killed in the middle of it. Nothing was acknowledged.
            }
        }
    }

    /// <summary>Whether this is how a request ends whose other side was killed, or that was stopped itself.</summary>
    internal static bool IsCut(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or OperationCanceledException;

    private Task DoSomethingAsync(CancellationToken stop) => random.Next(100) switch
    {
        < 35 => RecordAsync(stop),
        < 45 => RepeatAsync(stop),
        < 65 => CallAsync(stop),
        < 80 => AcceptAsync(stop),
        < 85 => WithdrawAsync(stop),
        < 92 => HoldAsync(stop),
        _ => ReleaseAsync(stop),
    };

    private Task RecordAsync(CancellationToken stop)
    {
        if (ledger.TakeUnanswered() is { } again) return PutAsync(again, HttpStatusCode.OK, stop);
        if (ledger.Count >= mostOffers) return RepeatAsync(stop);
        var number = random.Next(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var offer = new SentOffer(
            Guid.NewGuid(),
            Answers[random.Next(Answers.Length)],
            $"+447700{900_000 + (Interlocked.Increment(ref phones) % 1000)}",
            $"Household {number}",
            $"team-{random.Next(3)}",
            $"42/{number}/24");
        ledger.Add(offer);
        return PutAsync(offer, HttpStatusCode.Created, stop);
    }

    private Task RepeatAsync(CancellationToken stop) =>
        ledger.AnyCallable(random) is { IsAcknowledged: true } offer ? PutAsync(offer, HttpStatusCode.OK, stop) : Task.CompletedTask;

    private async Task PutAsync(SentOffer offer, HttpStatusCode expected, CancellationToken stop)
    {
        var isFirst = expected == HttpStatusCode.Created;
        try
        {
            using var answer = await http.PutAsJsonAsync($"api/offers/{offer.Id}", offer.Body, stop);
            // An offer that was sent before may or may not have been stored then.
            var isRight = answer.StatusCode == expected
                || (!isFirst && !offer.IsAcknowledged && answer.StatusCode == HttpStatusCode.Created);
            if (!isRight) await NoteFaultAsync("PUT an offer", answer);
            else offer.IsAcknowledged = true;
        }
        finally
        {
            if (!offer.IsAcknowledged) ledger.LeaveUnanswered(offer);
        }
    }

    private async Task CallAsync(CancellationToken stop)
    {
        var list = await http.GetFromJsonAsync<JsonElement>("api/call-backs?state=due&limit=20", stop);
        var rows = list.GetProperty("callBacks").EnumerateArray().ToList();
        if (rows.Count == 0) return;
        var offer = ledger.Find(rows[random.Next(rows.Count)].GetProperty("offerId").GetGuid());
        var attemptId = Guid.NewGuid();
        var attempt = new { attemptId, outcome = Outcomes[random.Next(Outcomes.Length)], safetyChecked = true };
        if (await PostAsync($"api/call-backs/{offer.Id}/attempts", attempt, stop)) offer.Attempts.Add(attemptId);
    }

    private async Task AcceptAsync(CancellationToken stop)
    {
        if (ledger.AnyCallable(random) is not { IsAcknowledged: true } offer) return;
        if (await PostAsync($"api/offers/{offer.Id}/acceptance", new { }, stop)) offer.HasAccepted = true;
    }

    private async Task WithdrawAsync(CancellationToken stop)
    {
        if (ledger.AnyCallable(random) is not { IsAcknowledged: true } offer) return;
        if (await PostAsync($"api/offers/{offer.Id}/withdrawal", new { reason = Withdrawals[random.Next(Withdrawals.Length)] }, stop))
            offer.IsWithdrawn = true;
    }

    private async Task HoldAsync(CancellationToken stop)
    {
        if (ledger.AnyCallable(random) is not { IsAcknowledged: true } offer) return;
        using var answer = await http.PutAsJsonAsync(
            $"api/call-backs/{offer.Id}/hold", new { reason = "bailChanged", reviewAt = ledger.Now.AddDays(1 + random.Next(20)) }, stop);
        // Time may have passed the review on the way: then it is refused with 422.
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity))
            await NoteFaultAsync("PUT a hold", answer);
    }

    private async Task ReleaseAsync(CancellationToken stop)
    {
        if (ledger.AnyCallable(random) is not { IsAcknowledged: true } offer) return;
        using var answer = await http.DeleteAsync($"api/call-backs/{offer.Id}/hold", stop);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict)) await NoteFaultAsync("DELETE a hold", answer);
    }

    /// <summary>True when it was done; false when the household's state forbids it, for others are at work too.</summary>
    private async Task<bool> PostAsync(string path, object body, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync(path, body, stop);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Conflict)) await NoteFaultAsync($"POST {path}", answer);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task NoteFaultAsync(string what, HttpResponseMessage answer) =>
        ledger.Faults.Enqueue($"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
}

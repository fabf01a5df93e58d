using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace VcasReceiver;

/// <summary>
/// The answers that VCAS owes: made together with the referral that they answer, sent at least once, marked only after the
/// broker has settled them. An answer that is sent twice has the same id, so the force takes it once.
/// </summary>
internal sealed class AnswerOutbox(ReferralStore store, AnswerPolicy policy, Journal journal, TimeProvider time)
{
    private const int Batch = 50;
    private const string Types = "uk.police.vcas.referral.";
    private const string TypesEnd = ".v1";

    private static readonly TimeSpan LongestNap = TimeSpan.FromDays(1);
    private static readonly TimeSpan OneTick = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What the policy owes for a message that asks for a decision; a withdrawal is settled, not answered.</summary>
    public IReadOnlyList<Answer> Owed(ReferralMessage message, DateTimeOffset now)
    {
        if (message.Kind == MessageKind.Withdrawn) return [];
        // A stand-in for the number that a case management system would give.
        var caseReference = "VC-" + message.ReferralId[..8].ToUpperInvariant();
        var decided = now + policy.DecideAfter;
        var (id, version) = (message.ReferralId, message.Version);
        var owed = new List<Answer> { Compose("received", id, version, now, null, null) };
        if (policy.Decision == Decision.Reject) owed.Add(Compose("rejected", id, version, decided, policy.RejectReason, null));
        if (policy.Decision == Decision.Accept)
        {
            owed.Add(Compose("accepted", id, version, decided, null, caseReference));
            if (policy.CloseAfter is { } closeAfter)
                owed.Add(Compose("closed", id, version, decided + closeAfter, "completed", caseReference));
        }

        return owed;
    }

    /// <summary>Says that something new is owed.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    /// <summary>Sends whatever is due, and goes on doing so until cancelled or until sending fails.</summary>
    /// <param name="send">Completes when the broker has settled the answer.</param>
    /// <param name="stop">Ends the work between two batches of answers.</param>
    public async Task RunAsync(Func<Answer, Task> send, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var due = store.Due(time.GetUtcNow(), Batch);
            if (due.Count > 0) await SendAsync(due, send);
            else await UntilSomethingIsDueAsync(stop);
        }
    }

    /// <summary>
    /// All at once on one link, which keeps their order; each that the broker settled is marked, whatever became of the others.
    /// </summary>
    private async Task SendAsync(IReadOnlyList<Answer> due, Func<Answer, Task> send)
    {
        var sending = due.Select(send).ToList();
        try
        {
            await Task.WhenAll(sending);
        }
        finally
        {
            var sent = due.Where((_, i) => sending[i].IsCompletedSuccessfully).ToList();
            store.MarkSent(sent.Select(a => a.Id), time.GetUtcNow());
            sent.ForEach(a => journal.Answered(a.Id));
        }
    }

    private async Task UntilSomethingIsDueAsync(CancellationToken stop)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var now = time.GetUtcNow();
        var until = store.NextDue() is { } due && due < now + LongestNap ? due : now + LongestNap;
        if (until > now)
        {
            var nap = Task.Delay(until - now, time, awake.Token);
            // When the clock jumped before the nap began, it would end too late: then look again instead.
            if (time.GetUtcNow() - now < OneTick) await Task.WhenAny(woken.Reader.WaitToReadAsync(awake.Token).AsTask(), nap);
            await awake.CancelAsync();
        }

        woken.Reader.TryRead(out _);
    }

    /// <summary>What an answer of this type says.</summary>
    public static string WhatOf(string type) => type[Types.Length..^TypesEnd.Length];

    /// <summary>An answer as the contract wants it: <paramref name="what"/> is received, accepted, rejected or closed.</summary>
    public static Answer Compose(string what, string referralId, int version, DateTimeOffset at, string? reason, string? caseReference)
    {
        var id = version > 1 ? $"{referralId}/{what}-{version}" : $"{referralId}/{what}";
        var instant = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
        var body = JsonSerializer.Serialize(new
        {
            specversion = "1.0",
            id,
            type = $"{Types}{what}{TypesEnd}",
            source = "/vcas/receiver",
            subject = referralId,
            time = instant,
            datacontenttype = "application/json",
            data = new { referralId, version, at = instant, reason, caseReference },
        }, Json);
        return new Answer(id, referralId, body, at, IsDecision: what != "received");
    }
}

using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;

namespace VcasFunctions.Referrals;

/// <summary>Messages between the force and VCAS that were set aside. No name, no number, and no text that anybody wrote is in it.</summary>
public sealed class ListDeadLetters(DeadLetters letters, HouseholdStore store, ReadLog reads)
{
    /// <summary><c>GET /api/dead-letters</c></summary>
    [Function(nameof(ListDeadLetters))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/dead-letters")] HttpRequest request, CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var lying = await Task.WhenAll(Enum.GetValues<DeadLetterKind>().Select(async queue =>
            (await letters.ReadAsync(queue, cancellation)).Select(message => (Queue: queue, Message: message))));
        var messages = lying.SelectMany(queue => queue).ToList();
        var households = await FindAsync(messages.Select(one => ReferralOf(one.Queue, one.Message)), cancellation);
        DeadLetterPage page = new([.. messages
            .Select(one => ViewOf(one.Queue, one.Message, households))
            // One that tells of no household is nobody's, so everybody who may see the list sees that it is there.
            .Where(view => view.ReferralId is not { } id || households.GetValueOrDefault(id) is not { } known || access.Reaches(known))
            .OrderBy(view => view.At)]);
        await reads.RecordListAsync(
            access.Actor, AuditKind.Consultation, "deadLettersListed", new { }, page.DeadLetters.Count, cancellation);
        return ApiResults.Json(page);
    }

    private async Task<IReadOnlyDictionary<Guid, Household>> FindAsync(IEnumerable<Guid?> ids, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(ids.OfType<Guid>().Distinct().Select(id => store.TryFindAsync(id, cancellation)));
        return found.OfType<Household>().ToDictionary(household => household.Id);
    }

    private static DeadLetterView ViewOf(
        DeadLetterKind queue, ServiceBusReceivedMessage message, IReadOnlyDictionary<Guid, Household> households)
    {
        var household = ReferralOf(queue, message) is { } id ? households.GetValueOrDefault(id) : null;
        return new DeadLetterView
        {
            Queue = queue,
            SequenceNumber = $"{message.SequenceNumber}",
            At = message.EnqueuedTime,
            Reason = DeadLetterReasons.CodeOf(message.DeadLetterReason),
            // An id that nobody here knows may be anything.
            ReferralId = household?.Id,
            Reference = household?.Reference,
            Settled = household is not null && IsSettled(queue, message, household),
        };
    }

    private static Guid? ReferralOf(DeadLetterKind queue, ServiceBusReceivedMessage message)
    {
        if (queue == DeadLetterKind.Referrals) return Guid.TryParse(message.Subject, out var subject) ? subject : null;
        return AnswerReader.Read(message.Body) is { ReferralId: var id } && id != default ? id : null;
    }

    // What came of it since: a later sending, an answer, its end.
    private static bool IsSettled(DeadLetterKind queue, ServiceBusReceivedMessage message, Household household)
    {
        if (household.Referral is not { } referral || household.Erasure is not null) return true;
        if (queue == DeadLetterKind.Answers)
            return AnswerReader.Read(message.Body).Answer is { } answer && referral.AnswerIds.Contains(answer.MessageId);
        // What is about to leave is in nobody's hands any more: pressed once more, it would only be refused.
        return referral.SentAt > message.EnqueuedTime
            || referral.State == ReferralState.Closed
            || household.Outbox.Any(dispatch => dispatch.Referral?.Id == referral.Id);
    }
}

/// <summary>The messages that were set aside, oldest first.</summary>
/// <param name="DeadLetters">At most a hundred of each queue.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> DeadLetters);

/// <summary>A message that was set aside.</summary>
public sealed record DeadLetterView
{
    /// <summary>Which way it was going.</summary>
    public required DeadLetterKind Queue { get; init; }

    /// <summary>Its number in the queue where it lies.</summary>
    public required string SequenceNumber { get; init; }

    /// <summary>When it was set aside, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The code of why: the contract's, the bus's, or other.</summary>
    public required string Reason { get; init; }

    /// <summary>The referral that it is about; absent where it tells of none that is known here.</summary>
    public Guid? ReferralId { get; init; }

    /// <summary>The short reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether nothing more is to be done: it was sent again since, taken in, or the referral is over.</summary>
    public bool Settled { get; init; }
}

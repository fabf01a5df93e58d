using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Settings;

namespace VcasFunctions.Referrals;

/// <summary>Takes an answer of VCAS's in that was set aside: what stood in its way has been put right since.</summary>
public sealed class ReplayAnswer(DeadLetters letters, AnswerIntake answers, HouseholdStore store, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>POST /api/dead-letters/answers/{sequenceNumber}/replay</c></summary>
    [Function(nameof(ReplayAnswer))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/dead-letters/answers/{sequenceNumber}/replay")]
        HttpRequest request,
        string sequenceNumber,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var message = long.TryParse(sequenceNumber, out var number)
            ? await letters.FindAsync(DeadLetterKind.Answers, number, cancellation)
            : null;
        if (message is null) return ApiResults.Refusal(Problem.NotFound("dead letter"));
        var (referralId, _, fault) = AnswerReader.Read(message.Body);
        if (fault is null && (await store.TryFindAsync(referralId, cancellation) is not { } household || !access.Reaches(household)))
            fault = AnswerFaults.UnknownReferral;
        if (fault is null) await reads.RecordOfferAsync(referralId, access.Actor, "answerReplayed", "deadLetter", cancellation);
        fault ??= await answers.TakeInAsync(message.Body, durable, cancellation);
        if (fault is not null) return ApiResults.Refusal(Problem.AnswerUnusable(fault));
        return ApiResults.Json(OfferView.Of(access.Redact(
            (await store.TryFindAsync(referralId, cancellation))!, settings.Moment.Now)));
    }
}

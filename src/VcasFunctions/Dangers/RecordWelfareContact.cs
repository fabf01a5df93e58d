using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;

namespace VcasFunctions.Dangers;

/// <summary>Somebody asked, some days after a danger, how they are, or tried to.</summary>
public sealed class RecordWelfareContact(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/danger/welfare-contact</c></summary>
    [Function(nameof(RecordWelfareContact))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/danger/welfare-contact")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<WelfareContactRequest>(request, cancellation);
        var (attemptId, outcome) = (RequiredField.Value(sent.AttemptId, "attemptId"), RequiredField.Value(sent.Outcome, "outcome"));
        if (attemptId == Guid.Empty) throw new ProblemException(Problem.NotAnId("attemptId"));
        var (by, isChecked) = (sent.By ?? AttemptWay.Phone, sent.SafetyChecked ?? false);
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            id,
            (household, moment) => household.RecordWelfareContact(attemptId, outcome, by, isChecked, moment),
            RequestAccess.Of(request),
            cancellation)));
    }
}

/// <summary>What came of a welfare contact.</summary>
public sealed record WelfareContactRequest
{
    /// <summary>Made new for each attempt by the device.</summary>
    public Guid? AttemptId { get; init; }

    /// <summary>The outcome.</summary>
    public WelfareOutcome? Outcome { get; init; }

    /// <summary>How it was made; phone where nothing is said.</summary>
    public AttemptWay? By { get; init; }

    /// <summary>True once somebody has checked that it is still safe.</summary>
    public bool? SafetyChecked { get; init; }
}

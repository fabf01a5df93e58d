using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Dangers;

/// <summary>The supervisor says what was done about a danger, the same day.</summary>
public sealed class RecordDangerAction(HouseholdCommands commands)
{
    /// <summary><c>POST /api/offers/{offerId}/danger/action</c></summary>
    [Function(nameof(RecordDangerAction))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/danger/action")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<DangerActionRequest>(request, cancellation);
        var (action, reference) = (RequiredField.Value(sent.Action, "action"), OfferReader.ReadReference(sent.Reference, "reference"));
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            id,
            (household, moment) => household.RecordDangerAction(action, sent.Reason, reference, moment),
            RequestAccess.Of(request),
            cancellation)));
    }
}

/// <summary>The body that says what was done about a danger.</summary>
public sealed record DangerActionRequest
{
    /// <summary>What was done.</summary>
    public DangerAction? Action { get; init; }

    /// <summary>Why nothing was done; needed with none.</summary>
    public NoActionReason? Reason { get; init; }

    /// <summary>The notification's reference; compulsory with safeguardingNotification. No name.</summary>
    public string? Reference { get; init; }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.CallBacks;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.CallBacks;

/// <summary>
/// Whoever recorded an attempt pressed the wrong button, and takes it back in the next seconds. docs/decisions/0051-ten-seconds-to-undo.md
/// </summary>
public sealed class UndoAttempt(HouseholdCommands commands)
{
    /// <summary><c>POST /api/call-backs/{offerId}/attempts/{attemptId}/undo</c></summary>
    [Function(nameof(UndoAttempt))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/call-backs/{offerId}/attempts/{attemptId}/undo")]
        HttpRequest request,
        string offerId,
        string attemptId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var (id, attempt, access) = (Id.Of(offerId, nameof(offerId)), Id.Of(attemptId, nameof(attemptId)), RequestAccess.Of(request));
        var after = await commands.ApplyAsync(
            durable, id, (household, moment) => household.UndoAttempt(attempt, access.Person.Id, moment), access, cancellation);
        return ApiResults.Json(OfferView.Of(after));
    }
}

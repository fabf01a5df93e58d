using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain.Households;
using Vcas.Domain.Offers;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;

namespace VcasFunctions.Dangers;

/// <summary>
/// Somebody learned of a danger, whatever has become of the household: nobody calls it any more, or VCAS has long finished.
/// </summary>
public sealed class RecordDanger(HouseholdCommands commands, IOptionsMonitor<SafetyOptions> safety)
{
    /// <summary><c>POST /api/offers/{offerId}/danger</c></summary>
    [Function(nameof(RecordDanger))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/offers/{offerId}/danger")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var sent = await Body.ReadAsync<DangerRequest>(request, cancellation);
        var (risks, isDirectVictim) = (sent.Risks ?? [], sent.ChildMayBeDirectVictim ?? false);
        // What is no danger today would be dropped in silence, or alarm somebody for nothing: it is a correction.
        if (risks.Any(risk => !risk.IsDanger()) || (risks.Count == 0 && !isDirectVictim))
            throw new ProblemException(Problem.InvalidFields([new FieldProblem("risks",
                "Give selfHarm, violence or childAtRisk, or childMayBeDirectVictim true. Correct the details for any other risk.")]));
        var recorded = await commands.ApplyAsync(
            durable, id, (household, moment) => household.RecordDanger(risks, isDirectVictim, moment), RequestAccess.Of(request),
            cancellation);
        return ApiResults.Json(OfferView.Of(recorded).WithDangerRemark(safety.CurrentValue));
    }
}

/// <summary>The body that says which danger somebody learned of. At least one.</summary>
public sealed record DangerRequest
{
    /// <summary>selfHarm, violence or childAtRisk.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>True if a child here may be a direct victim.</summary>
    public bool? ChildMayBeDirectVictim { get; init; }
}

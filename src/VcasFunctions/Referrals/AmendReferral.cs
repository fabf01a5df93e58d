using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain.Households;
using Vcas.Domain.Referrals;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Referrals;

/// <summary>Changes what VCAS knows of a household; a rejected referral is thereby made again.</summary>
public sealed class AmendReferral(HouseholdCommands commands, IOptionsMonitor<SafetyOptions> safety)
{
    /// <summary><c>POST /api/referrals/{referralId}/amendment</c></summary>
    [Function(nameof(AmendReferral))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/referrals/{referralId}/amendment")] HttpRequest request,
        string referralId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(referralId, nameof(referralId));
        var sent = await Body.ReadAsync<AmendmentRequest>(request, cancellation);
        return ApiResults.Json(OfferView.Of(await commands.ApplyAsync(
            durable,
            id,
            (household, moment) => household.Amend(
                OfferReader.Amend(household.Details, sent.Contact, sent.Household, sent.Risks) with
                {
                    ChildMayBeDirectVictim = sent.ChildMayBeDirectVictim ?? household.Details.ChildMayBeDirectVictim,
                },
                moment),
            RequestAccess.Of(request),
            cancellation)).WithDangerRemark(safety.CurrentValue));
    }
}

/// <summary>An amendment: what is given replaces what was, what is left out stays.</summary>
public sealed record AmendmentRequest
{
    /// <summary>How the household can be reached safely.</summary>
    public ContactRequest? Contact { get; init; }

    /// <summary>The people who live there.</summary>
    public HouseholdRequest? Household { get; init; }

    /// <summary>What a caller must know.</summary>
    public IReadOnlyList<Risk>? Risks { get; init; }

    /// <summary>Whether a child here may be a direct victim. VCAS is not told of it.</summary>
    public bool? ChildMayBeDirectVictim { get; init; }
}

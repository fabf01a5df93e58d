using Vcas.Domain.Households;

namespace VcasFunctions.Offers;

/// <summary>What a person who records a yes is told where nobody knows a safe way to reach the household.</summary>
internal static class RouteRemark
{
    /// <summary>The words.</summary>
    public const string Waiting =
        "The yes is kept, and VCAS can't be told yet: no safe way to reach this household is known. If you still can, ask for a number or "
        + "another way and give it as the contact. The referral then leaves by itself. You and the supervisor are reminded until then.";

    /// <summary>The view with the remark, where the referral waits for a route and nothing else is said.</summary>
    public static OfferView WithRouteRemark(this OfferView view) =>
        view is { Remark: null, Referral.State: ReferralState.AwaitingRoute } ? view with { Remark = Waiting } : view;
}

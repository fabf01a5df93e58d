using Vcas.Domain.Households;
using VcasFunctions.Offers;
using VcasFunctions.Referrals;

namespace VcasFunctions.Description;

// What becomes of a referral.
internal static partial class Operations
{
    private static Operation[] OfReferrals =>
    [
        new(nameof(ListReferrals), ReferralsTag, "List referrals")
        {
            Query = [new("state", typeof(ReferralState), "Only those in this state.")],
            Successes = [new(200, "The referrals, oldest first.", typeof(ReferralPage), Json)],
        },
        new(nameof(AmendReferral), ReferralsTag, "Amend a referral")
        {
            Description = "What you send replaces the old value. What you leave out stays. "
                + "If VCAS had rejected the referral, it goes to VCAS again.",
            Request = typeof(AmendmentRequest),
            Example = """{"risks":["violence"]}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(WithdrawReferral), ReferralsTag, "Take a referral back")
        {
            Request = typeof(WithdrawalRequest),
            Example = """{"reason":"noLongerWanted"}""",
            Successes = Household,
            Changes = true,
        },
    ];
}

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
        new(nameof(WithdrawReferral), ReferralsTag, "Withdraw a referral")
        {
            Request = typeof(WithdrawalRequest),
            Example = """{"reason":"noLongerWanted"}""",
            Successes = Household,
            Changes = true,
        },
        new(nameof(SendReferralAgain), ReferralsTag, "Send a referral again")
        {
            Description = "Sends VCAS the newest version once more, because its message was set aside. "
                + "VCAS knows it again, so that nothing is doubled. Not within ten minutes of the last time.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(ListDeadLetters), ReferralsTag, "List dead letters")
        {
            Description = "Messages between the force and VCAS that were set aside, with a code of why. "
                + "The list has no names, no numbers and no text that anybody wrote.",
            Successes = [new(200, "At most a hundred of each queue, oldest first.", typeof(DeadLetterPage), Json)],
        },
        new(nameof(ReplayAnswer), ReferralsTag, "Take in an answer that was set aside")
        {
            Description = "Tries an answer of VCAS's again after what stood in its way was put right. It is taken in once, "
                + "however often you try.",
            Successes = Household,
            Changes = true,
        },
        new(nameof(SealReferrals), ReferralsTag, "Seal what VCAS has not confirmed")
        {
            Description = "For days on which the queue stands still: a CMS file that only VCAS can open, with all it has not confirmed. "
                + "Hand it over. All of it goes by the queue too as soon as that can be, and VCAS knows it again. "
                + "The audit keeps each household as disclosed.",
            Successes = [new(200, "The file.", typeof(byte[]), "application/pkcs7-mime")],
            Changes = true,
        },
    ];
}

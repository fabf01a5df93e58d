using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>What the police take back: an offer, or a referral that was made.</summary>
public static class Withdrawals
{
    /// <summary>
    /// The police take the offer back; a referral that was made is taken back with it. The same reason again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The offer has ended in a way that this reason can't change.</exception>
    public static Transition Withdraw(this Household household, WithdrawalReason reason, Moment moment)
    {
        if (household.Closing?.Withdrawal == reason) return household.Unchanged();
        Rules.Keep(new WithdrawalMustFitTheState(household, reason));

        var closing = new Closing(ReasonFor(reason), moment.Now, reason);
        var withdrawn = household.WithReferralsTakenBack(reason);
        return withdrawn.Household.EndedAs(closing).After([new OfferWithdrawn(reason), .. withdrawn.Events]);
    }

    /// <summary>Takes the referral back after it was made; the household's course ends with it.</summary>
    /// <exception cref="RuleBrokenException">There is no such referral, or it is over.</exception>
    public static Transition WithdrawReferral(this Household household, Guid referralId, WithdrawalReason reason, Moment moment)
    {
        var referral = household.FindReferral(referralId);
        Rules.Keep(new ReferralMustHaveBeenMade(referral));
        if (referral!.WithdrawalReason == reason) return household.Unchanged();
        Rules.Keep(new ReferralMustBeOpen(referral));
        return household.Withdraw(reason, moment);
    }

    private static ClosingReason ReasonFor(WithdrawalReason reason) => reason switch
    {
        WithdrawalReason.DoNotContact => ClosingReason.DoNotContact,
        WithdrawalReason.Died => ClosingReason.Died,
        _ => ClosingReason.Withdrawn,
    };
}

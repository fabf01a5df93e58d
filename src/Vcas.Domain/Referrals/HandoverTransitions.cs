using Vcas.Domain.Households;

namespace Vcas.Domain.Referrals;

/// <summary>What a person does where the queue between the force and VCAS does not: sends a message again, hands a referral over.</summary>
public static class HandoverTransitions
{
    /// <summary>
    /// Sends VCAS the newest version once more, or the word that it is taken back: the message was set aside. Under the same id, so whoever
    /// has it already knows it. While it waits to leave nothing changes.
    /// </summary>
    /// <exception cref="RuleBrokenException">There is no referral, VCAS has finished, or it has just left.</exception>
    public static Transition SendReferralAgain(this Household household, Guid referralId, Moment moment)
    {
        var referral = household.FindReferral(referralId);
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure), new ReferralMustHaveBeenMade(referral));
        // One that waits for a safe route leaves by itself as soon as there is one.
        if (referral!.State == ReferralState.AwaitingRoute) return household.Unchanged();
        var newest = referral.NewestMessage();
        if (household.Outbox.Any(dispatch => dispatch.Id == newest.Id && dispatch.Referral?.Id == referralId))
            return household.Unchanged();
        Rules.Keep(new ReferralMustNotBeFinished(referral), new ReferralMustNotJustHaveLeft(referral, moment.Now));
        return (household with { Outbox = [.. household.Outbox, newest] }).After(new ReferralSentAgain(newest.Referral!.Version));
    }

    /// <summary>
    /// The newest version is given to VCAS by hand. It goes out by the queue all the same as soon as that can be: VCAS knows it again by
    /// its id. The same version handed over again changes nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">There is no such referral.</exception>
    public static Transition HandReferralOver(this Household household, Guid referralId, Moment moment)
    {
        var referral = household.FindReferral(referralId);
        Rules.Keep(new HouseholdMustNotBeErased(household.Erasure), new ReferralMustHaveBeenMade(referral));
        if (referral!.State == ReferralState.AwaitingRoute) return household.Unchanged();
        // That it is taken back is no version: whoever was given it before has to hear of that too.
        var isNews = referral.HandedOverVersion != referral.Version
            || (referral.State == ReferralState.Withdrawn && !(referral.HandedOverAt >= household.Closing?.At));
        if (!isNews) return household.Unchanged();
        return household.WithReferral(referral with { HandedOverAt = moment.Now, HandedOverVersion = referral.Version })
            .After(new ReferralHandedOver(referral.Version));
    }

    /// <summary>The message that tells VCAS all of a referral that it has to know.</summary>
    public static Dispatch NewestMessage(this Referral referral) => referral switch
    {
        { State: ReferralState.Withdrawn } => Dispatch.Withdrawn(referral),
        { Version: 1 } => Dispatch.Made(referral),
        _ => Dispatch.Amended(referral),
    };
}

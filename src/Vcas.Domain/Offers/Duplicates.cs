using Vcas.Domain.Households;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>
/// One household that was recorded twice. Two transitions, of which each may be done again: first the one that is kept takes over what it
/// does not know, then the other one ends. Whatever happens between them, nothing is lost.
/// </summary>
public static class Duplicates
{
    /// <summary>
    /// Takes over what another record of this household knows and this one does not: a number, the people, a crime reference, risks, a
    /// danger that somebody must act on, a hold, a death, that nobody is ever to call. Nothing that is known here is replaced. Again
    /// changes nothing.
    /// </summary>
    /// <param name="kept">The household that goes on.</param>
    /// <param name="duplicate">The other record, as it is.</param>
    /// <param name="moment">Now.</param>
    /// <exception cref="RuleBrokenException">The two can't be merged, or only the other way round.</exception>
    public static Transition TakeOver(this Household kept, Household duplicate, Moment moment)
    {
        Rules.Keep(new DuplicateMustBeAnother(duplicate.Id, kept.Id), new DuplicateMustBeMergedOnce(duplicate.Closing, kept.Id));
        if (duplicate.Closing?.DuplicateOf == kept.Id) return kept.Unchanged();
        Rules.Keep(
            new HouseholdMustNotBeErased(kept.Erasure),
            new HouseholdMustNotBeErased(duplicate.Erasure),
            new KeptHouseholdMustStand(kept.Closing));
        if (!duplicate.IsWithdrawnAsDuplicate())
            Rules.Keep(new WithdrawalMustFitTheState(duplicate, WithdrawalReason.Duplicate));
        Rules.Keep(new KeptHouseholdMustBeFurtherOn(kept, duplicate));

        var before = kept.Duplicates.FirstOrDefault(known => known.OfferId == duplicate.Id);
        return kept.EndHoldFor(duplicate.Id, moment)
            .Then(household => household.EndedWith(duplicate, moment))
            .Then(household => household.WithRouteOf(duplicate, moment))
            .Then(household => household.WithDetailsOf(duplicate, moment))
            .Then(household => household.WithDangerOf(duplicate, before?.At, moment))
            .Then(household => household.WithHoldOf(duplicate, moment))
            .Then(household => household.Remembering(duplicate, before, isChanged: !ReferenceEquals(household, kept), moment));
    }

    /// <summary>
    /// Ends this record, as a duplicate of one that is kept: it counts in no figure, and a referral of it is taken back. What was said of
    /// its number, that nobody is ever to call it, stands. Again changes nothing.
    /// </summary>
    /// <param name="duplicate">The household.</param>
    /// <param name="kept">The household that goes on, as it is.</param>
    /// <param name="moment">Now.</param>
    /// <exception cref="RuleBrokenException">It has ended in a way that this can't change.</exception>
    public static Transition MergeInto(this Household duplicate, Household kept, Moment moment)
    {
        Rules.Keep(new DuplicateMustBeAnother(duplicate.Id, kept.Id), new DuplicateMustBeMergedOnce(duplicate.Closing, kept.Id));
        if (duplicate.Closing?.DuplicateOf == kept.Id) return duplicate.Unchanged();
        Rules.Keep(new HouseholdMustNotBeErased(duplicate.Erasure));
        // Its number may be another than the one under which the household said so.
        var silenced = kept.AsksNever() && duplicate.IsOpen
            ? duplicate.Withdraw(WithdrawalReason.DoNotContact, moment)
            : duplicate.Unchanged();
        return silenced
            .Then(household => household.IsWithdrawnAsDuplicate()
                ? household.Unchanged()
                : household.Withdraw(WithdrawalReason.Duplicate, moment))
            .Then(household =>
            {
                // That nobody is to call its number stands, and can be taken back here like any other.
                var never = silenced.Household.AsksNever() ? silenced.Household.Closing : null;
                var closing = never is null ? household.Closing! : never with { Withdrawal = WithdrawalReason.Duplicate };
                return (household with { Course = new ContactCourse.Closed(closing with { DuplicateOf = kept.Id }) })
                    .After(new MergedAsDuplicate(kept.Id));
            });
    }

    // What ends it there ends it here, unless they said yes here since.
    private static Transition EndedWith(this Household kept, Household duplicate, Moment moment)
    {
        if (duplicate.AsksNever() && !(kept.Acceptance?.At > duplicate.Closing!.At))
        {
            return kept.AsksNever() || !new WithdrawalMustFitTheState(kept, WithdrawalReason.DoNotContact).IsKept
                ? kept.Unchanged()
                : kept.Withdraw(WithdrawalReason.DoNotContact, moment);
        }

        return duplicate.Closing?.Reason == ClosingReason.Died && kept.IsOpen
            ? kept.Withdraw(WithdrawalReason.Died, moment)
            : kept.Unchanged();
    }

    private static Transition WithRouteOf(this Household kept, Household duplicate, Moment moment) =>
        kept.NeedsSafeRoute
        && duplicate.Details is { HasSafeRoute: true, Contact: { } contact }
        && duplicate.KnownHold?.Reason != HoldReason.WrongNumber
        && !(contact.Phone is { } number && number == kept.Details.NumberToCall)
        && new ContactMustNotBeAChild(kept.Details.Members, contact).IsKept
            ? kept.ChangeContact(contact, moment)
            : kept.Unchanged();

    private static Transition WithDetailsOf(this Household kept, Household duplicate, Moment moment)
    {
        var (known, other) = (kept.Details, duplicate.Details);
        var details = known with
        {
            CrimeReference = known.CrimeReference ?? other.CrimeReference,
            OfficerInCase = known.OfficerInCase ?? other.OfficerInCase,
            Members = known.Members == HouseholdMembers.Unknown && new ContactMustNotBeAChild(other.Members, known.Contact).IsKept
                ? other.Members
                : known.Members,
            Risks = [.. known.Risks.Union(other.Risks)],
            ChildMayBeDirectVictim = known.ChildMayBeDirectVictim || other.ChildMayBeDirectVictim,
        };
        if (details == known) return kept.Unchanged();
        // What VCAS works on it is told. One that it refused is not asked for again by this.
        return kept is { Course: ContactCourse.Referred, Referral: { IsOver: false, State: not ReferralState.Rejected } }
            ? kept.Amend(details, moment)
            : kept.Corrected(details, moment);
    }

    // It is told of under both until somebody acknowledges it: once too often is better than never.
    private static Transition WithDangerOf(this Household kept, Household duplicate, DateTimeOffset? mergedAt, Moment moment) =>
        duplicate.Danger is { IsOpen: true } danger
        && kept.Danger is not { IsOpen: true }
        && !(danger.Since <= mergedAt)
            ? kept.Unchanged().Endangered(moment)
            : kept.Unchanged();

    private static Transition WithHoldOf(this Household kept, Household duplicate, Moment moment)
    {
        if (duplicate.KnownHold is not { } hold || kept.KnownHold is not null || !kept.IsOpen) return kept.Unchanged();
        // Another number isn't wrong because this one is.
        if (hold.Reason == HoldReason.WrongNumber && duplicate.Details.NumberToCall != kept.Details.NumberToCall) return kept.Unchanged();
        var reviewAt = hold.ReviewAt > moment.Now
            ? hold.ReviewAt
            : moment.Calendar.NextCallMoment(moment.Now.AddDays(kept.Policy.ReviewDays));
        return kept.PutOnHold(hold.Reason, reviewAt, tellsTheSupervisor: false, moment).After(new CallBackHeld(hold.Reason, reviewAt));
    }

    private static Transition Remembering(
        this Household kept, Household duplicate, MergedDuplicate? before, bool isChanged, Moment moment)
    {
        var death = kept.Death ?? duplicate.Death;
        if (before is not null && !isChanged && death == kept.Death) return kept.Unchanged();
        return (kept with
        {
            Death = death,
            Duplicates =
            [
                .. kept.Duplicates.Where(known => known.OfferId != duplicate.Id),
                new MergedDuplicate(duplicate.Id, moment.Now, duplicate.LastAttempt?.At),
            ],
        }).After(new DuplicateTakenOver(duplicate.Id));
    }

    private static bool IsWithdrawnAsDuplicate(this Household household) =>
        household.Closing?.Withdrawal == WithdrawalReason.Duplicate;

    private static bool AsksNever(this Household household) =>
        household.Closing is { Reason: ClosingReason.DoNotContact, NeverTakenBackAt: null };
}

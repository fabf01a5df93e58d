using Vcas.Domain.CallBacks;
using Vcas.Domain.Referrals;

namespace Vcas.Domain.Offers;

/// <summary>What people correct: details that were wrong or have changed, and an offer that was closed by mistake.</summary>
public static class Corrections
{
    // More corrections than this are a sign of another problem. The oldest is dropped; its event stays.
    private const int MostKept = 30;

    /// <summary>
    /// Puts right what an officer recorded; a new route has a command of its own. What it was is kept beside what it is. Where VCAS has
    /// the referral, it is amended. The same details again change nothing.
    /// </summary>
    /// <exception cref="RuleBrokenException">The offer has ended, or the new details can't be right.</exception>
    public static Transition Correct(this Offer offer, OfferDetails details, Moment moment)
    {
        var fields = FieldsOf(offer.Details, details);
        if (offer.State == OfferState.Referred) return fields.Count == 0 ? offer.Unchanged() : offer.Amend(details, moment);
        Rules.Keep(new OfferMustBeOpen(offer.State), new ContactMustNotBeAChild(details.Household, details.Contact));
        if (fields.Count == 0) return offer.Unchanged();
        return (offer with { Details = details, Corrections = offer.CorrectedTo(details, moment) })
            .After(new DetailsCorrected(fields))
            .WithDanger(offer.Details.Risks, moment);
    }

    /// <summary>
    /// An offer that was closed by mistake waits again: for its time, or for the next call-back hours where that has passed. A supervisor
    /// decides it.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is not closed, is never to be called, was referred, or is erased.</exception>
    public static Transition Reopen(this Offer offer, ReopeningReason reason, Moment moment)
    {
        Rules.Keep(new HouseholdMustNotBeErased(offer.Erasure), new ClosingMustBeUndoable(offer));
        var callFrom = offer.DueAt is { } dueAt && dueAt > moment.Now ? dueAt : moment.Calendar.NextCallMoment(moment.Now);
        return (offer with { State = OfferState.Waiting, Closing = null, CallFrom = callFrom }).After(new OfferReopened(reason, callFrom));
    }

    /// <summary>The corrections of an offer whose details become these.</summary>
    internal static IReadOnlyList<Correction> CorrectedTo(this Offer offer, OfferDetails details, Moment moment)
    {
        var fields = FieldsOf(offer.Details, details);
        if (fields.Count == 0) return offer.Corrections;
        var was = new FormerDetails
        {
            CrimeReference = fields.Contains(DetailField.CrimeReference) ? offer.Details.CrimeReference : null,
            Household = fields.Contains(DetailField.Household) ? offer.Details.Household : null,
            Risks = fields.Contains(DetailField.Risks) ? offer.Details.Risks : null,
            Contact = fields.Contains(DetailField.Contact) ? offer.Details.Contact : null,
        };
        return [.. offer.Corrections.TakeLast(MostKept - 1), new Correction(moment.Now, fields, was)];
    }

    private static List<DetailField> FieldsOf(OfferDetails before, OfferDetails after)
    {
        var fields = new List<DetailField>();
        if (before.CrimeReference != after.CrimeReference) fields.Add(DetailField.CrimeReference);
        if (before.Household != after.Household) fields.Add(DetailField.Household);
        if (!before.Risks.SequenceEqual(after.Risks)) fields.Add(DetailField.Risks);
        if (before.Contact != after.Contact) fields.Add(DetailField.Contact);
        return fields;
    }
}

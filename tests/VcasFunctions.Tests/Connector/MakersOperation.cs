using VcasFunctions.CallBacks;
using VcasFunctions.Dangers;
using VcasFunctions.Offers;

namespace VcasFunctions.Tests.Connector;

/// <summary>An operation as somebody who builds a Power App meets it.</summary>
/// <param name="Function">The function's name, which is the operation's id: in a formula, <c>VCAS.RecordOffer(…)</c>.</param>
/// <param name="Description">What a maker has to know, in whole sentences.</param>
/// <param name="Important">The fields that are shown first; all others stand under "advanced".</param>
internal sealed record MakersOperation(string Function, string Description, params string[] Important)
{
    /// <summary>
    /// What officers and callers do. What isn't named here is left out of the connector on purpose: supervisors' work (reassigning,
    /// amending and withdrawing referrals, applying a changed policy), reports and imports have the console, and a form that could
    /// do them would be one more place in which to get them wrong; health and description are for tools.
    /// </summary>
    public static readonly IReadOnlyList<MakersOperation> All =
    [
        new(
            nameof(RecordOffer),
            "Records one offer of support. Make the offer id once, with GUID(), when the form opens, and keep it with the form: "
            + "sent again after a lost signal, it never records twice. "
            + "Only the answer is needed, and, where it is accepted, a phone number that was confirmed in person as safe.",
            "answer", "contact", "phone", "team"),
        new(
            nameof(SearchOffers),
            "Finds a household of your teams again, in every state, by a phone number, a crime reference or our own reference, in any "
            + "spelling. Give one of the three, and why you look. The audit keeps each search, also one that finds nothing.",
            "phone", "reference", "crimeReference", "reason"),
        new(
            nameof(FindMyOffers),
            "Lists the offers that the person who is signed in recorded, newest first, with what became of each. No name and no number.",
            "limit"),
        new(
            nameof(ReadOffer),
            "Reads one offer with its state, its attempts and its referral. Every reading is a look at somebody's data: "
            + "ask only for the offer that is on the screen.",
            "offerId"),
        new(
            nameof(ChangeContact),
            "Replaces the whole safe route of a household by another. What is left out is forgotten.",
            "phone",
            "name"),
        new(
            nameof(CorrectDetails),
            "Puts right what was recorded, while the household waits. What is given replaces what was; what is left out stays.",
            "risks",
            "crimeReference"),
        new(
            nameof(AcceptOffer),
            "Records that the household accepts at any later point, when it came forward by itself. A referral goes to VCAS at once.",
            "lawfulBasis"),
        new(
            nameof(RecordDanger),
            "Records that somebody may come to harm before anybody phones, whatever has become of the household. It alerts nobody who can "
            + "come: show the control room's number before it is sent. Send it again without harm until somebody has acknowledged it.",
            "risks", "childMayBeDirectVictim"),
        new(nameof(WithdrawOffer), "Withdraws an offer for a coded reason. A referral that was made is withdrawn with it.", "reason"),
        new(
            nameof(ListCallBacks),
            "Lists the calls to make, riskiest and oldest first. No name and no number stands in the list; "
            + "they come with ReadOffer, for the one household that is called.",
            "state",
            "team"),
        new(
            nameof(ClaimCallBack),
            "Says that you are calling, and answers with the household and its number. "
            + "Nobody else can claim the call until you record what came of it, give it back, or some minutes have passed. "
            + "Refused with 409 while somebody else is calling: claim says who, and since when.",
            "offerId"),
        new(nameof(ReleaseClaim), "Gives a claimed call back, when you do not phone after all.", "offerId"),
        new(
            nameof(RecordAttempt),
            "Records what came of one call, or, with direction incoming, what a household said that got in touch by itself: "
            + "that is taken at any time. Make the attempt id with GUID() when the call begins, and send the same again if it fails. "
            + "Confirm before calling that it is still safe, and say so with safetyChecked.",
            "attemptId", "outcome", "direction", "safetyChecked", "reason", "callAgainAt"),
        new(nameof(PlaceHold), "Holds a call back until a review date, because it is not safe to phone.", "reason", "reviewAt"),
        new(nameof(ReleaseHold), "Ends a hold, once it is safe to phone again.", "offerId"),
    ];
}

namespace Vcas.Domain.Households;

// The one source of the words for states, answers and reasons: the API, its description, the web pages, Power Apps and the
// reports all draw on these enums. A word may be added; its meaning may not be changed, because stored records hold it.

/// <summary>What the household said when support was offered.</summary>
public enum OfferAnswer
{
    /// <summary>Support is wanted: a referral goes to VCAS.</summary>
    Accepted,

    /// <summary>Not now. Somebody phones three weeks later and offers again.</summary>
    Declined,

    /// <summary>It was not safe or not possible to ask. Somebody phones later and makes the offer.</summary>
    NotAsked,

    /// <summary>Never contact this household about it. No call ever goes out.</summary>
    DoNotContact,
}

/// <summary>The state of a household.</summary>
public enum HouseholdState
{
    /// <summary>A call-back is planned: the first, or the next after an attempt.</summary>
    Waiting,

    /// <summary>Somebody should phone now.</summary>
    Due,

    /// <summary>Nobody may phone until the hold is reviewed or released.</summary>
    Held,

    /// <summary>Support was accepted; the referral has a state of its own.</summary>
    Referred,

    /// <summary>There is nothing more to do; the closing reason says why.</summary>
    Closed,
}

/// <summary>What the answers at the door mean.</summary>
public static class OfferAnswers
{
    /// <summary>Whether support was really offered: who could not be asked, or asked never to be contacted, was offered none.</summary>
    public static bool WasReallyOffered(this OfferAnswer answer) => answer is OfferAnswer.Accepted or OfferAnswer.Declined;

    /// <summary>Whether it answers a real offer made after the door.</summary>
    public static bool AnswersALaterOffer(this AcceptedWhen when) => when is not (AcceptedWhen.AtOffer or AcceptedWhen.NotAsked);
}

/// <summary>When in the household's course support was accepted.</summary>
public enum AcceptedWhen
{
    /// <summary>Accepted at the door.</summary>
    AtOffer,

    /// <summary>Not asked, and referred because the force works by opt-out: nobody has said yes.</summary>
    NotAsked,

    /// <summary>By the household itself, which got in touch before anybody had called back.</summary>
    BeforeCallBack,

    /// <summary>In a call back that offered it.</summary>
    AtCallBack,

    /// <summary>At any later point, when it was seen that they were struggling.</summary>
    Later,
}

/// <summary>
/// On what ground personal data goes to VCAS, recorded apart from the household's answer. UK GDPR article 6(1); a force
/// decides which it uses.
/// </summary>
public enum LawfulBasis
{
    /// <summary>The person agreed, article 6(1)(a).</summary>
    Consent,

    /// <summary>A legal obligation, article 6(1)(c).</summary>
    LegalObligation,

    /// <summary>Vital interests of a person, article 6(1)(d).</summary>
    VitalInterests,

    /// <summary>A task in the public interest, article 6(1)(e).</summary>
    PublicTask,
}

/// <summary>Which of an offer's details was corrected.</summary>
public enum DetailField
{
    /// <summary>The crime or investigation reference.</summary>
    CrimeReference,

    /// <summary>The people in the household.</summary>
    Household,

    /// <summary>What a caller must know.</summary>
    Risks,

    /// <summary>The safe route, with its hours.</summary>
    Contact,

    /// <summary>Whether a child may be a direct victim.</summary>
    ChildMayBeDirectVictim,

    /// <summary>What the household said at the door.</summary>
    Answer,

    /// <summary>When it was offered.</summary>
    OfferedAt,

    /// <summary>The team that attended.</summary>
    Team,

    /// <summary>The ground for a disclosure.</summary>
    LawfulBasis,

    /// <summary>What somebody said yes or no to.</summary>
    Consent,

    /// <summary>The officer in the case.</summary>
    OfficerInCase,
}

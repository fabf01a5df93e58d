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

/// <summary>Why a household's offer was closed.</summary>
public enum ClosingReason
{
    /// <summary>Really offered twice, at the door or in calls, and declined each time.</summary>
    DeclinedAtCallBack,

    /// <summary>The last attempt reached nobody.</summary>
    NotReached,

    /// <summary>The household asked never to be contacted.</summary>
    DoNotContact,

    /// <summary>The person to be called has died.</summary>
    Died,

    /// <summary>Taken back by the police; the withdrawal reason says why.</summary>
    Withdrawn,
}

/// <summary>Why an offer was taken back (after HMPPS Interventions' coded withdrawals).</summary>
public enum WithdrawalReason
{
    /// <summary>Recorded by mistake: it doesn't count in any figure.</summary>
    RecordedInError,

    /// <summary>Another offer is about the same household, so this one does not count in any figure.</summary>
    Duplicate,

    /// <summary>The household has left the force's area.</summary>
    Moved,

    /// <summary>The person to be called has died.</summary>
    Died,

    /// <summary>The household asked never to be contacted.</summary>
    DoNotContact,

    /// <summary>Support came from elsewhere.</summary>
    NeedsMet,

    /// <summary>The household has changed its mind after accepting.</summary>
    NoLongerWanted,

    /// <summary>None of the other reasons.</summary>
    Other,
}

/// <summary>What the answers at the door mean.</summary>
public static class OfferAnswers
{
    /// <summary>Whether support was really offered: who could not be asked, or asked never to be contacted, was offered none.</summary>
    public static bool WasReallyOffered(this OfferAnswer answer) => answer is OfferAnswer.Accepted or OfferAnswer.Declined;

    /// <summary>Whether it answers a real offer made after the door.</summary>
    public static bool AnswersALaterOffer(this AcceptedWhen when) => when is not (AcceptedWhen.AtOffer or AcceptedWhen.NotAsked);
}

/// <summary>Why a number may be called again although somebody asked that it never be.</summary>
public enum NeverTakenBackReason
{
    /// <summary>It was recorded by mistake.</summary>
    RecordedInError,

    /// <summary>It was another number.</summary>
    WrongNumber,

    /// <summary>The household asked to be called again.</summary>
    HouseholdAsked,

    /// <summary>The number is somebody else's now.</summary>
    NumberReassigned,

    /// <summary>Its review date came, and there was no longer a reason.</summary>
    Reviewed,

    /// <summary>None of the other reasons.</summary>
    Other,
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

/// <summary>The relationship of a person in the household to the suspect.</summary>
public enum Relationship
{
    /// <summary>Spouse or partner.</summary>
    Partner,

    /// <summary>Son, daughter or stepchild.</summary>
    Child,

    /// <summary>Mother, father or step-parent.</summary>
    Parent,

    /// <summary>Brother or sister.</summary>
    Sibling,

    /// <summary>Another adult of the household.</summary>
    OtherAdult,

    /// <summary>Another child of the household.</summary>
    OtherChild,
}

/// <summary>Age in bands, so that a date of birth is never needed at the door.</summary>
public enum AgeBand
{
    /// <summary>0 to 4 years.</summary>
    Under5,

    /// <summary>5 to 11 years.</summary>
    From5To11,

    /// <summary>12 to 15 years.</summary>
    From12To15,

    /// <summary>16 and 17 years.</summary>
    From16To17,

    /// <summary>18 to 64 years.</summary>
    Adult,

    /// <summary>65 years and over.</summary>
    Over65,
}

/// <summary>What a caller must know before phoning, and VCAS before visiting.</summary>
public enum Risk
{
    /// <summary>The suspect lives at the address.</summary>
    SuspectAtAddress,

    /// <summary>The suspect may come back to the address.</summary>
    SuspectMayReturn,

    /// <summary>Violence or control in the household.</summary>
    Violence,

    /// <summary>Somebody in the household may harm themselves.</summary>
    SelfHarm,

    /// <summary>A child in the household is at risk.</summary>
    ChildAtRisk,

    /// <summary>Children's services are involved.</summary>
    ChildrensServicesInvolved,

    /// <summary>A charge or court date is coming.</summary>
    CourtDatePending,

    /// <summary>Another risk, known to the team.</summary>
    Other,
}

/// <summary>What was done about a danger.</summary>
public enum DangerAction
{
    /// <summary>An emergency service was called.</summary>
    EmergencyService,

    /// <summary>A safeguarding notification was made; its reference says which.</summary>
    SafeguardingNotification,

    /// <summary>Somebody went to see how they are.</summary>
    WelfareCheck,

    /// <summary>Nothing was done; a reason says why.</summary>
    None,
}

/// <summary>Why nothing was done about a danger.</summary>
public enum NoActionReason
{
    /// <summary>It was recorded by mistake.</summary>
    RecordedInError,

    /// <summary>Those who can come knew of it already, and see to it.</summary>
    AlreadySeenTo,

    /// <summary>The danger has passed.</summary>
    NoLongerTrue,

    /// <summary>None of the other reasons.</summary>
    Other,
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
}

/// <summary>Why a closed offer waits again.</summary>
public enum ReopeningReason
{
    /// <summary>It was closed or withdrawn by mistake.</summary>
    ClosedInError,

    /// <summary>It was another household that this was about.</summary>
    WrongHousehold,

    /// <summary>The reason for closing it is no longer true.</summary>
    NoLongerTrue,

    /// <summary>None of the other reasons.</summary>
    Other,
}

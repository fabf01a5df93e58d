namespace Vcas.Domain.Households;

/// <summary>What became of an offer, in one word for whoever recorded it or is asked about it.</summary>
public enum Became
{
    /// <summary>The household waits for its call.</summary>
    Waiting,

    /// <summary>Somebody should call now.</summary>
    Due,

    /// <summary>The call is held.</summary>
    Held,

    /// <summary>Support was accepted at the door, and VCAS has not decided yet.</summary>
    AcceptedAtDoor,

    /// <summary>Support was accepted after the door, and VCAS has not decided yet.</summary>
    AcceptedLater,

    /// <summary>Under opt-out it was referred although nobody could ask, and VCAS has not decided yet.</summary>
    ReferredUnasked,

    /// <summary>VCAS supports the household.</summary>
    TakenOn,

    /// <summary>VCAS has rejected the referral.</summary>
    NotTakenOn,

    /// <summary>VCAS has finished.</summary>
    SupportEnded,

    /// <summary>The household declined the second offer too.</summary>
    DeclinedAgain,

    /// <summary>The last attempt reached nobody.</summary>
    NotReached,

    /// <summary>The household asked never to be contacted.</summary>
    Never,

    /// <summary>Withdrawn, or the person has died.</summary>
    Ended,

    /// <summary>Support was accepted, and VCAS can't be told yet: nobody knows a safe way to reach the household.</summary>
    AwaitingRoute,
}

/// <summary>How a household's word is found.</summary>
public static class BecameOf
{
    /// <summary>What became of a household's offer, as far as <paramref name="known"/> says it.</summary>
    public static Became Of(Household known) => known.Course switch
    {
        ContactCourse.Waiting => Became.Waiting,
        ContactCourse.Due => Became.Due,
        ContactCourse.Open => Became.Held,
        ContactCourse.Closed { Closing.Reason: var reason } => Of(reason),
        _ => Of(known.Referral!),
    };

    private static Became Of(ClosingReason reason) => reason switch
    {
        ClosingReason.DeclinedAtCallBack or ClosingReason.DeclinedInPerson => Became.DeclinedAgain,
        ClosingReason.NotReached => Became.NotReached,
        ClosingReason.DoNotContact => Became.Never,
        _ => Became.Ended,
    };

    private static Became Of(Referral referral) => referral.State switch
    {
        ReferralState.Accepted => Became.TakenOn,
        ReferralState.Rejected => Became.NotTakenOn,
        ReferralState.Closed => Became.SupportEnded,
        ReferralState.Withdrawn => Became.Ended,
        ReferralState.AwaitingRoute => Became.AwaitingRoute,
        _ => referral.Acceptance.When switch
        {
            AcceptedWhen.AtOffer => Became.AcceptedAtDoor,
            AcceptedWhen.NotAsked => Became.ReferredUnasked,
            _ => Became.AcceptedLater,
        },
    };
}

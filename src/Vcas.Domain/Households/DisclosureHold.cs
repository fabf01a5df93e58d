namespace Vcas.Domain.Households;

/// <summary>
/// What is known of a household may be needed elsewhere: nothing of it is erased until a person releases it, whatever time it is and
/// whoever asks. It stops no call. Codes and instants.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ReviewAt">When somebody should look whether it is still needed, UTC: then the supervisor is told.</param>
/// <param name="RemindAt">Where nobody has decided by then: when the supervisor is told again, UTC.</param>
/// <param name="ErasureAskedAt">When somebody asked for the erasure of the data about themselves meanwhile, UTC.</param>
public sealed record DisclosureHold(
    DisclosureReason Reason,
    DateTimeOffset Since,
    DateTimeOffset ReviewAt,
    DateTimeOffset? RemindAt = null,
    DateTimeOffset? ErasureAskedAt = null)
{
    /// <summary>When time has something to do about it, UTC.</summary>
    internal DateTimeOffset WakeAt => RemindAt ?? ReviewAt;
}

/// <summary>Why what is known of a household may not be erased yet.</summary>
public enum DisclosureReason
{
    /// <summary>It may have to be disclosed in criminal proceedings (Criminal Procedure and Investigations Act 1996).</summary>
    Cpia,

    /// <summary>It is police information that is kept until its own review (management of police information).</summary>
    Mopi,

    /// <summary>Other proceedings: a claim, family proceedings, an inquest.</summary>
    LegalProceedings,

    /// <summary>A complaint, or an investigation into what the police did.</summary>
    Complaint,

    /// <summary>Somebody has asked for the data about themselves and has not been answered: it must not go before they are.</summary>
    AccessRequest,

    /// <summary>A public inquiry or a statutory review has asked that nothing be destroyed.</summary>
    Inquiry,
}

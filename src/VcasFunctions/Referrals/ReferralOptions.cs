namespace VcasFunctions.Referrals;

/// <summary>The queues between the force and VCAS, section <c>Vcas:Referrals</c>.</summary>
public sealed record ReferralOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Referrals";

    /// <summary>The queue to VCAS.</summary>
    public string Queue { get; init; } = "referrals";

    /// <summary>The queue from VCAS.</summary>
    public string AnswerQueue { get; init; } = "referral-answers";

    /// <summary>
    /// Where messages to VCAS are set aside that could not be taken: a queue of their own, so that nobody needs
    /// the right to take referrals.
    /// </summary>
    public string DeadLetterQueue { get; init; } = "referrals-dead";

    /// <summary>Where answers of VCAS's are set aside that could not be taken.</summary>
    public string AnswerDeadLetterQueue { get; init; } = "referral-answers-dead";

    /// <summary>When VCAS's answers are taken in, NCRONTAB with seconds, UTC: every minute.</summary>
    public string AnswersSchedule { get; init; } = "0 * * * * *";

    /// <summary>
    /// VCAS's public certificate (RSA, 2048 bits or more; PEM, or base64 of its DER), to which a file of referrals is sealed while the
    /// queue stands still. Empty: no file can be made.
    /// </summary>
    public string SealedFileCertificate { get; init; } = "";
}

namespace VcasFunctions.Referrals;

/// <summary>
/// Why an answer was set aside: a word, which is the dead letter's reason, and a number, which is its description. Both are fixed; nothing
/// of the message is in either.
/// </summary>
internal static class AnswerFaults
{
    public const string Malformed = "malformed";
    public const string UnknownType = "unknownType";
    public const string UnknownTypeOrReason = "unknownTypeOrReason";
    public const string IdTooLong = "idTooLong";
    public const string CaseReferenceTooLong = "caseReferenceTooLong";
    public const string SubjectMismatch = "subjectMismatch";
    public const string UnknownReferral = "unknownReferral";
    public const string NoReferralMade = "noReferralMade";
    public const string TimeWithoutOffset = "timeWithoutOffset";

    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        [Malformed] = 4101,
        [UnknownType] = 4102,
        [UnknownTypeOrReason] = 4103,
        [IdTooLong] = 4104,
        [CaseReferenceTooLong] = 4105,
        [SubjectMismatch] = 4106,
        [UnknownReferral] = 4107,
        [NoReferralMade] = 4108,
        [TimeWithoutOffset] = 4109,
    };

    /// <summary>All of them, by their words.</summary>
    public static IReadOnlyDictionary<string, int> All => Numbers;

    /// <summary>The number that goes with a word.</summary>
    public static string NumberOf(string fault) => $"{Numbers[fault]}";
}

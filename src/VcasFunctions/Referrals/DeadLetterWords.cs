namespace VcasFunctions.Referrals;

/// <summary>Which way a message was going that was set aside.</summary>
public enum DeadLetterKind
{
    /// <summary>To VCAS.</summary>
    Referrals,

    /// <summary>From VCAS.</summary>
    Answers,
}

/// <summary>Why a message was set aside: VCAS's codes and ours by the contract, the bus's own, and nothing that a sender wrote.</summary>
internal static class DeadLetterReasons
{
    private const string Unknown = "other";

    private static readonly HashSet<string> Known =
    [
        "ContentType", "TooLarge", "NotJson", "UnknownType", "SchemaViolation", "Inconsistent",
        "MaxDeliveryCountExceeded", "TTLExpiredException", "HeaderSizeExceeded",
        .. AnswerFaults.All.Keys,
    ];

    /// <summary>The code, where it is one.</summary>
    public static string CodeOf(string? reason) => reason is not null && Known.TryGetValue(reason, out var code) ? code : Unknown;
}

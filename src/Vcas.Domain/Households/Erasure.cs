namespace Vcas.Domain.Households;

/// <summary>The erasure of the details of the people.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">UTC.</param>
public sealed record Erasure(ErasureReason Reason, DateTimeOffset At);

/// <summary>Why the details of a household's people were erased.</summary>
public enum ErasureReason
{
    /// <summary>The retention period has ended.</summary>
    RetentionEnded,

    /// <summary>Somebody asked for the erasure of the data about themselves.</summary>
    DataSubjectRequest,

    /// <summary>It should never have been recorded.</summary>
    RecordedInError,

    /// <summary>None of the other reasons.</summary>
    Other,
}

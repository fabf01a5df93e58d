namespace VcasFunctions.Audit;

/// <summary>What a refusal is, in the audit.</summary>
/// <param name="Command">The function.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The problem's number.</param>
/// <param name="Shown">What the refusal showed all the same: <c>claim</c>, where it said who is calling; absent if nothing.</param>
internal sealed record Refused(string Command, int Status, int Code, string? Shown)
{
    /// <summary>The id that was asked for, if no household has it.</summary>
    public Guid? OfferId { get; init; }
}

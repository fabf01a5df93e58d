namespace VcasFunctions.Audit;

/// <summary>The result of the last night's verification of the audit. If it is older than a day, it has stopped.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="VerifiedTo">The last day, UTC, up to which each day has been verified at least once.</param>
/// <param name="IsWhole">Whether nothing is missing or altered on the days that were verified.</param>
/// <param name="Findings">What is, each kind once; where it is, <c>GET /api/audit/verification</c> tells.</param>
/// <param name="Days">How many days it verified.</param>
/// <param name="Entries">How many entries.</param>
public sealed record AuditView(
    DateTimeOffset At, DateOnly VerifiedTo, bool IsWhole, IReadOnlyList<FindingKind> Findings, int Days, int Entries)
{
    internal static AuditView Of(LastVerification note) =>
        new(note.At, note.VerifiedTo, note.Broken.Count == 0, note.Findings, note.Days, note.Entries);
}

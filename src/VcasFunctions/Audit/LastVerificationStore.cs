using Azure.Data.Tables;
using Vcas.Domain;
using VcasFunctions.Tables;

namespace VcasFunctions.Audit;

/// <summary>
/// How far the audit has been verified and what the last night found, where people can see it and the next night goes on.
/// </summary>
public sealed class LastVerificationStore(VcasTables tables)
{
    private const string Mark = "verification";

    /// <summary>Writes down how a night's verification went.</summary>
    internal Task WriteAsync(LastVerification note, CancellationToken cancellation) => tables.Audit.UpsertEntityAsync(
        new TableEntity(VcasTables.Marks, Mark)
        {
            ["At"] = note.At,
            ["VerifiedTo"] = AuditDayIndex.Text(note.VerifiedTo),
            ["Next"] = AuditDayIndex.Text(note.Next),
            ["Broken"] = WordList.Write(note.Broken.Select(AuditDayIndex.Text)),
            ["Findings"] = WordList.Write(note.Findings.Select(Word.Of)),
            ["Days"] = note.Days,
            ["Entries"] = note.Entries,
        },
        TableUpdateMode.Replace,
        cancellation);

    /// <summary>The last one; null if there was none yet.</summary>
    internal async Task<LastVerification?> ReadAsync(CancellationToken cancellation)
    {
        if (await tables.FindMarkAsync(Mark, cancellation) is not { } row) return null;
        return new LastVerification(
            row.GetDateTimeOffset("At")!.Value,
            AuditDayIndex.Day(row.GetString("VerifiedTo")),
            AuditDayIndex.Day(row.GetString("Next")),
            [.. WordList.Read(row.GetString("Broken")).Select(AuditDayIndex.Day)],
            [.. WordList.Read(row.GetString("Findings")).Select(Kind)],
            row.GetInt32("Days") ?? 0,
            row.GetInt32("Entries") ?? 0);
    }

    private static FindingKind Kind(string word) => Word.TryRead<FindingKind>(word, out var kind) ? kind : FindingKind.EntryAltered;
}

/// <summary>How a night's verification went.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="VerifiedTo">The last day up to which each day has been verified at least once.</param>
/// <param name="Next">The older day with which the round goes on.</param>
/// <param name="Broken">Days on which something is missing or altered: they are verified again every night.</param>
/// <param name="Findings">What is, each kind once.</param>
/// <param name="Days">How many days were verified.</param>
/// <param name="Entries">How many entries.</param>
internal sealed record LastVerification(
    DateTimeOffset At,
    DateOnly VerifiedTo,
    DateOnly Next,
    IReadOnlyList<DateOnly> Broken,
    IReadOnlyList<FindingKind> Findings,
    int Days,
    int Entries);

using Azure.Data.Tables;
using Vcas.Domain;
using VcasFunctions.Tables;

namespace VcasFunctions.Nightly;

/// <summary>What is done at night, step by step.</summary>
public enum NightStep
{
    /// <summary>Looks whether the server's clock ran ahead.</summary>
    Clock,

    /// <summary>Anchors the audit of the day before.</summary>
    Anchoring,

    /// <summary>Verifies the audit.</summary>
    Verification,

    /// <summary>Erases households whose time is over.</summary>
    Erasure,

    /// <summary>Takes away the audit whose time is over.</summary>
    AuditExpiry,

    /// <summary>Erases messages that were set aside.</summary>
    DeadLetters,

    /// <summary>Erases numbers that were passed on.</summary>
    PassedNumbers,

    /// <summary>Erases people who no longer sign in.</summary>
    SeenPeople,

    /// <summary>Clears away what kept time for households and has ended.</summary>
    Timekeeping,

    /// <summary>Seals households under the active key.</summary>
    Seals,

    /// <summary>Seals passed-on numbers under the active key.</summary>
    OtherSeals,

    /// <summary>Seals the names of people who sign in under the active key.</summary>
    NameSeals,

    /// <summary>Indexes households under the active key.</summary>
    Index,

    /// <summary>Writes a backup.</summary>
    Backup,
}

/// <summary>How the last night went, where people can see it.</summary>
public sealed class LastNightStore(VcasTables tables)
{
    private const string Mark = "night";

    /// <summary>Writes it down.</summary>
    internal Task WriteAsync(LastNight night, CancellationToken cancellation) => tables.Audit.UpsertEntityAsync(
        new TableEntity(VcasTables.Marks, Mark)
        {
            ["StartedAt"] = night.StartedAt,
            ["EndedAt"] = night.EndedAt,
            ["NextAt"] = night.NextAt,
            ["Failed"] = WordList.Write(night.Failed.Select(Word.Of)),
            ["MayErase"] = night.MayErase,
            ["Backup"] = night.Backup,
            ["BackupAt"] = night.BackupAt,
        },
        TableUpdateMode.Replace,
        cancellation);

    /// <summary>The last one; null if there was none yet.</summary>
    internal async Task<LastNight?> ReadAsync(CancellationToken cancellation)
    {
        if (await tables.FindMarkAsync(Mark, cancellation) is not { } row) return null;
        return new LastNight(
            row.GetDateTimeOffset("StartedAt")!.Value,
            row.GetDateTimeOffset("EndedAt")!.Value,
            row.GetDateTimeOffset("NextAt"),
            [.. WordList.Read(row.GetString("Failed")).Select(StepOf).OfType<NightStep>()],
            row.GetBoolean("MayErase") ?? true,
            row.GetString("Backup"),
            row.GetDateTimeOffset("BackupAt"));
    }

    private static NightStep? StepOf(string word) => Word.TryRead<NightStep>(word, out var step) ? step : null;
}

/// <summary>How a night went.</summary>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="EndedAt">When it ended, UTC.</param>
/// <param name="NextAt">When the next one begins, UTC, where the schedule tells.</param>
/// <param name="Failed">Steps that failed: the next night makes them up.</param>
/// <param name="MayErase">Whether something could be erased: not where the clock was in doubt.</param>
/// <param name="Backup">The newest backup; absent where there was none yet.</param>
/// <param name="BackupAt">When it was written, UTC.</param>
internal sealed record LastNight(
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    DateTimeOffset? NextAt,
    IReadOnlyList<NightStep> Failed,
    bool MayErase,
    string? Backup,
    DateTimeOffset? BackupAt);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using VcasFunctions.Audit;
using VcasFunctions.Backup;
using VcasFunctions.Http;
using VcasFunctions.Retention;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Nightly;

/// <summary>
/// What the last night did and the next one will erase, whether there is a backup, and how old the keys are. No household and no secret is
/// in it.
/// </summary>
public sealed class ReadMaintenance(
    LastNightStore nights,
    LastVerificationStore verifications,
    KeyAges keys,
    RetentionOutlook retention,
    IOptionsMonitor<BackupOptions> backup,
    VcasSettings settings)
{
    /// <summary><c>GET /api/maintenance</c></summary>
    [Function(nameof(ReadMaintenance))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/maintenance")] HttpRequest request, CancellationToken cancellation)
    {
        var night = await nights.ReadAsync(cancellation);
        var now = settings.Moment.Now;
        return ApiResults.Json(new MaintenanceView(
            night is null ? null : NightView.Of(night),
            new BackupView(backup.CurrentValue.Enabled, night?.Backup, night?.BackupAt),
            await verifications.ReadAsync(cancellation) is { } verified ? AuditView.Of(verified) : null,
            await retention.ReadAsync(night?.NextAt is { } next && next > now ? next : now, cancellation),
            await keys.ReadAsync(cancellation)));
    }
}

/// <summary>How the service is kept.</summary>
/// <param name="Night">How the last night went; absent before there was one.</param>
/// <param name="Backup">Whether there is a backup.</param>
/// <param name="Audit">What the last verification of the audit came to; absent before there was one.</param>
/// <param name="Retention">What is kept for how long, and what the next night erases.</param>
/// <param name="Keys">Every key, without the key itself.</param>
public sealed record MaintenanceView(
    NightView? Night, BackupView Backup, AuditView? Audit, RetentionView Retention, IReadOnlyList<KeyView> Keys);

/// <summary>How the last night went. If it ended more than a day ago, the nights have stopped.</summary>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="EndedAt">When it ended, UTC.</param>
/// <param name="NextAt">When the next one begins, UTC, where the schedule tells.</param>
/// <param name="Failed">Steps that failed: the next night makes them up.</param>
/// <param name="MayErase">Whether something could be erased: not where the clock was in doubt.</param>
public sealed record NightView(
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, DateTimeOffset? NextAt, IReadOnlyList<NightStep> Failed, bool MayErase)
{
    internal static NightView Of(LastNight night) => new(night.StartedAt, night.EndedAt, night.NextAt, night.Failed, night.MayErase);
}

/// <summary>The nightly backup.</summary>
/// <param name="Enabled">Whether one is made every night.</param>
/// <param name="Last">The newest one; absent where there was none yet.</param>
/// <param name="At">When it was written, UTC.</param>
public sealed record BackupView(bool Enabled, string? Last, DateTimeOffset? At);

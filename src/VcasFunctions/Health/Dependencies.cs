using Azure.Messaging.ServiceBus;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using VcasFunctions.Audit;
using VcasFunctions.Notifications;
using VcasFunctions.Referrals;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;

namespace VcasFunctions.Health;

/// <summary>
/// Asks each part that the app depends on for the smallest thing. What is wrong is told by kind and status: a message may hold
/// an address, or more.
/// </summary>
public sealed class Dependencies(
    WriteProbe writes,
    ServiceBusClient bus,
    TeamsNotifier teams,
    LastSweepStore sweeps,
    LastVerificationStore verifications,
    ClockWatch clock,
    IOptionsMonitor<ReferralOptions> referrals,
    IOptionsMonitor<NotificationOptions> notifications,
    VcasSettings settings,
    TimeProvider time)
{
    /// <summary>Asks all of them at once; nobody waits longer than five seconds.</summary>
    public async Task<HealthDetails> CheckAsync(DurableTaskClient durable, CancellationToken cancellation)
    {
        DependencyView[] all =
        [
            .. await Task.WhenAll(
                writes.CheckAsync(isFresh: true, cancellation),
                AskAsync("queue", PeekAsync, cancellation),
                AskAsync("durable", token => durable.GetInstanceAsync("health", token), cancellation)),
            Graph(),
        ];
        var areTablesUp = all[0].Status == DependencyState.Up;
        var note = areTablesUp ? await sweeps.ReadAsync(cancellation) : null;
        return new HealthDetails(
            all.Any(part => part.Status == DependencyState.Down) ? DependencyState.Down : DependencyState.Up,
            all,
            note is null ? null : SweepView.Of(note),
            areTablesUp && await verifications.ReadAsync(cancellation) is { } verified ? AuditView.Of(verified) : null,
            new HolidaysView(settings.HolidaysKnownTo, settings.HolidaysEndSoon),
            areTablesUp && await clock.ReadAsync(cancellation) is { } ranAhead ? ClockView.Of(ranAhead, note, time.GetUtcNow()) : null);
    }

    private async Task PeekAsync(CancellationToken cancellation)
    {
        await using var receiver = bus.CreateReceiver(referrals.CurrentValue.AnswerQueue);
        await receiver.PeekMessagesAsync(1, cancellationToken: cancellation);
    }

    private async Task<DependencyView> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellation)
    {
        var reason = await TimedProbe.FailureCodeAsync(ask, cancellation);
        return new DependencyView(name, reason is null ? DependencyState.Up : DependencyState.Down, reason, time.GetUtcNow());
    }

    // No test notification is sent to find out, so only the result of the last one is known.
    private DependencyView Graph()
    {
        if (!notifications.CurrentValue.Enabled) return new DependencyView("graph", DependencyState.Unknown, "switchedOff", null);
        if (teams.Last is not { } last) return new DependencyView("graph", DependencyState.Unknown, "notAskedYet", null);
        return last.Status is 204 or 429
            ? new DependencyView("graph", DependencyState.Up, last.Status == 429 ? "toldToWait" : null, last.At)
            : new DependencyView("graph", DependencyState.Down, last.Status == 0 ? "noAnswer" : $"status{last.Status}", last.At);
    }
}

/// <summary>How the app's parts are.</summary>
/// <param name="Status">Down if one of the parts is down.</param>
/// <param name="Dependencies">Each of them.</param>
/// <param name="Sweep">What the last sweep came to; absent if there was none yet, or where the tables don't answer.</param>
/// <param name="Audit">What the last verification of the audit came to; absent if there was none yet, or where the
/// tables don't answer.</param>
/// <param name="BankHolidays">How far they are known.</param>
/// <param name="Clock">
/// That it ran ahead, for a month after it was corrected and for as long as a household's dates are of that time; absent otherwise.
/// </param>
public sealed record HealthDetails(
    DependencyState Status,
    IReadOnlyList<DependencyView> Dependencies,
    SweepView? Sweep,
    AuditView? Audit,
    HolidaysView BankHolidays,
    ClockView? Clock);

/// <summary>The server's clock ran ahead and was corrected.</summary>
/// <param name="RanAheadTo">How far it went, UTC.</param>
/// <param name="PutRightAt">When it was found to have been corrected, UTC.</param>
/// <param name="Households">The references of those whose dates were reckoned meanwhile: somebody must look at them.</param>
public sealed record ClockView(DateTimeOffset RanAheadTo, DateTimeOffset PutRightAt, IReadOnlyList<string> Households)
{
    private static readonly TimeSpan ShownFor = TimeSpan.FromDays(30);

    internal static ClockView? Of(RanAhead ranAhead, LastSweep? note, DateTimeOffset now) =>
        note is { Ahead.Count: > 0 } || now - ranAhead.PutRightAt < ShownFor
            ? new ClockView(ranAhead.To, ranAhead.PutRightAt, [.. (note?.Ahead ?? []).Select(Household.ReferenceOf)])
            : null;
}

/// <summary>How far bank holidays are known. Later ones are reckoned; a special one, or one that is moved, is then missing.</summary>
/// <param name="KnownTo">The last year that was compared with what is published.</param>
/// <param name="EndSoon">Whether it ends within a year: compare the next ones with GOV.UK, and set Vcas:HolidaysCheckedTo.</param>
public sealed record HolidaysView(int KnownTo, bool EndSoon);

/// <summary>The result of the last hourly check of every household. If it is old, the checks have stopped.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Households">How many it checked.</param>
/// <param name="Failed">The references of those that it could not repair: somebody must look at them.</param>
public sealed record SweepView(DateTimeOffset At, int Households, IReadOnlyList<string> Failed)
{
    internal static SweepView Of(LastSweep note) => new(note.At, note.Households, [.. note.Failed.Select(Household.ReferenceOf)]);
}

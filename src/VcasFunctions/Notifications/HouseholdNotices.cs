using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Households;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Notifications;

/// <summary>What one household's outbox holds for people of the force.</summary>
public sealed class HouseholdNotices(
    HouseholdStore store,
    HouseholdCommands commands,
    TeamsNotifier teams,
    NoticeDigests digests,
    Absences absences,
    VcasSettings settings,
    ILogger<HouseholdNotices> log)
{
    /// <summary>
    /// Notifies of each; where Teams takes no more just now, the household is reported together with others, a minute later. True
    /// when nothing is left to send. A failure leaves the rest in the outbox.
    /// </summary>
    public async Task<bool> SendAsync(Guid offerId, DurableTaskClient durable, CancellationToken cancellation)
    {
        StoredHousehold? stored = await store.MustFindAsync(offerId, cancellation);
        var household = stored.Household;
        using var span = HouseholdTrace.Continue("notify people of the force", household);
        var isAllSent = true;
        var away = await absences.OfTodayAsync(cancellation);
        foreach (var dispatch in household.Leaving().Where(dispatch => !dispatch.IsMessage))
        {
            // An alert waits for these words: they are logged whether or not anybody can be told.
            if (dispatch.Kind == DispatchKind.CallBackOverdue) log.LogWarning(
                "{Reference} is overdue: nobody has called", household.Reference);
            if (dispatch.Kind == DispatchKind.DangerUnacknowledged)
                log.LogWarning("{Reference}: nobody has acknowledged a danger", household.Reference);
            var recipients = Recipients.For(household, dispatch.Kind, settings.Options, away.Contains(household.Details.Team));
            var result = await teams.SendAsync(recipients, Notice.Of(household, dispatch), cancellation);
            if (result.Outcome == SendOutcome.Later)
            {
                await digests.PutOffAsync(recipients.Key, offerId, result.NotBefore, durable, cancellation);
                isAllSent = false;
            }
            else
            {
                await RecordAsync(household, dispatch, result, cancellation, stored);
                // What is noted next is noted upon this.
                stored = null;
            }
        }

        return isAllSent;
    }

    /// <summary>Records in the offer what came of sending.</summary>
    /// <param name="household">The offer.</param>
    /// <param name="dispatch">What was to be sent.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="known">The offer as it was read just now, to save reading it again.</param>
    public Task RecordAsync(
        Household household, Dispatch dispatch, SendResult result, CancellationToken cancellation, StoredHousehold? known = null)
    {
        if (result.Outcome == SendOutcome.Done) return commands.UpdateWithoutEventAsync(
            household.Id, now => now.NoticeSent(dispatch.Id), cancellation, known);

        // No call-back is lost: the call list shows the call, and that nobody could be told.
        log.LogWarning("{Kind} for {Reference} has nobody to tell: the call list alone shows it", dispatch.Kind, household.Reference);
        var instant = settings.Moment.Now;
        return commands.UpdateWithoutEventAsync(
            household.Id, now => now.NoticeUndeliverable(dispatch.Id, instant), cancellation, known);
    }
}

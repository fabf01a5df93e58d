using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using VcasFunctions.Households;
using VcasFunctions.Settings;
using VcasFunctions.Telemetry;

namespace VcasFunctions.Notifications;

/// <summary>What one household's outbox holds for people of the force.</summary>
public sealed class HouseholdNotices(
    Casework casework, TeamsNotifier teams, NoticeDigests digests, VcasSettings settings, ILogger<HouseholdNotices> log)
{
    /// <summary>
    /// Tells each; where Teams takes no more just now, the household is reported together with others, a minute later. True
    /// when nothing is left to tell. A failure leaves what is untold in the outbox.
    /// </summary>
    public async Task<bool> TellAsync(Guid offerId, DurableTaskClient time, CancellationToken cancellation)
    {
        var offer = await casework.ReadAsync(offerId, cancellation);
        using var span = HouseholdTrace.Continue("tell people of the force", offer);
        var isAllTold = true;
        foreach (var dispatch in offer.Outbox.Where(dispatch => !dispatch.IsMessage))
        {
            // An alert waits for these words: they are logged whether or not anybody can be told.
            if (dispatch.Kind == DispatchKind.CallBackOverdue) log.LogWarning("{Reference} is overdue: nobody has called", offer.Reference);
            if (dispatch.Kind == DispatchKind.DangerUnacknowledged)
                log.LogWarning("{Reference}: nobody has acknowledged a danger", offer.Reference);
            var channels = Channels.For(offer, dispatch.Kind, settings.Options);
            var telling = await teams.TellAsync(channels, Notice.Of(offer, dispatch), cancellation);
            if (telling.Outcome == TellingOutcome.Later)
            {
                await digests.PutOffAsync(channels.Key, offerId, telling.NotBefore, time, cancellation);
                isAllTold = false;
            }
            else
            {
                await NoteAsync(offer, dispatch, telling, cancellation);
            }
        }

        return isAllTold;
    }

    /// <summary>Notes in the offer what came of telling.</summary>
    public Task NoteAsync(Offer offer, Dispatch dispatch, Telling telling, CancellationToken cancellation)
    {
        if (telling.Outcome == TellingOutcome.Done) return casework.NoteAsync(offer.Id, now => now.NoticeSent(dispatch.Id), cancellation);

        // No call-back is lost: the call list shows the call, and that nobody could be told.
        log.LogWarning("{Kind} for {Reference} has nobody to tell: the call list alone shows it", dispatch.Kind, offer.Reference);
        var instant = settings.Moment.Now;
        return casework.NoteAsync(offer.Id, now => now.NoticeUndeliverable(dispatch.Id, instant), cancellation);
    }
}

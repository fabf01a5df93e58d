using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Vcas.Domain.Offers;
using Vcas.Domain.Referrals;
using VcasFunctions.Offers;

namespace VcasFunctions.Notifications;

/// <summary>Tells callers and supervisors what a household's outbox holds for them.</summary>
public sealed class SendNotices(Casework casework, TeamsNotifier teams, ILogger<SendNotices> log)
{
    /// <summary>Sends; a failure leaves what is unsent in the outbox, for another try.</summary>
    [Function(nameof(SendNotices))]
    public async Task RunAsync([ActivityTrigger] Guid offerId, CancellationToken cancellation)
    {
        var offer = await casework.ReadAsync(offerId, cancellation);
        foreach (var notice in offer.Outbox.Where(dispatch => !dispatch.IsMessage))
        {
            // An alert waits for these words: they are logged whether or not anybody can be told.
            if (notice.Kind == DispatchKind.CallBackOverdue) log.LogWarning("{Reference} is overdue: nobody has called", offer.Reference);
            if (!await teams.TellAsync(offer, notice, cancellation))
                log.LogWarning("{Kind} for {Reference} has nobody to tell: no person or Teams team is configured", notice.Kind, offer.Reference);
            await casework.NoteAsync(offerId, now => now.NoticeSent(notice.Id), cancellation);
        }
    }
}

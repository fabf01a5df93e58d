using System.Buffers.Binary;
using Vcas.Domain.Offers;

namespace VcasFunctions.Notifications;

/// <summary>
/// A notification's words. It tells that something is to be done and a reference that says nothing: no name, no number, no
/// offence. Phones show these on locked screens.
/// </summary>
/// <param name="ActivityType">As the Teams app's manifest declares it.</param>
/// <param name="Preview">At most 150 characters.</param>
/// <param name="Reference">The short reference.</param>
/// <param name="ChainId">A later notice of the same household to the same reader replaces the earlier.</param>
/// <param name="ToSupervisor">Whom it is for.</param>
public sealed record Notice(string ActivityType, string Preview, string Reference, long ChainId, bool ToSupervisor)
{
    /// <summary>The notice for what an offer's outbox holds.</summary>
    public static Notice Of(Offer offer, Dispatch dispatch)
    {
        var (type, preview, toSupervisor) = dispatch.Kind switch
        {
            DispatchKind.CallBackDue => ("callBackDue", "A call-back is due", false),
            DispatchKind.CallBackReminder => ("callBackReminder", "A call-back is still due", false),
            DispatchKind.CallBackOverdue => ("callBackOverdue", "A call-back is overdue: nobody has called", true),
            DispatchKind.HoldReview => ("holdReview", "A held call-back needs a new number", true),
            DispatchKind.AnswerMissing => ("answerMissing", "A referral has no answer yet", true),
            DispatchKind.ReferralRejected => ("referralRejected", "A referral was not taken on", true),
            _ => throw new ArgumentOutOfRangeException(nameof(dispatch), dispatch.Kind, "Not a notification."),
        };
        return new Notice(type, preview, offer.Reference, ChainOf(offer.Id, toSupervisor), toSupervisor);
    }

    private static long ChainOf(Guid id, bool toSupervisor)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return (BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue) ^ (toSupervisor ? 1L : 0L);
    }
}

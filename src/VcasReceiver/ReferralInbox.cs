namespace VcasReceiver;

/// <summary>
/// Decides what happens to one message. When <see cref="Take"/> returns, whatever it says is on disk, so the message may be
/// settled; when it throws, the message must be left to the broker.
/// </summary>
internal sealed class ReferralInbox(ReferralContract contract, ReferralStore store, AnswerOutbox outbox, Journal journal, TimeProvider time)
{
    /// <summary>Null when the message was taken in (or had been before); otherwise why it belongs in the dead-letter queue.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store can't be written.</exception>
    public Refusal? Take(Incoming incoming)
    {
        var (message, refusal) = contract.Read(incoming);
        if (message is null)
        {
            journal.Refused(refusal!);
            return refusal;
        }

        var now = time.GetUtcNow();
        var taken = store.Take(message, now, outbox.Owed(message, now));
        journal.Referral(message, taken switch
        {
            Taken.First => "stored",
            Taken.Newer => "replaced what was stored",
            Taken.AskedAgain => "replaced what was rejected; decided anew",
            Taken.Withdrawn => "withdrawn",
            Taken.NotNewer => "ignored: not newer than what is stored",
            Taken.AlreadyWithdrawn => "ignored: already withdrawn",
            _ => "ignored: seen before",
        });
        if (taken is Taken.First or Taken.AskedAgain) outbox.Wake();
        return null;
    }
}

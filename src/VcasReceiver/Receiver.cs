using VcasReceiver.Page;

namespace VcasReceiver;

/// <summary>The whole receiver in one call, for the process and for a test alike.</summary>
public static class Receiver
{
    /// <summary>
    /// Receives referrals and answers them until <paramref name="stop"/> is cancelled; a broker that goes away is waited for.
    /// Returns normally when stopped.
    /// </summary>
    /// <param name="options">What <see cref="ReceiverOptions.Read"/> made.</param>
    /// <param name="time">Stamps, delays of answers, and the pauses between two attempts to connect.</param>
    /// <param name="output">Gets one line for each message.</param>
    /// <param name="stop">Ends the run after the message in hand.</param>
    /// <exception cref="BadSettingException">The page's port is another's.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store can't be opened, read or written.</exception>
    public static async Task RunAsync(ReceiverOptions options, TimeProvider time, TextWriter output, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var store = ReferralStore.Open(options.Store);
        var journal = new Journal(output, time, options.ShowPeople);
        var outbox = new AnswerOutbox(store, options.Answers, journal, time);
        var inbox = new ReferralInbox(ReferralContract.Load(), store, outbox, journal, time);
        await using var page = options.Page is { } wanted ? await ReferralPage.StartAsync(wanted, store, outbox, journal, time) : null;
        await new BusLink(options.Bus, inbox, outbox, journal, time).RunAsync(stop);
    }

    /// <summary>
    /// Takes in a file that the force handed over while the queue stood still, and says how many messages there were. The answers that are
    /// owed go out when the receiver runs.
    /// </summary>
    /// <returns>The process's exit code: a message that breaks the contract is told, and is no reason to lose the others.</returns>
    /// <exception cref="BadSettingException">The file or the certificate can't be used, or another program has the store.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store can't be opened or written.</exception>
    public static int TakeIn(string store, string file, string certificate, TimeProvider time, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var owned = StoreLock.Take(store);
        using var stored = ReferralStore.Open(store);
        var journal = new Journal(output, time, showPeople: false);
        var outbox = new AnswerOutbox(stored, new AnswerPolicy(Decision.Hold, null, TimeSpan.Zero, null), journal, time);
        var inbox = new ReferralInbox(ReferralContract.Load(), stored, outbox, journal, time);
        var (messages, refused) = SealedReferrals.TakeIn(file, certificate, inbox);
        output.WriteLine($"{messages - refused} of {messages} messages were taken in, or were there already.");
        return refused == 0 ? ExitCode.Stopped : ExitCode.BadSetting;
    }
}

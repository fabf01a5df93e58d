using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using VcasReceiver;

// VCAS's side of the referral queue, in six files:
//   ReceiverOptions   what can be set, and what is refused
//   BusLink           one connection at a time, for ever
//   ReferralInbox     what becomes of one message
//   ReferralContract  what a message has to look like
//   ReferralStore     what has been taken in, and what is owed
//   AnswerOutbox      what is sent back

ReceiverOptions options;
try
{
    if (args is ["--help"] or ["-h"])
    {
        Console.Out.WriteLine(ReceiverOptions.Help);
        return ExitCode.Stopped;
    }

    options = ReceiverOptions.Read(args, Environment.GetEnvironmentVariable);
}
catch (BadSettingException bad)
{
    await Console.Error.WriteLineAsync(bad.Message);
    return ExitCode.BadSetting;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await Receiver.RunAsync(options, TimeProvider.System, Console.Out, stop.Token);
    return ExitCode.Stopped;
}
catch (SqliteException store)
{
    // Nothing was settled that isn't stored, so the broker still has the message: whoever supervises this process starts it again.
    await Console.Error.WriteLineAsync($"The store (--store) can't be used: SQLite code {store.SqliteErrorCode}.");
    return ExitCode.StoreUnusable;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

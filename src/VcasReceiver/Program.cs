using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using VcasReceiver;

// VCAS's side of the referral queue:
//   ReceiverOptions   what can be set, and what is refused
//   BusLink           one connection at a time, for ever
//   ReferralInbox     what happens to one message
//   ReferralContract  what a message has to look like
//   ReferralStore     what has been taken in, and what is owed
//   AnswerOutbox      what is sent back
//   Page              where people read and answer referrals, if it is asked for

ReceiverOptions options;
try
{
    if (args is ["--help"] or ["-h"])
    {
        Console.Out.WriteLine(ReceiverOptions.Help);
        return ExitCode.Stopped;
    }

    if (args is ["export", "--store", var from, "--to", var to])
    {
        using var stored = File.Exists(from)
            ? ReferralStore.Open(from)
            : throw new BadSettingException("--store", "there is no such file.");
        // A table with names and numbers is its owner's alone, as the store is.
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var table = new FileStream(to, mode);
        await table.WriteAsync(CsvExport.Write(stored.All(TimeProvider.System.GetUtcNow())));
        return ExitCode.Stopped;
    }

    if (args is ["take-in", "--store", var store, "--file", var file, "--certificate", var certificate])
        return Receiver.TakeIn(store, file, certificate, TimeProvider.System, Console.Out);

    options = ReceiverOptions.Read(args, Environment.GetEnvironmentVariable);
}
catch (BadSettingException bad)
{
    await Console.Error.WriteLineAsync(bad.Message);
    return ExitCode.BadSetting;
}
catch (InvalidDataException damaged)
{
    await Console.Error.WriteLineAsync(damaged.Message);
    return ExitCode.StoreUnusable;
}
catch (SqliteException store)
{
    await Console.Error.WriteLineAsync($"The store (--store) can't be used: SQLite code {store.SqliteErrorCode}.");
    return ExitCode.StoreUnusable;
}
catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync("--to: the file can't be written.");
    return ExitCode.BadSetting;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    using var owned = StoreLock.Take(options.Store);
    if (options.EndsWithInput) _ = StopWithInputAsync();
    await Receiver.RunAsync(options, TimeProvider.System, Console.Out, stop.Token);
    return ExitCode.Stopped;
}
catch (BadSettingException bad)
{
    await Console.Error.WriteLineAsync(bad.Message);
    return ExitCode.BadSetting;
}
catch (InvalidDataException damaged)
{
    await Console.Error.WriteLineAsync(damaged.Message);
    return ExitCode.StoreUnusable;
}
catch (SqliteException store)
{
    // Nothing was settled that isn't stored, so the broker still has the message: whoever supervises this process starts it again.
    await Console.Error.WriteLineAsync($"The store (--store) can't be used: SQLite code {store.SqliteErrorCode}.");
    return ExitCode.StoreUnusable;
}

// Whoever started this holds the other end, and is gone when it closes: however it ended, nothing of it stays behind.
async Task StopWithInputAsync()
{
    await using var input = Console.OpenStandardInput();
    await input.CopyToAsync(Stream.Null);
    await stop.CancelAsync();
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

namespace VcasReceiver;

/// <summary>
/// Two programs on one store would each take the other's referrals for seen before and send what both owe: the second is turned away. The
/// lock ends with the process, however it ends; the file stays.
/// </summary>
internal static class StoreLock
{
    /// <summary>Takes it; null if there can be none, and opening the store will say why.</summary>
    /// <exception cref="BadSettingException">Another program has it.</exception>
    public static FileStream? Take(string store)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(store + ".lock", options);
        }
        catch (IOException taken) when (IsHeldElsewhere(taken))
        {
            throw new BadSettingException("--store", "another VcasReceiver has it. Stop that one, or give this one a store of its own.");
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // .NET says in the error's number alone why a file could not be opened: EWOULDBLOCK on Linux (11) and macOS (35),
    // ERROR_SHARING_VIOLATION (32) and ERROR_LOCK_VIOLATION (33) on Windows. A disk that is read-only or full is no other program.
    private static bool IsHeldElsewhere(IOException refused) => (refused.HResult & 0xFFFF) is 11 or 32 or 33 or 35;
}

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
        catch (Exception none) when (none is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            throw new BadSettingException("--store", "another VcasReceiver has it. Stop that one, or give this one a store of its own.");
        }
    }
}

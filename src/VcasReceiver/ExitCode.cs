namespace VcasReceiver;

/// <summary>What the process says to whoever supervises it.</summary>
internal static class ExitCode
{
    public const int Stopped = 0;
    public const int BadSetting = 2;
    public const int StoreUnusable = 3;
}

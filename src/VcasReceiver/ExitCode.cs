namespace VcasReceiver;

/// <summary>What the process tells the program that supervises it.</summary>
internal static class ExitCode
{
    public const int Stopped = 0;
    public const int BadSetting = 2;
    public const int StoreUnusable = 3;
}

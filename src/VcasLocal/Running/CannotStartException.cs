namespace VcasLocal.Running;

/// <summary>Why it doesn't start, as one sentence for the person who typed the command: what is wrong, and what to do about it.</summary>
internal sealed class CannotStartException(string sentence, int exitCode = CannotStartException.NotNow, Exception? inner = null)
    : Exception(sentence, inner)
{
    /// <summary>Something on this machine is in the way.</summary>
    public const int NotNow = 1;

    /// <summary>What was asked for can't be understood.</summary>
    public const int NotUnderstood = 2;

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;
}

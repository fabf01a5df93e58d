namespace VcasFunctions.Settings;

/// <summary>
/// How much one caller may ask, counted by each instance of the app for itself. Generous for people who work with the service:
/// an officer's form sends one request an offer, the pages of a call list a few a minute.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>Requests of one person or application in a minute.</summary>
    public int RequestsPerMinute { get; init; } = 300;

    /// <summary>Requests in a minute that carry many households at once or cost much: reports, imports, exports.</summary>
    public int ExportsPerMinute { get; init; } = 20;

    /// <summary>Requests in a minute from one address without sign-in. A whole force may have only one address.</summary>
    public int UnsignedPerMinute { get; init; } = 6000;

    /// <summary>What can't be right, each by its setting's name.</summary>
    public IEnumerable<string> Failures()
    {
        if (RequestsPerMinute < 1) yield return "Vcas:Limits:RequestsPerMinute must be at least 1.";
        if (ExportsPerMinute < 1) yield return "Vcas:Limits:ExportsPerMinute must be at least 1.";
        if (UnsignedPerMinute < 1) yield return "Vcas:Limits:UnsignedPerMinute must be at least 1.";
    }
}

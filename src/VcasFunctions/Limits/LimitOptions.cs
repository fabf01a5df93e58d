namespace VcasFunctions.Limits;

/// <summary>
/// How much one caller may ask, section <c>Vcas:Limits</c>, counted by each instance of the app for itself. Generous for people who work
/// with the service: an officer's form sends one request an offer, the pages of a call list a few a minute.
/// </summary>
public sealed record LimitOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Limits";

    /// <summary>Requests of one person or application in a minute.</summary>
    public int RequestsPerMinute { get; init; } = 300;

    /// <summary>Requests in a minute that carry many households at once or cost much: reports, imports, exports.</summary>
    public int ExportsPerMinute { get; init; } = 20;

    /// <summary>Searches of one person in a minute: enough for a front desk, too few to try numbers.</summary>
    public int SearchesPerMinute { get; init; } = 30;

    /// <summary>Requests in a minute from one address without sign-in. A whole force may have only one address.</summary>
    public int UnsignedPerMinute { get; init; } = 6000;
}

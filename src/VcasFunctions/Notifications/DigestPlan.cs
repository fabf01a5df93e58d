namespace VcasFunctions.Notifications;

/// <summary>A digest, by whom it is for and when it is drawn up, UTC.</summary>
public sealed record DigestPlan(string Key, DateTimeOffset At)
{
    /// <summary>
    /// The name of the orchestration that begins with it. Whoever puts a household off starts one, and whoever it starts puts households
    /// off: the name alone goes the other way.
    /// </summary>
    public const string Orchestration = "DigestOrchestration";
}

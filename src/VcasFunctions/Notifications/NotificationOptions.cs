namespace VcasFunctions.Notifications;

/// <summary>Notifications in Microsoft Teams, section <c>Vcas:Notifications</c>.</summary>
public sealed record NotificationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Notifications";

    /// <summary>Whether any are sent. Without them the call list is the only prompt.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The id of the Teams app that opens the call list.</summary>
    public string TeamsAppId { get; init; } = "00000000-0000-0000-0000-000000000000";

    /// <summary>The console's address, ending in <c>/console/</c>: opened if a client can't show the Teams app's tab.</summary>
    public Uri? ConsoleUrl { get; init; }
}

using VcasFunctions.Settings;

namespace VcasFunctions.Notifications;

/// <summary>Stops the start when a notification would open what is no address.</summary>
public sealed class NotificationOptionsValidator : SettingsValidator<NotificationOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(NotificationOptions options)
    {
        if (options.ConsoleUrl is { } console && (!console.IsAbsoluteUri || console.Scheme != Uri.UriSchemeHttps))
            yield return "Vcas:Notifications:ConsoleUrl must be an https address.";
    }
}

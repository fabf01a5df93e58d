using VcasFunctions.Settings;

namespace VcasFunctions.Households;

/// <summary>Stops the start when nobody would learn whom to call in a danger, or when a claim on a call would never end.</summary>
public sealed class SafetyOptionsValidator : SettingsValidator<SafetyOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(SafetyOptions options)
    {
        var room = options.ControlRoom;
        if (string.IsNullOrWhiteSpace(room) || room.Length > 120 || room.Any(char.IsControl))
            yield return "Vcas:Safety:ControlRoom must say in at most 120 characters whom to call in a danger.";
        var words = options.DirectVictimWords;
        if (string.IsNullOrWhiteSpace(words) || words.Length > 300 || words.Any(char.IsControl))
            yield return "Vcas:Safety:DirectVictimWords must say in at most 300 characters what applies to a child who may be a victim.";
        if (options.ClaimMinutes is < 1 or > 240) yield return "Vcas:Safety:ClaimMinutes must lie between 1 and 240.";
        if (options.SameNumberHours is < 1 or > 336) yield return "Vcas:Safety:SameNumberHours must lie between 1 and 336.";
        if (options.UndoSeconds is < 0 or > 60) yield return "Vcas:Safety:UndoSeconds must lie between 0 and 60.";
    }
}

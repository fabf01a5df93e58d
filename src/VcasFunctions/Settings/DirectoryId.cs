namespace VcasFunctions.Settings;

/// <summary>
/// An id of Entra ID: of a person, a group, an application, a directory, a team. Compared as text all over the app, so a blank or a
/// line's end that came along with it, which <see cref="Guid"/> itself would forgive, is not forgiven here.
/// </summary>
public static class DirectoryId
{
    private const int Length = 36;

    /// <summary>Whether the text is an id of Entra ID.</summary>
    public static bool Is(string? text) => text is { Length: Length } && Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty;
}

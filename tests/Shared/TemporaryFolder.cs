namespace Shared;

/// <summary>A folder of a test's own, which goes with it.</summary>
/// <param name="prefix">How its name begins.</param>
public sealed class TemporaryFolder(string prefix) : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

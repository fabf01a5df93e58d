using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Shared;

/// <summary>
/// The app as <c>azd</c> publishes it. Tests look into it and run it, and none of them changes it: where <c>VCAS_PUBLISHED</c> names a
/// folder, somebody has published it there for all of them, as <c>./test</c> does.
/// </summary>
public sealed class Published : IDisposable
{
    private readonly bool isOwn;

    private Published(string folder, bool isOwn) => (Folder, this.isOwn) = (folder, isOwn);

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>Publishes it, where nobody has.</summary>
    /// <exception cref="InvalidOperationException">It can't be published; says why.</exception>
    public static async Task<Published> GetAsync(CancellationToken cancellation)
    {
        // One more option for the publish, to compare what that does.
        var option = Environment.GetEnvironmentVariable("PUBLISH_WITH");
        if (option is null && Environment.GetEnvironmentVariable("VCAS_PUBLISHED") is { Length: > 0 } there)
            return new Published(there, isOwn: false);
        var folder = Path.Combine(Path.GetTempPath(), $"vcas-published-{Guid.NewGuid():N}");
        // What the analyzers say is said by the build of the solution; here they would cost half a minute.
        string[] options = ["-c", "Release", "-o", folder, "-v", "q", "--nologo", "-p:RunAnalyzers=false"];
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Project(), .. options, .. new[] { option }.OfType<string>()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var output = await publish.StandardOutput.ReadToEndAsync(cancellation);
            await publish.WaitForExitAsync(cancellation);
            return publish.ExitCode == 0 ? new Published(folder, isOwn: true) : throw new InvalidOperationException(output);
        }
        finally
        {
            if (!publish.HasExited) publish.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isOwn && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static string Project([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "VcasFunctions"));
}

using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Shared;

/// <summary>What some tests need besides the .NET SDK.</summary>
public enum Tool
{
    /// <summary>Node.js, with Microsoft's software that judges ours restored in <c>tests/node</c>.</summary>
    Node,

    /// <summary>Chromium, for the web pages.</summary>
    Chromium,
}

/// <summary>Says what a test needs. Where it is missing, the test is skipped, and the reason says how to get it.</summary>
/// <param name="tool">What it needs.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(Tool tool) : BeforeAfterTestAttribute, ITraitAttribute
{
    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => tool.MustBeThere();

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Needs", $"{tool}")];
}

/// <summary>Where the tools are.</summary>
public static class Tools
{
    // The one without a window does the same with half the work.
    private static readonly string[] Browsers = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    /// <summary>The browser: the one that <c>CHROMIUM</c> names, or the machine's own; null where there is none.</summary>
    public static string? Chromium { get; } =
        (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? [named] : Browsers).FirstOrDefault(File.Exists);

    /// <summary>Whether it is there.</summary>
    public static bool IsThere(this Tool tool) => Missing(tool) is null;

    /// <summary>Skips the test that runs at this moment where the tool is missing.</summary>
    public static void MustBeThere(this Tool tool) => Assert.SkipWhen(Missing(tool) is not null, Missing(tool) ?? "");

    private static string? Missing(Tool tool) => tool switch
    {
        Tool.Chromium when Chromium is null => "Chromium is not installed (CHROMIUM says where): the web pages were not opened.",
        Tool.Node when !IsOnPath("node") => "Node.js is not installed: what Microsoft's own software judges was not checked.",
        Tool.Node when !File.Exists(InNode("node_modules/.package-lock.json")) =>
            "tests/node is not restored: run ./test, or `npm ci --ignore-scripts` in that folder.",
        _ => null,
    };

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    private static string InNode(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "node", path));
}

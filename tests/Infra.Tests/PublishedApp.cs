using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Shared;

namespace Infra.Tests;

/// <summary>What <c>azd</c> would upload: the app published in Release, once for all tests that look at it.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private Published? published;

    /// <summary>The folder that it was published into.</summary>
    public string Folder => published!.Folder;

    /// <summary>Every file, by its path below the folder.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>What the host is told of the functions.</summary>
    public IReadOnlyList<JsonNode> Functions =>
        [.. JsonNode.Parse(File.ReadAllText(PathOf("functions.metadata")))!.AsArray().Select(function => function!)];

    /// <summary>Publishes it, as <c>azd</c> does.</summary>
    public async ValueTask InitializeAsync() => published = await Published.GetAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        published?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A file of it.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>
    /// The host's half of the extensions, file by file: the package and version that each comes from, and its hash. What the SDK compiles
    /// there itself differs from one folder to another, and has its name alone.
    /// </summary>
    public string HostHalf()
    {
        const string Compiled = "Microsoft.Azure.Functions.Worker.Extensions";
        var origins = JsonNode.Parse(File.ReadAllText(PathOf(".azurefunctions/function.deps.json")))!["targets"]!.AsObject()
            .SelectMany(target => target.Value!.AsObject())
            .SelectMany(library => new[] { "runtime", "runtimeTargets" }
                .SelectMany(kind => library.Value![kind]?.AsObject().Select(file => file.Key) ?? [])
                .Select(file => (Library: library.Key, File: file)))
            .ToLookup(origin => Path.GetFileName(origin.File), origin => origin.Library, StringComparer.Ordinal);
        return string.Concat(Files.Where(file =>
            file.StartsWith(".azurefunctions/", StringComparison.Ordinal) && file.EndsWith(".dll", StringComparison.Ordinal)).Select(file =>
        {
            var name = file[".azurefunctions/".Length..];
            var from = origins[Path.GetFileName(file)].Any()
                ? string.Join(" or ", origins[Path.GetFileName(file)].Distinct())
                : "(the SDK's own)";
            return Path.GetFileNameWithoutExtension(file) == Compiled
                ? $"{name} (compiled here)\n"
                : $"{name} {from} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(file))))}\n";
        }));
    }
}

using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>What is restored is what was looked at: every project has a lock file, and where something is delivered it binds.</summary>
public sealed class LockTests
{
    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(folder => folder is "bin" or "obj" or "node_modules" or "data"))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_package_in_every_projects_lock_file_has_its_hash(string project)
    {
        var locked = JsonNode.Parse(
            File.ReadAllText(Repository.PathOf(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))))!;
        Assert.All(
            locked["dependencies"]!.AsObject()
                .SelectMany(framework => framework.Value!.AsObject()).Where(package => (string?)package.Value!["type"] != "Project"),
            package => Assert.True((string?)package.Value!["contentHash"] is { Length: > 0 }, $"{package.Key} has no hash."));
    }

    [Fact]
    public void No_package_of_npm_runs_a_program_of_its_own_while_it_is_restored()
    {
        var calls = new[] { "test", ".ci/run", "run", "src/VcasConsole/Console.targets" }
            .Where(file => File.Exists(Repository.PathOf(file)))
            .SelectMany(file => Repository.TextOf(file).Split('\n'))
            .Where(line => line.Contains("npm ci", StringComparison.Ordinal) || line.Contains("npm install", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, calls.Count);
        Assert.All(calls, call => Assert.Contains("npm ci --ignore-scripts", call, StringComparison.Ordinal));
        // Whoever restores them by hand gets the same.
        var locks = Directory.EnumerateFiles(Repository.Root, "package-lock.json", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal));
        foreach (var locked in locks)
            Assert.Contains(
                "ignore-scripts=true", File.ReadAllText(Path.Combine(Path.GetDirectoryName(locked)!, ".npmrc")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "-p:CI=true")]
    [InlineData("true", "-p:ContinuousIntegrationBuild=true")]
    [InlineData("true", "-p:_IsPublishing=true")]
    [InlineData("", "-p:CI=", "-p:ContinuousIntegrationBuild=")]
    public async Task Where_something_is_delivered_a_lock_that_no_longer_fits_stops_the_restore(string expected, params string[] properties)
    {
        var (exitCode, output, messages) = await Command.RunAsync(
            "dotnet", [
                "msbuild", Repository.PathOf("src/VcasFunctions/VcasFunctions.csproj"), "-nologo", "-getProperty:RestoreLockedMode",
                .. properties,
            ]);
        Assert.True(exitCode == 0, output + messages);
        Assert.Equal(expected, output.Trim());
    }
}

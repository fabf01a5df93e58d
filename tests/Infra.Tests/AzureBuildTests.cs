using System.Diagnostics;
using System.Text.Json;

namespace Infra.Tests;

/// <summary>
/// What azd runs selects the published packages and nothing of LocalAzure; every other command the opposite. Asked of MSBuild, which
/// answers without restoring anything: the published packages can't be had from every feed.
/// </summary>
public sealed class AzureBuildTests
{
    private const string Project = "src/VcasFunctions/VcasFunctions.csproj";

    // Stand in for Azure, or for the things that only its stand-in needs: none of them may reach a force's subscription.
    private static readonly string[] LocalOnly = ["AMQPNetLite", "Cronos", "Microsoft.Data.Sqlite", "NJsonSchema", "OpenIddict.Server.AspNetCore"];

    private static readonly string[] Genuine =
    [
        "Azure.Messaging.ServiceBus",
        "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer",
        "Microsoft.Azure.Functions.Worker.Sdk",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-p:Azure=true")]
    [InlineData("-p:Azure=true", "-p:Configuration=Release")]
    [InlineData("-p:_IsPublishing=true", "-p:Configuration=Release")]
    public async Task The_Azure_build_takes_the_published_packages_at_exact_versions_and_no_LocalAzure(params string[] options)
    {
        var build = await EvaluateAsync(options);
        Assert.Equal("true", build.Property("Azure"));
        Assert.Equal(Genuine, build.Items("PackageReference").Where(package => Genuine.Contains(package)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(build.Items("PackageReference"), package => LocalOnly.Contains(package));
        Assert.Equal(["../Vcas.Domain/Vcas.Domain.csproj"], build.Items("ProjectReference"));

        var versions = build.Versions();
        Assert.All(build.Items("PackageReference"), package => Assert.Matches(@"^\d+\.\d+\.\d+$", versions[package]));
        Assert.Equal(("obj/azure/", "bin/azure/", ""), (build.Property("BaseIntermediateOutputPath"), build.Property("BaseOutputPath"), build.Property("RestorePackagesWithLockFile")));
    }

    [Theory]
    [InlineData("-p:Configuration=Debug")]
    [InlineData("-p:Configuration=Release")]
    [InlineData("-p:_IsPublishing=true", "-p:Configuration=Debug")]
    public async Task Every_other_build_takes_LocalAzure_and_no_published_package(params string[] options)
    {
        var build = await EvaluateAsync(options);
        Assert.Equal("false", build.Property("Azure"));
        Assert.DoesNotContain(build.Items("PackageReference"), package => Genuine.Contains(package));
        Assert.Equal(["../LocalAzure/LocalAzure.csproj", "../Vcas.Domain/Vcas.Domain.csproj"], build.Items("ProjectReference").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Both_builds_compile_the_same_files_with_the_same_symbols()
    {
        var (local, azure) = (await EvaluateAsync(), await EvaluateAsync("-p:Azure=true"));
        Assert.True(local.Items("Compile").Count > 70, $"Only {local.Items("Compile").Count} files.");
        Assert.Equal(local.Items("Compile").Order(StringComparer.Ordinal), azure.Items("Compile").Order(StringComparer.Ordinal));
        Assert.Equal(local.Property("DefineConstants"), azure.Property("DefineConstants"));
    }

    [Fact]
    public async Task Publishing_in_Release_looks_for_the_published_packages_by_itself()
    {
        // The files that decide, where nobody has ever restored: without a restore the SDK stops, and says whose packages it misses.
        var folder = Directory.CreateTempSubdirectory("vcas-publish-").FullName;
        string[] shared = ["Directory.Build.props", "Directory.Packages.props", "global.json", "src/Vcas.Domain/Vcas.Domain.csproj"];
        foreach (var file in shared.Concat(BuildFilesOfTheApp()))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Repository.PathOf(file), Path.Combine(folder, file));
        }

        var release = await RunAsync(folder, "publish", Path.Combine(folder, Project), "-c", "Release", "--no-restore");
        Assert.Contains("obj/azure/project.assets.json", release.Replace('\\', '/'), StringComparison.Ordinal);
        var debug = await RunAsync(folder, "publish", Path.Combine(folder, Project), "-c", "Debug", "--no-restore");
        Assert.Contains("obj/project.assets.json", debug.Replace('\\', '/'), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> BuildFilesOfTheApp() =>
        from file in Directory.EnumerateFiles(Repository.PathOf("src/VcasFunctions"), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file)
        where Path.GetExtension(path) is ".csproj" or ".props" or ".targets" && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select path;

    private static async Task<Evaluation> EvaluateAsync(params string[] options) => new(JsonDocument.Parse(await RunAsync(
        Repository.Root,
        [
            "msbuild", Repository.PathOf(Project), "-nologo",
            "-getItem:PackageReference,PackageVersion,ProjectReference,Compile",
            "-getProperty:Azure,BaseIntermediateOutputPath,BaseOutputPath,RestorePackagesWithLockFile,DefineConstants",
            .. options,
        ])).RootElement);

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (dotnet.StandardOutput.ReadToEndAsync(Cancellation), dotnet.StandardError.ReadToEndAsync(Cancellation));
        await dotnet.WaitForExitAsync(Cancellation);
        return await output + await errors;
    }

    /// <summary>What MSBuild makes of the project under some options.</summary>
    private sealed record Evaluation(JsonElement Root)
    {
        public string? Property(string name) => Root.GetProperty("Properties").GetProperty(name).GetString();

        public IReadOnlyList<string> Items(string kind) =>
            [.. Root.GetProperty("Items").GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];

        public Dictionary<string, string> Versions() => Root.GetProperty("Items").GetProperty("PackageVersion").EnumerateArray()
            .ToDictionary(item => item.GetProperty("Identity").GetString()!, item => item.GetProperty("Version").GetString()!);
    }
}

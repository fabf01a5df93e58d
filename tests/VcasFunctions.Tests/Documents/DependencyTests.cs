using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace VcasFunctions.Tests.Documents;

/// <summary>
/// What others wrote and we ship or build with, under which licence: read from the lock files and from the packages themselves.
/// docs/dependencies.md is written anew with VCAS_WRITE_GOLDEN=1, when versions change; that no licence is unknown is always held.
/// </summary>
public sealed class DependencyTests
{
    // Each may be used in a service and given on, with its notice. A new one is read by a person before it comes in here.
    private static readonly string[] Known =
    [
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "MS-PL", "MS-PL OR Apache-2.0", "PostgreSQL", "Unlicense",
        "blessing", "MIT-0", "BlueOak-1.0.0", "CC0-1.0", "Python-2.0", "CC-BY-4.0", "(MIT OR CC0-1.0)", "(MIT OR Apache-2.0)",
        "(BSD-3-Clause OR GPL-2.0)", "(MIT OR GPL-3.0-or-later)",
    ];

    // Packages that carry their licence as a text instead of a name, and old ones that only give its address: looked at by hand.
    private static readonly Dictionary<string, string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://licenses.nuget.org/MIT"] = "MIT",
        ["https://licenses.nuget.org/Apache-2.0"] = "Apache-2.0",
        ["https://www.apache.org/licenses/LICENSE-2.0"] = "Apache-2.0",
        ["http://www.apache.org/licenses/LICENSE-2.0"] = "Apache-2.0",
        ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
        ["https://github.com/dotnet/standard/blob/master/LICENSE.TXT"] = "MIT",
        // System.Reactive.Compatibility holds no file: it names five packages of Rx, each MIT.
        ["http://go.microsoft.com/fwlink/?LinkID=261272"] = "MIT",
    };

    [Fact]
    public void Every_package_that_is_shipped_has_a_licence_that_is_known()
    {
        var shipped = Packages().Where(package => package.Where != "tests").ToList();
        Assert.True(shipped.Count > 40, $"Only {shipped.Count} packages were found.");
        Assert.All(shipped, package => Assert.True(Known.Contains(package.Licence), $"{package.Id} {package.Version}: {package.Licence}"));
    }

    [Fact]
    public void The_list_is_written_when_it_is_asked_for_and_names_what_the_app_asks_for()
    {
        if (Golden.IsToBeWritten) File.WriteAllText(Path.Combine(Golden.Root, "docs/dependencies.md"), Document());
        var text = File.ReadAllText(Path.Combine(Golden.Root, "docs/dependencies.md"));
        foreach (var id in new[]
        {
            "Azure.Data.Tables", "Microsoft.Graph", "CsvHelper", "libphonenumber-csharp", "AMQPNetLite", "Microsoft.Azure.Functions.Worker",
        })
            Assert.Contains($"| {id} |", text, StringComparison.Ordinal);
    }

    private static string Document()
    {
        var packages = Packages();
        const string Command = "VCAS_WRITE_GOLDEN=1 dotnet tests/VcasFunctions.Tests/bin/Debug/net10.0/VcasFunctions.Tests.dll";
        const string Local = "what stands in for Azure";
        const string Receiver = "VCAS's side";
        const string Nowhere = "Analyzers, generators and the worker's SDK are part of no build's output";
        var text = new StringBuilder(
            $"""
            # Dependencies

            Every package, its version and its licence, read from the lock files and from the packages as they were restored. Written by
            `{Command} -class '*DependencyTests'`; a test holds
            that every licence of what is shipped is one that was looked at. "App": what is deployed; "LocalAzure": {Local} and is never
            deployed; "receiver": {Receiver}; "tests": never shipped. {Nowhere}. What
            the host's half of the extensions is made of stands in
            [a list of its own](../tests/Infra.Tests/Snapshots/azurefunctions.txt).

            | package | version | licence | where |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (id, version, licence, where) in packages) text.Append($"| {id} | {version} | {licence} | {where} |\n");
        text.Append(
            "\n## npm, for tests and for the pages' styles\n\nDevelopment alone unless said otherwise beside the lock file; "
            + "by licence, all levels.\n\n| where | licence | packages |\n|---|---|---|\n");
        foreach (var (where, licence, count) in Npm()) text.Append($"| {where} | {licence} | {count} |\n");
        return text.ToString();
    }

    private static IReadOnlyList<(string Id, string Version, string Licence, string Where)> Packages()
    {
        var found = new SortedDictionary<string, (string Version, HashSet<string> Where)>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Directory.EnumerateFiles(Golden.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file)))
        {
            // They stand on others, and bring nothing of their own.
            var project = Path.GetRelativePath(Golden.Root, Path.GetDirectoryName(file)!).Replace('\\', '/');
            if (project is "src/VcasLocal" or "src/VcasRestore") continue;
            var packages = JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!
                .AsObject().SelectMany(framework => framework.Value!.AsObject()).ToList();
            foreach (var (id, details) in packages.Where(package => (string?)package.Value!["type"] != "Project"))
            {
                var version = (string)details!["resolved"]!;
                if (!found.TryGetValue(id, out var known)) found[id] = known = (version, []);
                known.Where.Add(project switch
                {
                    _ when IsAnalyzer(id) => "analyzer",
                    "src/VcasFunctions" or "src/Vcas.Domain" => "app",
                    "src/LocalAzure" => "LocalAzure",
                    "src/VcasReceiver" => "receiver",
                    _ => "tests",
                });
            }
        }

        return [.. found.Select(
            pair => (pair.Key, pair.Value.Version, LicenceOf(pair.Key, pair.Value.Version), WhereOf(pair.Value.Where)))];
    }

    private static string WhereOf(HashSet<string> where) =>
        string.Join(", ", new[] { "app", "LocalAzure", "receiver", "analyzer", "tests" }
            .Where(where.Contains).Where(name => name != "tests" || where.Count == 1));

    private static bool IsAnalyzer(string id) =>
        id is "Meziantou.Analyzer" or "Microsoft.Azure.Functions.Worker.Sdk"
        || id.EndsWith("Analyzers", StringComparison.Ordinal)
        || id.EndsWith("Sdk.Generators", StringComparison.Ordinal);

    private static bool IsBuilt(string file) =>
        file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules");

    private static string LicenceOf(string id, string version)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = Path.Combine(cache, id.ToLowerInvariant(), version.ToLowerInvariant());
        var file = Path.Combine(folder, id.ToLowerInvariant() + ".nuspec");
        if (!File.Exists(file)) return "not restored here";
        var metadata = XDocument.Load(file).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        string? Of(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        if ((string?)licence?.Attribute("type") == "expression") return licence.Value.Trim();
        if (licence is not null) return FromText(File.ReadAllText(Path.Combine(folder, licence.Value.Trim().Replace('\\', '/'))));
        return Of("licenseUrl") is { } url ? Read.GetValueOrDefault(url, url) : "none named";
    }

    private static string FromText(string text) => text switch
    {
        _ when text.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal) => "MIT",
        _ when text.Contains("Apache License", StringComparison.Ordinal) && text.Contains("Version 2.0", StringComparison.Ordinal) =>
            "Apache-2.0",
        _ when text.Contains("Redistributions in binary form", StringComparison.Ordinal) => "BSD-3-Clause",
        _ => "a text of its own",
    };

    private static IEnumerable<(string Where, string Licence, int Count)> Npm() =>
        from file in Directory.EnumerateFiles(Golden.Root, "package-lock.json", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file)).Order(StringComparer.Ordinal)
        let place = Path.GetRelativePath(Golden.Root, Path.GetDirectoryName(file)!).Replace('\\', '/')
        from same in JsonNode.Parse(File.ReadAllText(file))!["packages"]!.AsObject().Where(package => package.Key.Length > 0)
            .GroupBy(package => (string?)package.Value!["license"] ?? "none named")
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
        select (place, same.Key, same.Count());
}

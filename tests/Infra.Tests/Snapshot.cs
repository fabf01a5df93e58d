using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>What a deployment with one set of parameters would make, as the compiler foretells it.</summary>
internal sealed class Snapshot
{
    private readonly JsonArray resources;

    private Snapshot(string text) => (Text, resources) = (text, JsonNode.Parse(text)!["predictedResources"]!.AsArray());

    public static Snapshot Default { get; } = Read("default");

    public static Snapshot Everything { get; } = Read("everything");

    public static TheoryData<string> Names => ["default", "everything"];

    public string Text { get; }

    public static Snapshot Named(string name) => name == "default" ? Default : Everything;

    public IEnumerable<JsonNode> Of(string type) =>
        resources.Where(resource => string.Equals((string?)resource!["type"], type, StringComparison.OrdinalIgnoreCase))
            .Select(resource => resource!);

    public JsonNode Single(string type, string nameEnd = "") =>
        Of(type).Single(resource => ((string?)resource["name"])!.EndsWith(nameEnd, StringComparison.Ordinal));

    /// <summary>The app's settings by name. A value that only Azure will know is an expression in square brackets.</summary>
    public IReadOnlyDictionary<string, string> Settings() =>
        Single("Microsoft.Web/sites/config", "/appsettings")["properties"]!
            .AsObject().ToDictionary(setting => setting.Key, setting => (string)setting.Value!);

    private static Snapshot Read(string name) => new(File.ReadAllText(Path.Combine(Repository.Snapshots, name + ".snapshot.json")));
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace VcasFunctions.Tests.Contracts;

/// <summary>The published files, read from the source tree as VCAS would read them.</summary>
internal static class Contract
{
    public const string ReferralId = "6f1d7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60";

    public static readonly string[] FromForce =
    [
        "referral.made.v1", "referral.amended.v1", "referral.withdrawn.v1", "referral.made.v2", "referral.amended.v2",
    ];

    public static readonly string[] FromVcas =
    [
        "referral.received.v1", "referral.accepted.v1", "referral.rejected.v1", "referral.closed.v1",
    ];

    public static string Folder { get; } = Find();

    public static TheoryData<string> Names => [.. FromForce, .. FromVcas];

    public static string SchemaText(string name) => File.ReadAllText(Path.Combine(Folder, name + ".schema.json"));

    public static string ExampleText(string name) => File.ReadAllText(Path.Combine(Folder, "examples", name + ".json"));

    public static JsonObject Example(string name) => JsonNode.Parse(ExampleText(name))!.AsObject();

    public static Task<JsonSchema> SchemaAsync(string name) => JsonSchema.FromJsonAsync(SchemaText(name));

    /// <summary>The example under another referral id, with the message id to match.</summary>
    public static JsonObject Example(string name, Guid referralId) =>
        JsonNode.Parse(ExampleText(name).Replace(ReferralId, referralId.ToString("D")))!.AsObject();

    /// <summary>Every object of a schema, with its place.</summary>
    public static IEnumerable<(string Place, JsonObject Node)> Nodes(JsonNode? node, string place = "$")
    {
        if (node is JsonObject fields)
        {
            yield return (place, fields);
            foreach (var (name, value) in fields)
                foreach (var inner in Nodes(value, $"{place}.{name}")) yield return inner;
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
                foreach (var inner in Nodes(list[i], $"{place}[{i}]")) yield return inner;
        }
    }

    /// <summary>Every leaf text of a document, to look for in what must not repeat it.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => Texts(f.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    public static bool IsGuid(string text) => Regex.IsMatch(text, "^[0-9a-f-]{36}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var contracts = Path.Combine(folder.FullName, "src", "VcasFunctions", "Referrals", "contracts");
            if (Directory.Exists(contracts)) return contracts;
        }

        throw new DirectoryNotFoundException("No src/VcasFunctions/Referrals/contracts above " + AppContext.BaseDirectory);
    }
}

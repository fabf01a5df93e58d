using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace Infra.Tests;

/// <summary>The files that tools of Microsoft's read, against the schemas that these tools publish.</summary>
public sealed class SchemaTests
{
    // Durable Functions reads them (learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning);
    // the schema, which refuses what it doesn't know, has not heard of them yet.
    private static readonly Dictionary<string, string> NewerThanTheSchema = new()
    {
        ["defaultVersion"] = "string",
        ["versionMatchStrategy"] = "string",
        ["versionFailureStrategy"] = "string",
        ["throwStatusExceptionsOnRaiseEvent"] = "boolean",
    };

    [Fact]
    public async Task Host_json_keeps_to_its_published_schema() =>
        Assert.Empty(await ErrorsAsync("host.schema.json", Repository.TextOf("host.json")));

    [Fact]
    public async Task Azure_yaml_keeps_to_its_published_schema() =>
        Assert.Empty(await ErrorsAsync("azure.yaml.schema.json", Json(Repository.TextOf("azure.yaml"))));

    [Theory]
    [InlineData("host.schema.json", """{"version":"2.0","functionTimeout":5}""")]
    [InlineData("host.schema.json", """{"version":"2.0","extensions":{"durableTask":{"hubName":7}}}""")]
    [InlineData("host.schema.json", """{"version":"2.0","extensions":{"durableTask":{"defaultVersoin":"1.0"}}}""")]
    [InlineData("azure.yaml.schema.json", """{"services":{"api":{"project":"src/VcasFunctions","language":"dotnet","host":"function"}}}""")]
    [InlineData(
        "azure.yaml.schema.json", """{"name":"vcas-functions","services":{"api":{"project":"src/VcasFunctions","language":"dotnet"}}}""")]
    public async Task What_a_schema_forbids_is_found(string schema, string json) => Assert.NotEmpty(await ErrorsAsync(schema, json));

    private static async Task<IEnumerable<string>> ErrorsAsync(string schemaFile, string json)
    {
        var text = JsonNode.Parse(await File.ReadAllTextAsync(PublishedSchema.Of(schemaFile), TestContext.Current.CancellationToken))!;
        if (text["definitions"]?["durableTask-extension"]?["properties"] is JsonObject known)
        {
            foreach (var (name, type) in NewerThanTheSchema.Where(newer => !known.ContainsKey(newer.Key)))
                known[name] = new JsonObject { ["type"] = type };
        }

        var schema = await JsonSchema.FromJsonAsync(text.ToJsonString(), TestContext.Current.CancellationToken);
        return schema.Validate(json).Select(error => error.ToString()).ToList();
    }

    // Every plain scalar of azure.yaml is a text.
    private static string Json(string yaml) => JsonSerializer.Serialize(
        new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<Dictionary<string, object>>(yaml));
}

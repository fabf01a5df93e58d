using System.Text.Json.Nodes;
using Shared;

namespace Infra.Tests;

/// <summary>The custom connector for Power Apps: sound by the published schemas, as it stands and as a force fills it in.</summary>
[Needs(Tool.Node)]
public sealed class PowerAppsTests : IDisposable
{
    private const string Definition = "infra/powerapps/apiDefinition.swagger.json";
    private const string Properties = "infra/powerapps/apiProperties.json";
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Client = "22222222-2222-3333-4444-555555555555";
    private const string Api = "33333333-2222-3333-4444-555555555555";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-connector-");

    [Fact]
    public async Task The_definition_is_sound_swagger() => Assert.Empty(await Command.JudgeAsync("swagger", Repository.PathOf(Definition)));

    [Theory]
    [InlineData("apiDefinition.swagger.schema.json", Definition)]
    [InlineData("apiProperties.schema.json", Properties)]
    public async Task The_committed_files_are_valid_by_the_published_schemas(string schema, string file) =>
        Assert.Empty(await Command.JudgeAsync("schema", PublishedSchema.Of(schema), Repository.PathOf(file)));

    [Fact]
    public void What_no_schema_wants_is_there_too()
    {
        var text = Repository.TextOf(Definition);
        Assert.True(text.Length < 1_000_000, "A connector's definition may have one megabyte.");
        var operations = JsonNode.Parse(text)!["paths"]!
            .AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!).ToList();
        Assert.True(operations.Count >= 9, $"Only {operations.Count} operations were found.");
        Assert.All(operations, operation => Assert.Matches("^[A-Z][A-Za-z]+$", (string)operation["operationId"]!));
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation["operationId"]!).Distinct().Count());
    }

    [Fact]
    public void The_guide_says_of_what_Microsofts_command_makes_a_screen()
    {
        // "One screen for each POST and GET action … Other verbs are not supported": learn.microsoft.com, pac canvas create.
        var definition = JsonNode.Parse(Repository.TextOf(Definition))!;
        var made = definition["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .ToLookup(operation => operation.Key is "get" or "post", operation => $"`{(string)operation.Value!["operationId"]!}`");
        Assert.Contains(
            $"| {string.Join(", ", made[true].Order())} | {string.Join(", ", made[false].Order())} |",
            Repository.TextOf("docs/guides/power-apps.md"), StringComparison.Ordinal);
        // The formulas call the connector by its name.
        Assert.Equal("VCAS", (string)definition["info"]!["title"]!);
    }

    [Theory]
    [InlineData("swagger", Definition, "\"name\": \"offerId\"", "\"name\": \"offer\"")]
    [InlineData("apiDefinition.swagger.schema.json", Definition, "\"x-ms-visibility\": \"important\"", "\"x-ms-visibility\": \"loud\"")]
    [InlineData("apiDefinition.swagger.schema.json", Definition, "\"swagger\": \"2.0\"", "\"swagger\": \"3.0\"")]
    [InlineData("apiProperties.schema.json", Properties, "\"identityProvider\": \"aad\"", "\"identityProvider\": \"entra\"")]
    public async Task A_fault_in_a_Power_Apps_file_fails_its_judge(string judge, string file, string from, string to)
    {
        var spoilt = Path.Combine(folder.FullName, Path.GetFileName(file));
        var text = Repository.TextOf(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(spoilt, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.NotEmpty(judge == "swagger"
            ? await Command.JudgeAsync("swagger", spoilt)
            : await Command.JudgeAsync("schema", PublishedSchema.Of(judge), spoilt));
    }

    [Fact]
    public async Task The_command_fills_a_force_in_and_nothing_of_the_placeholders_stays()
    {
        var (exitCode, _, messages) = await Command.RunAsync(
            "dotnet", "run", Repository.PathOf("infra/powerapps/prepare.cs"), "--",
            "--host", "vcas.example.org", "--tenant", Tenant, "--client-id", Client, "--api-client-id", Api, "--to", folder.FullName);
        Assert.True(exitCode == 0, messages);

        var definition = JsonNode.Parse(await File.ReadAllTextAsync(
            Path.Combine(folder.FullName, "apiDefinition.swagger.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal("vcas.example.org", (string)definition["host"]!);
        definition["host"] = "host.example";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Repository.TextOf(Definition)), definition), "More than the host was changed.");

        var properties = await File.ReadAllTextAsync(
            Path.Combine(folder.FullName, "apiProperties.json"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("00000000-0000-0000-0000-000000000000", properties, StringComparison.Ordinal);
        var signIn = JsonNode.Parse(properties)!["properties"]!["connectionParameters"]!["token"]!["oAuthSettings"]!;
        Assert.Equal(
            (Client, $"api://{Api}", Tenant, $"api://{Api}"),
            (
                (string)signIn["clientId"]!,
                (string)signIn["properties"]!["AzureActiveDirectoryResourceId"]!,
                (string)signIn["customParameters"]!["tenantId"]!["value"]!,
                (string)signIn["customParameters"]!["resourceUri"]!["value"]!));
        Assert.Empty(await Command.JudgeAsync(
            "schema", PublishedSchema.Of("apiProperties.schema.json"), Path.Combine(folder.FullName, "apiProperties.json")));
    }

    [Fact]
    public async Task An_argument_that_is_missing_is_named()
    {
        var (exitCode, _, messages) = await Command.RunAsync(
            "dotnet", "run", Repository.PathOf("infra/powerapps/prepare.cs"), "--", "--host", "vcas.example.org");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("--tenant must be", messages, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);
}

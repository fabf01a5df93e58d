using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>The Teams app: valid by Microsoft's own package, and packed by one command.</summary>
[Trait("Needs", "Node")]
public sealed class TeamsTests : IDisposable
{
    private const string Manifest = "infra/teams/manifest.json";
    private const string App = "11111111-2222-3333-4444-555555555555";
    private const string Client = "22222222-2222-3333-4444-555555555555";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-teams-");

    [Fact]
    public async Task The_Teams_apps_manifest_passes_the_judge() =>
        Assert.Empty(await Command.JudgeAsync("teams", Repository.PathOf(Manifest)));

    [Fact]
    public void The_Teams_apps_manifest_is_written_for_the_newest_schema_that_the_judge_knows()
    {
        var known = Directory.EnumerateDirectories(
            Repository.PathOf("tests/node/node_modules/@microsoft/app-manifest/build/json-schemas/teams"))
            .Select(version => Path.GetFileName(version)[1..])
            .Where(version => Version.TryParse(version, out _)).Select(Version.Parse).Max()!;
        Assert.Equal(known.ToString(), (string)JsonNode.Parse(Repository.TextOf(Manifest))!["manifestVersion"]!);
    }

    [Theory]
    [InlineData("\"TeamsActivity.Send.User\", \"type\": \"Application\"", "\"TeamsActivity.Send.User\", \"type\": \"App\"")]
    [InlineData("\"entityId\": \"call-backs\"", "\"entity\": \"call-backs\"")]
    public async Task A_fault_in_the_Teams_apps_manifest_fails_the_judge(string from, string to)
    {
        var spoilt = Path.Combine(folder.FullName, "manifest.json");
        var text = Repository.TextOf(Manifest);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(spoilt, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.NotEmpty(await Command.JudgeAsync("teams", spoilt));
    }

    [Fact]
    public void The_Teams_app_asks_for_the_permissions_that_the_guide_says_and_no_more()
    {
        var asked = JsonNode.Parse(Repository.TextOf(Manifest))!["authorization"]!["permissions"]!["resourceSpecific"]!.AsArray();
        Assert.Equal(
            // It is a personal app, which is installed in no team: a right over teams would never be used.
            [("TeamsActivity.Send.User", "Application")],
            asked.Select(permission => ((string)permission!["name"]!, (string)permission["type"]!)).Order());
        var guide = Repository.TextOf("docs/guides/teams.md");
        Assert.All(asked, permission => Assert.Contains($"`{(string)permission!["name"]!}`", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void The_link_of_a_notification_leads_to_the_tab_which_gets_the_offers_id()
    {
        var tab = Assert.Single(JsonNode.Parse(Repository.TextOf(Manifest))!["staticTabs"]!.AsArray())!;
        Assert.Contains($"/{tab["entityId"]}?context=", Repository.AppSource, StringComparison.Ordinal);
        Assert.EndsWith("/console/teams/call-backs?offer={page.subPageId}", (string)tab["contentUrl"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_packs_a_force_s_own_app()
    {
        var zip = Path.Combine(folder.FullName, "app.zip");
        var (exitCode, _, messages) = await Command.RunAsync(
            "dotnet", "run", Repository.PathOf("infra/teams/package.cs"), "--",
            "--host", "vcas.example.org", "--app-id", App, "--client-id", Client, "--app-version", "1.2.3", "--to", zip);
        Assert.True(exitCode == 0, messages);

        var packed = Path.Combine(folder.FullName, "packed");
        await ZipFile.ExtractToDirectoryAsync(zip, packed, TestContext.Current.CancellationToken);
        Assert.Equal(["color.png", "manifest.json", "outline.png"], Directory.EnumerateFiles(packed).Select(Path.GetFileName).Order());
        Assert.Equal((192, 192), SizeOf(Path.Combine(packed, "color.png")));
        Assert.Equal((32, 32), SizeOf(Path.Combine(packed, "outline.png")));

        var file = Path.Combine(packed, "manifest.json");
        Assert.Empty(await Command.JudgeAsync("teams", file));
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("host.example", text, StringComparison.Ordinal);
        Assert.DoesNotContain("00000000-0000", text, StringComparison.Ordinal);
        var manifest = JsonNode.Parse(text)!;
        Assert.Equal((App, "1.2.3", Client, $"api://vcas.example.org/{Client}", "vcas.example.org"), (
            (string)manifest["id"]!, (string)manifest["version"]!, (string)manifest["webApplicationInfo"]!["id"]!,
            (string)manifest["webApplicationInfo"]!["resource"]!, (string)manifest["validDomains"]![0]!));
    }

    [Fact]
    public async Task An_argument_that_is_wrong_is_named_and_nothing_is_packed()
    {
        var zip = Path.Combine(folder.FullName, "app.zip");
        var (exitCode, _, messages) = await Command.RunAsync(
            "dotnet", "run", Repository.PathOf("infra/teams/package.cs"), "--", "--host", "https://vcas.example.org", "--to", zip);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("--host must be", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(zip));
    }

    public void Dispose() => folder.Delete(recursive: true);

    // Of a PNG's first 24 bytes the last eight are its width and its height.
    private static (int Width, int Height) SizeOf(string png)
    {
        var bytes = File.ReadAllBytes(png);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }
}

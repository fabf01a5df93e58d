using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VcasFunctions.Notifications;

namespace VcasFunctions.Tests.Notifications;

/// <summary>Teams refuses a notification whose type its manifest doesn't declare: the two must name the same.</summary>
public sealed partial class TeamsManifestTests
{
    private static readonly JsonArray Declared =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.Root, "infra/teams/manifest.json")))!["activities"]!["activityTypes"]!
            .AsArray();

    // Read from the source, so that a notification of a new kind is found wherever it is made: there, these are all texts in camel case.
    private static readonly string Sources = string.Join(
        '\n', Directory.EnumerateFiles(Path.Combine(Golden.Root, "src/VcasFunctions/Notifications"), "*.cs").Select(File.ReadAllText));

    [Fact]
    public void The_manifest_declares_every_type_that_the_app_sends_and_no_other()
    {
        var sent = CamelCase().Matches(Sources).Select(match => match.Groups["type"].Value).Distinct().ToList();
        Assert.Contains("callBackDue", sent);
        Assert.True(sent.Count >= 6, $"Only {string.Join(", ", sent)} were found.");
        Assert.Equal(sent.Order(), Declared.Select(type => (string)type!["type"]!).Order());
        Assert.Equal(sent.Order(), Notice.ActivityTypes.Keys.Order());
    }

    [Fact]
    public void The_manifests_templates_ask_only_for_the_parameter_that_is_sent() => Assert.All(Declared, type => Assert.Equal(
        [Notice.ActivityTypes[(string)type!["type"]!]],
        Parameter().Matches((string)type["templateText"]!).Select(match => match.Groups["name"].Value).Where(name => name != "actor")));

    [GeneratedRegex("\"(?<type>[a-z]+[A-Z][A-Za-z]*)\"(?!:)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}

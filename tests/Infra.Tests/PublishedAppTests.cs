using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>
/// What is deployed is the app on Microsoft's packages: every function, each with its trigger's host half, and nothing of the stand-in.
/// </summary>
public sealed partial class PublishedAppTests(PublishedApp published) : IClassFixture<PublishedApp>
{
    private const string Golden = "azurefunctions.txt";

    // Triggers that the host brings along itself; every other needs an extension in the package.
    private static readonly string[] OfTheHost = ["httpTrigger", "timerTrigger"];

    private static readonly Dictionary<string, string> Extensions = new()
    {
        ["orchestrationTrigger"] = "DurableTask",
        ["activityTrigger"] = "DurableTask",
        ["entityTrigger"] = "DurableTask",
    };

    // Stand in for Azure, or are needed by what does: none of them may reach a force's subscription.
    private static readonly string[] LocalOnly = ["LocalAzure", "VcasLocal", "Amqp.Net", "SQLite", "OpenIddict", "Cronos", "NJsonSchema"];

    [Fact]
    public void Every_function_stands_in_what_the_host_is_told()
    {
        var written = FunctionNames().Matches(Repository.AppSource).Select(match => match.Groups["name"].Value).ToList();
        Assert.True(written.Count > 30, $"Only {written.Count} functions were found in the sources.");
        Assert.Equal(
            written.Order(StringComparer.Ordinal),
            published.Functions.Select(function => (string)function["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_trigger_lacks_its_half_in_the_host()
    {
        var triggers = published.Functions.SelectMany(function => function["bindings"]!.AsArray())
            .Select(binding => (string)binding!["type"]!)
            .Where(type => type.EndsWith("Trigger", StringComparison.Ordinal)).Distinct().Except(OfTheHost);
        var there = File.ReadAllText(published.PathOf("extensions.json"));
        Assert.All(triggers, trigger =>
        {
            Assert.True(Extensions.TryGetValue(trigger, out var extension), $"Which extension answers a {trigger}?");
            Assert.Contains($"./.azurefunctions/Microsoft.Azure.WebJobs.Extensions.{extension}.dll", there, StringComparison.Ordinal);
            Assert.True(
                File.Exists(published.PathOf($".azurefunctions/Microsoft.Azure.WebJobs.Extensions.{extension}.dll")),
                $"{extension} is named and isn't there.");
        });
    }

    [Fact]
    public void Nothing_of_the_stand_in_for_Azure_is_in_it()
    {
        Assert.All(
            LocalOnly, name => Assert.DoesNotContain(published.Files, file => file.Contains(name, StringComparison.OrdinalIgnoreCase)));
        Assert.All(LocalOnly, name =>
            Assert.DoesNotContain(name, File.ReadAllText(published.PathOf("VcasFunctions.deps.json")), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("local.settings.json", published.Files);
    }

    [Fact]
    public void The_host_s_half_is_what_was_read_and_agreed()
    {
        // The SDK restores it in a project of its own, which knows no lock file: this list stands in for one.
        var file = Path.Combine(Repository.Snapshots, Golden);
        if (Environment.GetEnvironmentVariable("VCAS_WRITE_GOLDEN") == "1") File.WriteAllText(file, published.HostHalf());
        Assert.Equal(File.ReadAllText(file), published.HostHalf());
    }

    [GeneratedRegex(
        @"\[Function\((nameof\((?<name>\w+)\)|""(?<name>\w+)"")\)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionNames();
}

using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>An alert waits for words in the log. They are the app's words, or they never come.</summary>
public sealed partial class AlertTests
{
    // Logged by the Durable Functions extension itself when an orchestration ends in an error.
    private const string FailedOrchestration = "OfferOrchestration (Orchestrator)' failed with an error";

    [Fact]
    public void Every_alert_asks_for_words_that_the_app_logs()
    {
        var templates = Template().Matches(Repository.AppSource).Select(match => match.Groups["text"].Value).ToList();
        Assert.NotEmpty(templates);
        var asked = Queries().SelectMany(query => Words().Matches(query)).ToList();
        Assert.True(asked.Count >= 6, "The queries ask for too few words: has their form changed?");

        Assert.All(asked, match =>
        {
            var words = match.Groups["words"].Value;
            if (words == FailedOrchestration) return;
            Assert.Contains(templates, template => match.Groups["how"].Value switch
            {
                "startswith" => template.StartsWith(words, StringComparison.Ordinal),
                "matches regex" => Regex.IsMatch(Placeholder().Replace(template, "Word"), words, RegexOptions.None, TimeSpan.FromSeconds(10)),
                _ => template.Contains(words, StringComparison.Ordinal),
            });
        });
    }

    [Fact]
    public void An_alert_for_an_orchestration_names_one_that_exists() =>
        Assert.Contains("[Function(nameof(OfferOrchestration))]", Repository.AppSource, StringComparison.Ordinal);

    [Fact]
    public void The_silence_listened_for_is_the_sweeps() =>
        Assert.Contains("[Function(nameof(SweepHouseholds))]", Repository.AppSource, StringComparison.Ordinal);

    [Fact]
    public void Each_queue_has_an_alert_for_its_dead_letters()
    {
        var queues = Snapshot.Default.Of("Microsoft.ServiceBus/namespaces/queues").Select(queue => ((string)queue["name"]!).Split('/')[1]);
        var watched = Snapshot.Default.Of("Microsoft.Insights/metricAlerts").Select(alert => (string?)alert["properties"]!["criteria"]!["allOf"]![0]!["dimensions"]![0]!["values"]![0]);

        Assert.Equal(queues.Order(), watched.Order());
    }

    [Fact]
    public void Each_alert_stands_in_the_operators_document()
    {
        var names = new[] { "Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/metricAlerts" }
            .SelectMany(type => Snapshot.Default.Of(type)).Select(alert => (string)alert["name"]!).ToList();
        var document = Repository.TextOf("docs/operations/deploy.md");

        Assert.Equal(8, names.Count);
        Assert.All(names, name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Log_lines_that_alerts_wait_for_are_not_sampled_away() =>
        Assert.Contains("Trace", SampledOut().Match(Repository.TextOf("host.json")).Groups["types"].Value.Split(';'));

    private static IEnumerable<string> Queries() => Snapshot.Default.Of("Microsoft.Insights/scheduledQueryRules")
        .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!)
        .Where(query => query.StartsWith("AppTraces", StringComparison.Ordinal));

    [GeneratedRegex("Message (?<how>contains|startswith|matches regex) \"(?<words>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();

    [GeneratedRegex("[Ll]og\\.Log(?:Warning|Error|Critical)\\(\\s*\"(?<text>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Template();

    [GeneratedRegex("\\{\\w+\\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"excludedTypes\": \"(?<types>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SampledOut();
}

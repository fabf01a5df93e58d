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
                "matches regex" =>
                    Regex.IsMatch(Placeholder().Replace(template, "Word"), words, RegexOptions.None, TimeSpan.FromSeconds(10)),
                _ => template.Contains(words, StringComparison.Ordinal),
            });
        });
    }

    [Fact]
    public void An_alert_for_an_orchestration_names_one_that_exists() =>
        Assert.Contains("[Function(nameof(OfferOrchestration))]", Repository.AppSource, StringComparison.Ordinal);

    [Fact]
    public void The_silences_listened_for_are_those_of_every_timer()
    {
        var listened = Snapshot.Default.Of("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => FunctionAsked().Match((string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!))
            .Where(match => match.Success).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(["NightlyMaintenance", "ReceiveAnswers", "SweepHouseholds"], listened.Order());
        Assert.All(
            listened, function => Assert.Contains($"[Function(nameof({function}))]", Repository.AppSource, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_queue_s_dead_letters_go_on_to_a_queue_of_their_own_which_has_an_alert()
    {
        var queues = Snapshot.Default.Of("Microsoft.ServiceBus/namespaces/queues")
            .ToDictionary(queue => ((string)queue["name"]!).Split('/')[1], queue => queue["properties"]!);
        var watched = Snapshot.Default.Of("Microsoft.Insights/metricAlerts").ToDictionary(
            alert => (string)alert["name"]!,
            alert => (string?)alert["properties"]!["criteria"]!["allOf"]![0]!["dimensions"]![0]!["values"]![0]);

        var forwarding = queues.Where(queue => !queue.Key.EndsWith("-dead", StringComparison.Ordinal)).Select(queue => queue.Key).ToList();
        Assert.Equal(["referral-answers", "referrals"], forwarding.Order());
        foreach (var queue in forwarding)
        {
            Assert.Equal($"{queue}-dead", (string?)queues[queue]["forwardDeadLetteredMessagesTo"]);
            Assert.Equal($"{queue}-dead", watched[$"alert-dead-letters-{queue}"]);
            // A message that is put aside a second time is a second message, and is kept until somebody has seen to it.
            Assert.False((bool)queues[$"{queue}-dead"]["requiresDuplicateDetection"]!);
            Assert.Null(queues[$"{queue}-dead"]["defaultMessageTimeToLive"]);
        }

        Assert.Equal(forwarding.Count, watched.Count);
    }

    [Fact]
    public void A_broken_audit_one_that_nobody_verified_refused_access_and_a_key_that_was_read_are_told_of()
    {
        var rules = Snapshot.Default.Of("Microsoft.Insights/scheduledQueryRules")
            .ToDictionary(rule => (string)rule["name"]!, rule => rule["properties"]!);
        foreach (var name in new[] { "audit-broken", "audit-not-verified", "access-refused", "vault-read" })
            Assert.Contains($"alert-{name}", rules.Keys);
        Assert.All(rules.Values, rule => Assert.NotEmpty(rule["actions"]!["actionGroups"]!.AsArray()));

        static System.Text.Json.Nodes.JsonNode Criterion(System.Text.Json.Nodes.JsonNode rule) => rule["criteria"]!["allOf"]![0]!;
        // One refusal is a mistake; one line of the others is enough, and for the verification it is the silence.
        Assert.InRange((int)Criterion(rules["alert-access-refused"])["threshold"]!, 10, 100);
        Assert.Equal(0, (int)Criterion(rules["alert-audit-broken"])["threshold"]!);
        Assert.Equal("LessThan", (string?)Criterion(rules["alert-audit-not-verified"])["operator"]);
        // The app itself is left out, by its identity.
        Assert.Contains("has_any", (string?)Criterion(rules["alert-vault-read"])["query"], StringComparison.Ordinal);
        Assert.Equal("Dedicated", (string?)Snapshot.Default.Of("Microsoft.Insights/diagnosticSettings")
            .Single(setting => ((string)setting["id"]!)
                .Contains("Microsoft.KeyVault", StringComparison.Ordinal))["properties"]!["logAnalyticsDestinationType"]);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("everything")]
    public void Somebody_hears_of_every_alert(string name) =>
        Assert.NotEmpty(Snapshot.Named(name).Single("Microsoft.Insights/actionGroups")["properties"]!["emailReceivers"]!.AsArray());

    [Fact]
    public async Task Without_an_address_for_alerts_nothing_is_deployed()
    {
        var parameters = await Bicep.RunAsync(
            ["build-params", Repository.PathOf("infra/main.bicepparam"), "--stdout"],
            ("AZURE_ENV_NAME", "golden"),
            ("VCAS_FORCE", "durham"));
        Assert.False(parameters.IsClean);
        Assert.Contains("VCAS_ALERT_EMAILS", parameters.Messages, StringComparison.Ordinal);

        // azd runs it before it deploys: it asks, and without an answer it stops.
        Assert.Contains("run: infra/ask\n", Repository.TextOf("azure.yaml").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows()) return;
        var ask = Repository.PathOf("infra/ask");
        var (exitCode, _, messages) = await Command.RunAsync("sh", "-c", $"unset VCAS_ALERT_EMAILS; echo nobody | '{ask}'");
        Assert.Equal((2, true), (exitCode, messages.Contains("azd env set VCAS_ALERT_EMAILS", StringComparison.Ordinal)));
        Assert.Equal(0, (await Command.RunAsync("sh", "-c", $"VCAS_ALERT_EMAILS=desk@example.org '{ask}'")).ExitCode);
    }

    [Fact]
    public void Each_alert_has_a_page_that_says_what_it_means_and_what_to_do()
    {
        var names = AlertNames().Select(name => name["alert-".Length..]).ToList();
        var pages = Directory.GetFiles(Repository.PathOf("docs/operations/alerts"), "*.md")
            .Select(Path.GetFileNameWithoutExtension).Where(name => name != "README");
        var index = Repository.TextOf("docs/operations/alerts/README.md");

        Assert.Equal(18, names.Count);
        Assert.Equal(names.Order(), pages.Order());
        Assert.All(names, name =>
        {
            var page = Repository.TextOf($"docs/operations/alerts/{name}.md");
            Assert.Contains($"`alert-{name}`", page, StringComparison.Ordinal);
            Assert.Contains($"]({name}.md)", index, StringComparison.Ordinal);
            var parts = Heading().Split(page);
            Assert.Equal(
                ["What it means to a household", "What to look at", "What to do", "When it is over"],
                Heading().Matches(page).Select(heading => heading.Groups["text"].Value));
            Assert.All(
                parts.Where((_, part) => part > 0 && part % 2 == 0), text => Assert.True(text.Trim().Length > 40, $"{name}: '{text}'"));
        });
    }

    [Fact]
    public void A_page_looks_for_the_very_lines_that_its_alert_waits_for()
    {
        foreach (var rule in Snapshot.Default.Of("Microsoft.Insights/scheduledQueryRules"))
        {
            var words = Quoted().Matches((string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!)
                .Select(match => match.Value).ToList();
            var page = Repository.TextOf($"docs/operations/alerts/{((string)rule["name"]!)["alert-".Length..]}.md");
            Assert.NotEmpty(words);
            Assert.All(words, text => Assert.Contains(text, page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Log_lines_that_alerts_wait_for_are_not_sampled_away() =>
        Assert.Contains("Trace", SampledOut().Match(Repository.TextOf("host.json")).Groups["types"].Value.Split(';'));

    private static IEnumerable<string> AlertNames() => new[] { "Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/metricAlerts" }
        .SelectMany(type => Snapshot.Default.Of(type)).Select(alert => (string)alert["name"]!);

    private static IEnumerable<string> Queries() => Snapshot.Default.Of("Microsoft.Insights/scheduledQueryRules")
        .Select(rule => (string)rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!)
        .Where(query => query.StartsWith("AppTraces", StringComparison.Ordinal));

    [GeneratedRegex(
        "Message (?<how>contains|startswith|matches regex) \"(?<words>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();

    [GeneratedRegex(
        "^AppRequests \\| where Name == \"(?<name>[A-Za-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FunctionAsked();

    [GeneratedRegex("\"[^\"]+\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^## (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(
        "[Ll]og\\.Log(?:Information|Warning|Error|Critical)\\(\\s*\"(?<text>[^\"]+)\"",
        RegexOptions.None,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Template();

    [GeneratedRegex("\\{\\w+\\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"excludedTypes\": \"(?<types>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SampledOut();
}

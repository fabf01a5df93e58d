using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VcasFunctions;
using VcasFunctions.Audit;
using VcasFunctions.Notifications;
using VcasFunctions.Referrals;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace Infra.Tests;

/// <summary>What the template sets is what the app reads: by name, by type and by the app's own validation.</summary>
public sealed partial class SettingsTests
{
    // Read by the Functions host and by Azure's libraries, not by a line of ours.
    private static readonly string[] Platform =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "AZURE_CLIENT_ID", "AZURE_TOKEN_CREDENTIALS",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
    ];

    // How a connection by identity is written: https://learn.microsoft.com/azure/azure-functions/functions-reference
    private static readonly string[] ConnectionParts = ["fullyQualifiedNamespace", "serviceUri", "credential", "clientId"];

    public static TheoryData<string> Names => Snapshot.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_apps_own_settings_bind_and_pass_its_validation(string name)
    {
        var settings = Snapshot.Named(name)
            .Settings().Where(setting => setting.Key.StartsWith("Vcas__", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(settings);

        using var app = Bind(settings.ToDictionary());

        Assert.Empty(app.Failures());
        Assert.Equal("durham", app.Read<VcasOptions>().Force);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_the_secrets_the_app_does_not_start_and_names_the_setting(string name)
    {
        using var app = AppSettings.Of(Snapshot.Named(name).Settings());

        var failures = app.Failures();
        Assert.Contains(failures, failure => failure.StartsWith("Vcas:Sealing:Keys:k1", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Vcas:Sealing:HashKey", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Vcas__Policy__IntervallDays", "28")]
    [InlineData("Vcas__Policy__IntervalDays", "four weeks")]
    [InlineData("Vcas__Referral__Queue", "referrals")]
    [InlineData("Vcas__Backup__Enable", "true")]
    public void A_setting_that_the_app_does_not_read_fails(string name, string value)
    {
        using var app = Bind(new() { [name] = value });
        Assert.Throws<InvalidOperationException>(app.Failures);
    }

    [Fact]
    public void Every_choice_reaches_the_app()
    {
        using var app = Bind(Snapshot.Everything.Settings().ToDictionary());
        var options = app.Read<VcasOptions>();

        Assert.Equal("phones", options.OtherTeams!.CallBackTeam);
        Assert.Equal("22222222-3333-4444-5555-666666666666", options.OtherTeams.Supervisor);
        Assert.Equal("11111111-2222-3333-4444-555555555555", options.CallBackTeams["phones"].TeamId);
        Assert.Equal("33333333-4444-5555-6666-777777777777", app.Read<NotificationOptions>().TeamsAppId);
        Assert.True(app.Read<NotificationOptions>().Enabled);
        Assert.Equal(28, options.Policy.IntervalDays);
        Assert.Equal(new TimeOnly(10, 0), options.CallHours.From);
        Assert.Equal([new DateOnly(2026, 12, 24)], options.ExtraHolidays);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_other_setting_is_one_that_the_app_or_its_host_reads(string name)
    {
        foreach (var setting in Snapshot.Named(name).Settings().Keys.Where(key => !key.StartsWith("Vcas__", StringComparison.Ordinal)))
        {
            if (Platform.Contains(setting)) continue;
            var parts = setting.Split("__");
            if (parts[0] == "AzureFunctionsJobHost") MustBeALineOfHostJson(parts);
            else MustBeAConnectionOfTheApp(setting, parts);
        }
    }

    [Fact]
    public void The_settings_without_which_nothing_runs_are_there()
    {
        var settings = Snapshot.Default.Settings();

        foreach (var name in new[]
        {
            "AzureWebJobsStorage__accountName",
            "ServiceBusConnection__fullyQualifiedNamespace",
            "TablesConnection__serviceUri",
            "AZURE_CLIENT_ID",
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
        })
            Assert.Contains(name, settings.Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Flex_Consumption_takes_every_name(string name)
    {
        // On Linux a setting becomes an environment variable; what the plan itself decides may not be set.
        Assert.All(Snapshot.Named(name).Settings().Keys, setting =>
        {
            Assert.Matches("^[A-Za-z0-9_.]+$", setting);
            Assert.False(
                setting.StartsWith("WEBSITE_", StringComparison.Ordinal)
                    || setting is "FUNCTIONS_WORKER_RUNTIME" or "FUNCTIONS_EXTENSION_VERSION",
                setting);
        });
    }

    [Fact]
    public void Every_setting_that_a_trigger_is_bound_to_is_set()
    {
        var bound = Binding().Matches(Repository.AppSource)
            .Select(match => match.Groups["key"].Value).Where(key => key.Contains(':')).ToHashSet();
        Assert.Contains("Vcas:Referrals:AnswersSchedule", bound);
        Assert.Contains("Vcas:Sweep:Schedule", bound);

        var settings = Snapshot.Default.Settings();
        Assert.All(bound.Union(VcasDefaults.Values.Keys), key => Assert.Equal(VcasDefaults.Values[key], settings[key.Replace(":", "__")]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_queues_are_the_apps(string name)
    {
        var queues = Snapshot.Named(name).Of("Microsoft.ServiceBus/namespaces/queues").ToList();

        var app = new ReferralOptions();
        Assert.Equal(
            new[] { app.Queue, app.AnswerQueue, app.DeadLetterQueue, app.AnswerDeadLetterQueue }.Order(),
            queues.Select(queue => ((string)queue["name"]!).Split('/')[1]).Order());
        Assert.All(queues.Select(queue => queue["properties"]!).Where(queue => queue["forwardDeadLetteredMessagesTo"] is not null), queue =>
        {
            Assert.True((bool)queue["requiresDuplicateDetection"]!);
            Assert.True((bool)queue["deadLetteringOnMessageExpiration"]!);
            Assert.Equal(
                ("P14D", "PT1M", 10),
                ((string?)queue["defaultMessageTimeToLive"], (string?)queue["lockDuration"], (int)queue["maxDeliveryCount"]!));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_audits_anchors_are_kept_elsewhere_for_as_long_as_the_audit_and_nobody_can_change_them(string name)
    {
        var snapshot = Snapshot.Named(name);
        var kept = Accounts(snapshot, "sta");
        var immutable = kept["properties"]!["immutableStorageWithVersioning"]!;
        Assert.Equal(
            (true, name == "everything" ? "Locked" : "Unlocked"),
            ((bool)immutable["enabled"]!, (string?)immutable["immutabilityPolicy"]!["state"]));
        Assert.True((int)immutable["immutabilityPolicy"]!["immutabilityPeriodSinceCreationInDays"]!
            >= new RetentionOptions().AuditDays);
        Assert.False((bool)immutable["immutabilityPolicy"]!["allowProtectedAppendWrites"]!);
        Assert.True((bool)snapshot.Of("Microsoft.Storage/storageAccounts/blobServices")
            .Single(blobs => ((string)blobs["name"]!)
                .StartsWith((string)kept["name"]!, StringComparison.Ordinal))["properties"]!["isVersioningEnabled"]!);
        Assert.NotEqual((string)Accounts(snapshot, "st")["name"]!, (string)kept["name"]!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Who_read_or_changed_tables_blobs_anchors_and_keys_is_logged(string name)
    {
        var scopes = Snapshot.Named(name).Of("Microsoft.Insights/diagnosticSettings").Select(setting => (string)setting["id"]!).ToList();
        foreach (var part in new[] { "/tableServices/", "/blobServices/", "/vaults/" })
            Assert.Contains(scopes, scope => scope.Contains(part, StringComparison.Ordinal));
        Assert.Equal(3, scopes.Count(scope => scope.Contains("/blobServices/", StringComparison.Ordinal)));
    }

    private static JsonNode Accounts(Snapshot snapshot, string prefix) => snapshot.Of("Microsoft.Storage/storageAccounts")
        .Single(account => (string)account["name"]! is var known && !known.StartsWith("bk", StringComparison.Ordinal)
            && known.StartsWith("sta", StringComparison.Ordinal) == (prefix == "sta"));

    [Fact]
    public void The_tables_are_the_apps()
    {
        var named = Table().Matches(Repository.TextOf("src/VcasFunctions/Tables/VcasTables.cs"))
            .Select(match => match.Groups["name"].Value).Order();

        Assert.Equal(named, Snapshot.Default.Of("Microsoft.Storage/storageAccounts/tableServices/tables")
            .Select(table => ((string)table["name"]!).Split('/')[^1]).Order());
    }

    private static AppSettings Bind(Dictionary<string, string> settings) =>
        AppSettings.Of(settings.Select(setting => KeyValuePair.Create(setting.Key, Resolved(setting.Value))));

    // The platform puts the secret in its place.
    private static string Resolved(string value) =>
        value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal) ? Convert.ToBase64String(new byte[Keyring.KeyBytes]) : value;

    private static void MustBeAConnectionOfTheApp(string setting, string[] parts)
    {
        Assert.True(parts.Length == 2 && ConnectionParts.Contains(parts[1]), $"{setting} is no part of a connection.");
        Assert.True(
            Repository.AppSource.Contains($"Connection = \"{parts[0]}\"", StringComparison.Ordinal)
                || Repository.AppSource.Contains($"[\"{parts[0]}\"]", StringComparison.Ordinal),
            $"{setting}: the app knows no connection {parts[0]}.");
    }

    private static void MustBeALineOfHostJson(string[] parts)
    {
        var node = JsonNode.Parse(Repository.TextOf("host.json"));
        // The last part may be one that host.json leaves out.
        foreach (var part in parts[1..^1]) node = node?[part];
        Assert.True(node is JsonObject, $"host.json has no {string.Join('.', parts[1..^1])}.");
    }

    [GeneratedRegex("\"%(?<key>[^%\"]+)%\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Binding();

    [GeneratedRegex("GetTableClient\\(\"(?<name>\\w+)\"\\)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Table();
}

using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>
/// The golden files: what would be deployed, resource by resource. Run with VCAS_WRITE_GOLDEN=1 to write them anew, then read
/// what changed.
/// </summary>
public sealed class SnapshotTests
{
    public static TheoryData<string> Names => Snapshot.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_would_be_deployed_is_what_was_read_and_agreed(string name)
    {
        var mode = Environment.GetEnvironmentVariable("VCAS_WRITE_GOLDEN") == "1" ? "overwrite" : "validate";

        (await SnapshotAsync(Path.Combine(Repository.Snapshots, name + ".bicepparam"), mode)).MustBeClean();
    }

    [Fact]
    public async Task A_change_that_nobody_agreed_to_fails()
    {
        using var copy = new Copy();
        copy.Change("infra/modules/storage.bicep", "allowSharedKeyAccess: false", "allowSharedKeyAccess: true");

        var run = await SnapshotAsync(copy.PathOf("tests/Infra.Tests/Snapshots/default.bicepparam"), "validate");

        Assert.False(run.IsClean);
        Assert.Contains("allowSharedKeyAccess", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_key_and_no_password_is_read_or_left_usable(string name)
    {
        var snapshot = Snapshot.Named(name);

        foreach (var word in new[] { "listKeys", "listSecrets", "AccountKey=", "SharedAccessKey", "password" })
            Assert.DoesNotContain(word, snapshot.Text, StringComparison.OrdinalIgnoreCase);
        Assert.All(snapshot.Of("Microsoft.Storage/storageAccounts"), account =>
        {
            Assert.False((bool)account["properties"]!["allowSharedKeyAccess"]!);
            Assert.False((bool)account["properties"]!["allowBlobPublicAccess"]!);
        });
        Assert.True((bool)snapshot.Single("Microsoft.ServiceBus/namespaces")["properties"]!["disableLocalAuth"]!);
        Assert.True((bool)snapshot.Single("Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!);
        Assert.False((bool)snapshot.Single("Microsoft.Web/sites/basicPublishingCredentialsPolicies")["properties"]!["allow"]!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Keys_are_referred_to_and_never_made(string name)
    {
        var snapshot = Snapshot.Named(name);
        var vault = (string)snapshot.Single("Microsoft.KeyVault/vaults")["name"]!;
        Assert.Empty(snapshot.Of("Microsoft.KeyVault/vaults/secrets"));
        Assert.True((bool)snapshot.Single("Microsoft.KeyVault/vaults")["properties"]!["enablePurgeProtection"]!);

        var settings = snapshot.Settings();
        Assert.Equal($"@Microsoft.KeyVault(VaultName={vault};SecretName=hashing)", settings["Vcas__Sealing__HashKey"]);
        Assert.Equal(
            $"@Microsoft.KeyVault(VaultName={vault};SecretName=sealing-{settings["Vcas__Sealing__ActiveKey"]})",
            settings[$"Vcas__Sealing__Keys__{settings["Vcas__Sealing__ActiveKey"]}"]);
        Assert.Contains("userAssignedIdentities", (string)Site(snapshot)["keyVaultReferenceIdentity"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_registration_nobody_is_let_in()
    {
        var door = Snapshot.Default.Single("Microsoft.Web/sites/config", "/authsettingsV2")["properties"]!;

        Assert.True((bool)door["globalValidation"]!["requireAuthentication"]!);
        Assert.Empty(door["identityProviders"]!.AsObject());
        Assert.Equal("Deny", (string?)Site(Snapshot.Default)["siteConfig"]!["ipSecurityRestrictionsDefaultAction"]);
    }

    [Fact]
    public void With_a_registration_only_its_tokens_open_the_door()
    {
        var door = Snapshot.Everything.Single("Microsoft.Web/sites/config", "/authsettingsV2")["properties"]!;

        Assert.Equal("Return401", (string?)door["globalValidation"]!["unauthenticatedClientAction"]);
        Assert.Equal(
            "44444444-5555-6666-7777-888888888888",
            (string?)door["identityProviders"]!["azureActiveDirectory"]!["registration"]!["clientId"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Azd_finds_the_group_and_the_app_by_their_tags(string name)
    {
        var snapshot = Snapshot.Named(name);

        Assert.Equal("golden", (string?)snapshot.Single("Microsoft.Resources/resourceGroups")["tags"]!["azd-env-name"]);
        Assert.Equal("api", (string?)snapshot.Single("Microsoft.Web/sites")["tags"]!["azd-service-name"]);
        Assert.Contains("\n  api:\n", Repository.TextOf("azure.yaml").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_instance_is_always_there_to_keep_time()
    {
        var config = Site(Snapshot.Default)["functionAppConfig"]!;

        var ready = Assert.Single(config["scaleAndConcurrency"]!["alwaysReady"]!.AsArray())!;
        Assert.Equal("durable", (string?)ready["name"]);
        Assert.Equal(1, (int)ready["instanceCount"]!);
        Assert.Equal("dotnet-isolated 10.0", $"{config["runtime"]!["name"]} {config["runtime"]!["version"]}");
    }

    [Fact]
    public void Without_a_choice_storage_and_vault_are_closed_to_the_internet_and_the_bus_is_as_its_tier_can_be()
    {
        var snapshot = Snapshot.Default;

        Assert.Equal(3, snapshot.Of("Microsoft.Storage/storageAccounts").Count());
        Assert.All(snapshot.Of("Microsoft.Storage/storageAccounts").Append(snapshot.Single("Microsoft.KeyVault/vaults")), closed =>
        {
            Assert.Equal(
                ("Disabled", "Deny"),
                ((string?)closed["properties"]!["publicNetworkAccess"], (string?)closed["properties"]!["networkAcls"]!["defaultAction"]));
        });
        Assert.Equal(6, snapshot.Of("Microsoft.Network/privateEndpoints").Count());
        // A Standard bus has no private endpoints and no rules of addresses: its identities are all that keeps others out.
        var bus = snapshot.Single("Microsoft.ServiceBus/namespaces");
        Assert.Equal(("Standard", "Enabled", true), (
            (string?)bus["sku"]!["name"],
            (string?)bus["properties"]!["publicNetworkAccess"],
            (bool)bus["properties"]!["disableLocalAuth"]!));
        Assert.Contains("A Standard bus can't be private", Repository.TextOf("docs/operations/deploy.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Private_networking_leaves_no_way_in_from_the_internet_but_VCASs_own_and_the_one_by_which_keys_are_put_in()
    {
        var snapshot = Snapshot.Everything;

        Assert.All(
            snapshot.Of("Microsoft.Storage/storageAccounts"),
            account => Assert.Equal("Disabled", (string?)account["properties"]!["publicNetworkAccess"]));
        var rules = snapshot.Single("Microsoft.ServiceBus/namespaces/networkRuleSets")["properties"]!;
        Assert.Equal("Deny", (string?)rules["defaultAction"]);
        Assert.Equal(["192.0.2.0/28"], rules["ipRules"]!.AsArray().Select(rule => (string?)rule!["ipMask"]));
        var door = snapshot.Single("Microsoft.KeyVault/vaults")["properties"]!["networkAcls"]!;
        Assert.Equal(
            ("Deny", "198.51.100.7/32"), ((string?)door["defaultAction"], (string?)Assert.Single(door["ipRules"]!.AsArray())!["value"]));
        Assert.Equal(7, snapshot.Of("Microsoft.Network/privateEndpoints").Count());
    }

    [Theory]
    [InlineData("default", 35, "Unlocked")]
    [InlineData("everything", 90, "Locked")]
    public void Backups_can_not_be_changed_for_as_long_as_they_are_kept_and_are_deleted_then(string name, int days, string state)
    {
        var snapshot = Snapshot.Named(name);
        var account =
            snapshot.Of("Microsoft.Storage/storageAccounts")
                .Single(one => ((string)one["name"]!).StartsWith("bk", StringComparison.Ordinal));
        var policy = account["properties"]!["immutableStorageWithVersioning"]!["immutabilityPolicy"]!;
        Assert.Equal((days, state), ((int)policy["immutabilityPeriodSinceCreationInDays"]!, (string?)policy["state"]));
        var rule = Assert.Single(
            snapshot.Single("Microsoft.Storage/storageAccounts/managementPolicies")["properties"]!["policy"]!["rules"]!.AsArray())!;
        Assert.Equal(days + 1, (int)rule["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterCreationGreaterThan"]!);
        var settings = snapshot.Settings();
        Assert.Equal(("true", "vcas-backup"), (settings["Vcas__Backup__Enabled"], settings["Vcas__Backup__Container"]));
        Assert.Contains((string)account["name"]!, settings["BackupConnection__serviceUri"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_task_hub_is_called_as_host_json_calls_it()
    {
        var host = JsonNode.Parse(Repository.TextOf("host.json"))!;

        Assert.EndsWith(
            "/" + (string?)host["extensions"]!["durableTask"]!["hubName"],
            (string?)Snapshot.Everything.Single("Microsoft.DurableTask/schedulers/taskHubs")["name"],
            StringComparison.Ordinal);
    }

    private static JsonNode Site(Snapshot snapshot) => snapshot.Single("Microsoft.Web/sites")["properties"]!;

    private static Task<BicepRun> SnapshotAsync(string parameters, string mode) => Bicep.RunAsync(
        [
            "snapshot", parameters, "--mode", mode, "--location", "uksouth",
            "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002",
        ]);
}

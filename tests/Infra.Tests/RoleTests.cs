namespace Infra.Tests;

/// <summary>Who may do what: no role but these, nowhere but there.</summary>
public sealed class RoleTests
{
    private const string App = "the app";
    private const string Vcas = "VCAS";

    // As published: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> Published = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Azure Service Bus Data Sender",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Azure Service Bus Data Receiver",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
    };

    private static readonly string[] Always =
    [
        $"{App}: Storage Blob Data Owner on storageAccounts",
        $"{App}: Storage Queue Data Contributor on storageAccounts",
        $"{App}: Storage Table Data Contributor on storageAccounts",
        $"{App}: Azure Service Bus Data Sender on queues/referrals",
        $"{App}: Azure Service Bus Data Receiver on queues/referral-answers",
        $"{App}: Azure Service Bus Data Receiver on queues/referrals-dead",
        $"{App}: Azure Service Bus Data Receiver on queues/referral-answers-dead",
        $"{App}: Storage Blob Data Contributor on containers/anchors",
        $"{App}: Monitoring Metrics Publisher on components",
        $"{App}: Key Vault Secrets User on vaults",
        $"{App}: containers/blobs/add/action on containers/vcas-backup",
    ];

    [Fact]
    public void By_default_the_app_alone_may_do_its_own_work() => Assert.Equal(Always.Order(), Grants(Snapshot.Default));

    [Fact]
    public void VCAS_may_take_referrals_and_give_answers_and_nothing_else() => Assert.Equal(
        Always.Concat(
        [
            $"{Vcas}: Azure Service Bus Data Receiver on queues/referrals",
            $"{Vcas}: Azure Service Bus Data Sender on queues/referral-answers",
            $"{App}: Durable Task Data Contributor on taskHubs/VcasHub",
        ]).Order(),
        Grants(Snapshot.Everything));

    private static IEnumerable<string> Grants(Snapshot snapshot) =>
        snapshot.Of("Microsoft.Authorization/roleAssignments").Select(grant =>
        {
            var properties = grant["properties"]!;
            var id = ((string)properties["roleDefinitionId"]!).Split('/')[^1];
            var role = Published.GetValueOrDefault(id) ?? OwnRole(snapshot, id);
            var principal = (string)properties["principalId"]!;
            return $"{(principal.Contains("userAssignedIdentities", StringComparison.Ordinal) ? App : WhoIs(principal))}: {role} on "
                + $"{ScopeOf((string)grant["id"]!)}";
        }).Order();

    // A role of ours is told by all that it allows.
    private static string OwnRole(Snapshot snapshot, string id)
    {
        var permission =
            Assert.Single(snapshot.Single("Microsoft.Authorization/roleDefinitions", id)["properties"]!["permissions"]!.AsArray())!;
        Assert.Empty(permission["actions"]!.AsArray());
        return string.Join(
            ' ', permission["dataActions"]!.AsArray().Select(action => string.Join('/', ((string)action!).Split('/')[^4..])));
    }

    private static string WhoIs(string principal) => principal == "77777777-8888-9999-aaaa-bbbbbbbbbbbb" ? Vcas : principal;

    // The id is either a path or an expression whose first quoted part is the path of what the role is for.
    private static string ScopeOf(string id)
    {
        var path = id.StartsWith('[')
            ? id.Split('\'')[1]
            : id[..id.IndexOf("/providers/Microsoft.Authorization", StringComparison.Ordinal)];
        var parts = path.Split('/');
        return parts[^2] is "queues" or "taskHubs" or "containers" ? $"{parts[^2]}/{parts[^1]}" : parts[^2];
    }
}

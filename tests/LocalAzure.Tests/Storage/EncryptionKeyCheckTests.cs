using System.Text.Json.Nodes;
using LocalAzure.Storage;
using LocalAzure.Tests.Functions;

namespace LocalAzure.Tests.Storage;

/// <summary>A store goes on with the key at rest that it began with, and with no other.</summary>
public sealed class EncryptionKeyCheckTests : IDisposable
{
    private readonly string folder = TestApp.NewFolder();

    private string Vault => Path.Combine(folder, "vault.json");

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("the whole vault is gone")]
    [InlineData("this key alone is gone")]
    [InlineData("this key is another")]
    public async Task A_start_with_another_key_is_stopped_by_its_name_until_the_first_is_put_back(string what)
    {
        await OpenAsync();
        var kept = await File.ReadAllTextAsync(Vault, TestContext.Current.CancellationToken);
        var keys = JsonNode.Parse(kept)!.AsObject();
        switch (what)
        {
            case "the whole vault is gone": File.Delete(Vault); break;
            case "this key alone is gone": keys.Remove("at-rest"); break;
            default: keys["at-rest"] = Convert.ToBase64String(new byte[32]); break;
        }

        if (File.Exists(Vault)) await File.WriteAllTextAsync(Vault, keys.ToJsonString(), TestContext.Current.CancellationToken);

        // And again: that it was tried has changed nothing.
        for (var turn = 0; turn < 2; turn++)
        {
            var stopped = await Assert.ThrowsAsync<StorageException>(OpenAsync);
            Assert.Contains($"'at-rest' in '{Vault}'", stopped.Message, StringComparison.Ordinal);
            Assert.Contains("Put back", stopped.Message, StringComparison.Ordinal);
            Assert.DoesNotContain((string)JsonNode.Parse(kept)!["at-rest"]!, stopped.ToString(), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Vault, kept, TestContext.Current.CancellationToken);
        await OpenAsync();
    }

    [Fact]
    public async Task What_else_lies_in_the_vault_may_change()
    {
        await OpenAsync();
        var keys = JsonNode.Parse(await File.ReadAllTextAsync(Vault, TestContext.Current.CancellationToken))!.AsObject();
        keys["another"] = Convert.ToBase64String(new byte[32]);
        await File.WriteAllTextAsync(Vault, keys.ToJsonString(), TestContext.Current.CancellationToken);
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        await using var store = LocalStore.Open(Path.Combine(folder, "local.db"), Durability.Process);
        await EncryptionKeyCheck.HoldAsync(store);
    }
}

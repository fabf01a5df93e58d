namespace Infra.Tests;

/// <summary>The contract's AsyncAPI document, judged by AsyncAPI's own parser, with the schemas that it refers to.</summary>
[Trait("Needs", "Node")]
public sealed class AsyncApiTests : IDisposable
{
    private const string Contracts = "src/VcasFunctions/Referrals/contracts";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-asyncapi-");

    [Fact]
    public async Task The_asynchronous_interfaces_description_passes_the_judge() =>
        Assert.Empty(await Command.JudgeAsync("asyncapi", Repository.PathOf($"{Contracts}/asyncapi.json")));

    [Theory]
    [InlineData("\"action\": \"receive\"", "\"action\": \"take\"")]
    [InlineData("\"referral.closed.v1.schema.json\"", "\"referral.closed.v2.schema.json\"")]
    public async Task A_fault_in_the_asynchronous_interfaces_description_fails_the_judge(string from, string to)
    {
        foreach (var schema in Directory.EnumerateFiles(Repository.PathOf(Contracts), "*.schema.json"))
            File.Copy(schema, Path.Combine(folder.FullName, Path.GetFileName(schema)));
        var spoilt = Path.Combine(folder.FullName, "asyncapi.json");
        var text = Repository.TextOf($"{Contracts}/asyncapi.json");
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(spoilt, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.NotEmpty(await Command.JudgeAsync("asyncapi", spoilt));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

namespace Infra.Tests;

/// <summary><c>./test</c> knows every suite, and which files each looks at.</summary>
public sealed class TestCommandTests
{
    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Repository.PathOf("tests"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .Where(file => File.ReadAllText(file).Contains("<IsTestProject>true</IsTestProject>", StringComparison.Ordinal))
        .Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Every_project_of_tests_is_one_of_its_suites_with_a_budget(string project)
    {
        var (exitCode, help, _) = await TestAsync("--help");
        Assert.Equal(0, exitCode);
        Assert.Contains(project, help, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^    {project}\) echo [1-9]", Repository.TextOf("test"));
        Assert.Contains(project, await LookingAtAsync($"tests/{project}/Any.cs"));
        Assert.Contains(project, await LookingAtAsync("Directory.Build.props"));
    }

    [Theory]
    [InlineData("src/Vcas.Domain/Offers/Offer.cs", "Vcas.Domain.Tests", "VcasFunctions.Tests", "Simulation")]
    [InlineData("src/LocalAzure/ServiceBus/Broker/Engine.cs", "LocalAzure.Tests", "VcasFunctions.Tests", "EndToEnd.Tests")]
    [InlineData("src/VcasFunctions/Offers/Any.cs", "VcasFunctions.Tests", "Azurite", "Console.Tests", "EndToEnd.Tests", "Infra.Tests")]
    [InlineData("src/VcasConsole/web/times.js", "VcasFunctions.Tests", "Console.Tests", "Console.Tests/unit")]
    [InlineData("src/VcasFunctions/Console/PageHeaders.cs", "VcasFunctions.Tests", "Console.Tests", "Console.Tests/unit")]
    [InlineData("infra/main.bicep", "Infra.Tests")]
    [InlineData("run", "EndToEnd.Tests")]
    [InlineData("docs/access.md", "VcasFunctions.Tests")]
    [InlineData("tests/Shared/RunningApp.cs", "VcasFunctions.Tests", "Console.Tests", "EndToEnd.Tests", "Simulation")]
    public async Task A_change_is_looked_at_by_whoever_stands_on_it(string file, params string[] suites)
    {
        var looking = await LookingAtAsync(file);
        Assert.All(suites, suite => Assert.Contains(suite, looking));
    }

    [Theory]
    [InlineData("no-such-suite")]
    [InlineData("tests")]
    [InlineData("--fast")]
    [InlineData("--quick", "Fuzz")]
    public async Task What_it_does_not_know_is_refused_before_anything_is_built(params string[] arguments)
    {
        var (exitCode, output, messages) = await TestAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Contains("./test", messages, StringComparison.Ordinal);
    }

    private static async Task<string[]> LookingAtAsync(string file)
    {
        var (exitCode, output, messages) = await TestAsync("--touched", file);
        Assert.True(exitCode == 0, messages);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task<(int ExitCode, string Output, string Messages)> TestAsync(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash here.");
        return Command.RunAsync("bash", [Repository.PathOf("test"), .. arguments]);
    }
}

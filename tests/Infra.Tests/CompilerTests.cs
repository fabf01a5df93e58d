namespace Infra.Tests;

public sealed class CompilerTests
{
    private static readonly string Template = Repository.PathOf("infra/main.bicep");

    [Fact]
    public async Task The_template_compiles_and_its_linter_is_silent()
    {
        (await Bicep.RunAsync(["lint", Template])).MustBeClean();
        var build = await Bicep.RunAsync(["build", Template, "--stdout"]);
        build.MustBeClean();
        Assert.Contains("\"$schema\"", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_template_stands_in_the_compilers_own_format()
    {
        using var copy = new Copy();
        (await Bicep.RunAsync(["format", "--pattern", copy.PathOf("infra") + "/**/*.bicep"])).MustBeClean();

        var files = Directory.EnumerateFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories).ToList();
        Assert.True(files.Count > 5, "The templates are not where this test looks for them.");
        Assert.All(
            files,
            file => Assert.Equal(File.ReadAllText(copy.PathOf(Path.GetRelativePath(Repository.Root, file))), File.ReadAllText(file)));
    }

    [Fact]
    public async Task What_azd_hands_over_is_all_that_the_template_asks_for()
    {
        var parameters = await Bicep.RunAsync(
            ["build-params", Repository.PathOf("infra/main.bicepparam"), "--stdout"],
            ("AZURE_ENV_NAME", "golden"),
            ("VCAS_FORCE", "durham"),
            ("VCAS_ALERT_EMAILS", "a@example.org,b@example.org"),
            ("VCAS_LOCK_DATA", "true"));

        parameters.MustBeClean();
        Assert.Contains("b@example.org", parameters.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_property_in_a_template_fails_the_compiler()
    {
        using var copy = new Copy();
        copy.Change("infra/modules/service-bus.bicep", "maxDeliveryCount", "maxDeliveryCuont");

        Assert.False((await Bicep.RunAsync(["lint", copy.PathOf("infra/modules/service-bus.bicep")])).IsClean);
    }
}

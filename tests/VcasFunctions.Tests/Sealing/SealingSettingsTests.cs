using Shared;
using VcasFunctions.Sealing;

namespace VcasFunctions.Tests.Sealing;

/// <summary>A key that is missing or can't be one stops the start and is named; what it holds is not.</summary>
public sealed class SealingSettingsTests
{
    [Theory]
    [InlineData("Vcas:Sealing:ActiveKey=", "Vcas:Sealing:ActiveKey")]
    [InlineData("Vcas:Sealing:ActiveKey=k7", "Vcas:Sealing:ActiveKey")]
    [InlineData("Vcas:Sealing:HashKey=", "Vcas:Sealing:HashKey")]
    [InlineData("Vcas:Sealing:HashKey=c2hvcnQ=", "Vcas:Sealing:HashKey")]
    [InlineData("Vcas:Sealing:Keys:local1=@Microsoft.KeyVault(unresolved)", "Vcas:Sealing:Keys:local1")]
    [InlineData("Vcas:Sealing:Keys:Two-Words=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", "Vcas:Sealing:Keys:Two-Words")]
    public async Task A_wrong_key_stops_the_start_and_is_named(string setting, string named)
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        try
        {
            var stopped = await Assert.ThrowsAnyAsync<Exception>(() => RunningApp.StartAsync(Given.Clock(), folder, settings: setting));
            Assert.Contains(named, stopped.ToString(), StringComparison.Ordinal);
            if (setting.Split('=', 2)[1] is { Length: > 5 } value)
                Assert.DoesNotContain(value, stopped.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Nothing_is_sealed_by_default_and_so_nothing_starts() =>
        Assert.Equal(2, new SealingOptionsValidator().Validate(null, new SealingOptions()).Failures!.Count());

    [Fact]
    public void Well_formed_keys_give_no_failure() =>
        Assert.True(new SealingOptionsValidator().Validate(null, Keys.Options("k1", ("k1", 1), ("k2", 2))).Succeeded);

    [Fact]
    public void Settings_never_print_their_keys() =>
        Assert.DoesNotContain(Keys.Of(1), $"{new Holder(Keys.Options("k1", ("k1", 1)))}", StringComparison.Ordinal);

    // A record prints what it holds.
    private sealed record Holder(SealingOptions Sealing);
}

using Microsoft.Extensions.Options;

namespace LocalAzure.Tests.Functions;

/// <summary>What is wrong with the stand-in's own settings stops the start by name, and not a request in the middle of the day.</summary>
public sealed class OwnSettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LocalAzure:Http:Port=65536", "LocalAzure:Http:Port")]
    [InlineData("LocalAzure:ServiceBus:Port=-1", "LocalAzure:ServiceBus:Port")]
    [InlineData("LocalAzure:Clock:Speed=0", "LocalAzure:Clock:Speed")]
    [InlineData("LocalAzure:Clock:Speed=-30240", "LocalAzure:Clock:Speed")]
    [InlineData("LocalAzure:Clock:Speed=NaN", "LocalAzure:Clock:Speed")]
    [InlineData("LocalAzure:Clock:Speed=Infinity", "LocalAzure:Clock:Speed")]
    [InlineData("LocalAzure:ServiceBus:Queues:0:MaxDeliveryCount=3", "LocalAzure:ServiceBus:Queues:0:Name")]
    [InlineData("LocalAzure:Identity:People:kim:Roles:0=Reader", "LocalAzure:Identity:People:kim:Id")]
    [InlineData("LocalAzure:Identity:People:kim:Id= ", "LocalAzure:Identity:People:kim:Id")]
    [InlineData("LocalAzure:Identity:People:kim:Id=Person-1", "gives two people the id person-1")]
    [InlineData("LocalAzure:Identity:TokenMinutes=0", "LocalAzure:Identity:TokenMinutes")]
    [InlineData("LocalAzure:Identity:TenantId=", "LocalAzure:Identity:TenantId")]
    [InlineData("LocalAzure:Identity:Audience=", "LocalAzure:Identity:Audience")]
    public async Task A_setting_that_can_not_be_meant_stops_the_start_and_is_named(string setting, string named)
    {
        var folder = TestApp.NewFolder();
        try
        {
            var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(folder, setting));
            Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
                folder, "LocalAzure:Clock:Speed=-1", "LocalAzure:Identity:People:kim:Id=", "LocalAzure:Identity:People:lou:Id="));
            Assert.Equal(3, failure.Failures.Count());
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Two_queues_of_one_name_are_refused_and_two_of_different_names_are_not()
    {
        await using (await TestApp.StartAsync(
            typeof(Nothing),
            configure: null,
            folder: null,
            "--LocalAzure:ServiceBus:Queues:0:Name=made",
            "--LocalAzure:ServiceBus:Queues:1:Name=kept"))
        {
        }

        var folder = TestApp.NewFolder();
        try
        {
            var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
                folder, "LocalAzure:ServiceBus:Queues:0:Name=made", "LocalAzure:ServiceBus:Queues:1:Name=Made"));
            Assert.Contains("names made twice", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StartAsync(string folder, params string[] settings)
    {
        string[] person =
        [
            "--LocalAzure:Identity:TenantId=tenant",
            "--LocalAzure:Identity:Audience=service",
            "--LocalAzure:Identity:People:alex:Id=person-1",
        ];
        using var host = TestApp.Build(
            [typeof(Nothing)], configure: null, folder, [.. person, .. settings.Select(setting => $"--{setting}")]);
        await host.StartAsync(Cancellation);
    }

    // An app without functions: only its settings are looked at.
    private static class Nothing;
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using VcasFunctions.Access;

namespace VcasFunctions.Tests.Access;

/// <summary>Nothing starts where nobody could sign in, or where the wrong ones could.</summary>
public sealed class AccessOptionsTests
{
    private const string Tenant = "a0000000-0000-4000-8000-000000000001";
    private const string Local = "http://127.0.0.1:7071/local/identity/v2.0";

    private static readonly AccessOptions Right = new() { TenantId = Tenant, Audience = "a0000000-0000-4000-8000-000000000002" };

    [Fact]
    public void A_tenant_and_an_audience_are_enough_and_mean_Entra()
    {
        Assert.Empty(Faults(Right, Environments.Production, "WEBSITE_SITE_NAME"));
        Assert.Equal($"https://login.microsoftonline.com/{Tenant}/v2.0/.well-known/openid-configuration", Right.MetadataAddress);
    }

    public static TheoryData<string, string?> Wrong => new()
    {
        { "TenantId", null }, { "TenantId", "" }, { "TenantId", "common" }, { "TenantId", "00000000-0000-0000-0000-000000000000" },
        { "Audience", null }, { "Audience", "vcas" }, { "Audience", "00000000-0000-0000-0000-000000000000" },
        { "ConsoleClientId", "console" }, { "Clients:0", "Power Apps" }, { "Clients:0", "" },
        { "Clients:0", "a0000000-0000-4000-8000-0000000000c1\n" }, { "TenantId", " a0000000-0000-4000-8000-000000000001" },
        { "Authority", "https://login.example.org/" }, { "Authority", "https://login.microsoftonline.com/common/v2.0" },
        { "Authority", $"http://login.microsoftonline.com/{Tenant}/v2.0" }, {
            "Authority",
            $"https://login.microsoftonline.com.example.org/{Tenant}/v2.0"
        },
        { "Authority", "http://10.0.0.1/local/identity/v2.0" }, { "Authority", "off" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_setting_that_cannot_be_right_is_named(string setting, string? value)
    {
        var options = setting switch
        {
            "TenantId" => Right with { TenantId = value },
            "Audience" => Right with { Audience = value },
            "ConsoleClientId" => Right with { ConsoleClientId = value },
            "Clients:0" => Right with { Clients = [value!] },
            _ => Right with { Authority = value },
        };
        Assert.Contains(
            Faults(options, Environments.Development), fault => fault.StartsWith($"Vcas:Access:{setting} ", StringComparison.Ordinal));
    }

    [Fact]
    public void This_machine_signs_people_in_on_a_developers_machine() =>
        Assert.Empty(Faults(Right with { Authority = Local }, Environments.Development));

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Staging", null)]
    [InlineData("Development", "WEBSITE_SITE_NAME")]
    [InlineData("Development", "WEBSITE_INSTANCE_ID")]
    [InlineData("Development", "WEBSITE_SKU")]
    public void An_authority_on_this_machine_is_taken_nowhere_but_on_a_developers_machine(string environment, string? setByAzure) =>
        Assert.Contains(
            Faults(Right with { Authority = Local }, environment, setByAzure),
            fault => fault.StartsWith("Vcas:Access:Authority ", StringComparison.Ordinal));

    [Fact]
    public async Task The_app_does_not_start_without_and_says_which_setting()
    {
        foreach (var setting in new[] { "Vcas:Access:TenantId", "Vcas:Access:Audience", "Vcas:Access:Authority" })
        {
            var stopped = await Assert.ThrowsAnyAsync<Exception>(
                () => Shared.RunningApp.StartAsync(Given.Clock(), settings: $"{setting}=none"));
            Assert.Contains(setting, stopped.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_app_does_not_start_with_this_machines_issuer_where_Azure_has_set_its_marks()
    {
        var stopped = await Assert.ThrowsAnyAsync<Exception>(
            () => Shared.RunningApp.StartAsync(Given.Clock(), settings: "WEBSITE_SITE_NAME=func-vcas"));
        Assert.Contains("Vcas:Access:Authority", stopped.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Faults(AccessOptions options, string environment, string? setByAzure = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(setByAzure is null ? [] : [KeyValuePair.Create(setByAzure, (string?)"func-vcas")]).Build();
        return [.. new AccessOptionsValidator(configuration, new Place(environment)).Validate(null, options).Failures ?? []];
    }

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "VcasFunctions";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

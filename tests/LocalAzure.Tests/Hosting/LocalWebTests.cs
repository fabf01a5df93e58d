using LocalAzure.Tests.Functions;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalAzure.Tests.Hosting;

public sealed class LocalWebTests
{
    [Fact]
    public void A_start_neither_reads_nor_writes_cookie_keys_in_the_user_s_folder()
    {
        using var host = TestApp.Build([typeof(DiscoveryTests.Good)], null, TestApp.NewFolder());
        // Sign-in has brought the keys along; nothing asks for them at the start.
        Assert.NotNull(host.Services.GetService<IKeyManager>());
        var keys = typeof(IKeyManager).Assembly;
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service.GetType().Assembly == keys);
    }
}

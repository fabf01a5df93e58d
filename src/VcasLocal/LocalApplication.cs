using LocalAzure;
using LocalAzure.Time;
using Microsoft.Extensions.DependencyInjection;
using VcasFunctions;
using VcasFunctions.Access;

namespace VcasLocal;

/// <summary>The app and its stand-in for Azure, composed.</summary>
public static class LocalApplication
{
    /// <summary>
    /// The whole, ready to be built: Program.cs of the app, with the builder that needs no Azure. Tests put their own
    /// clock in before they build it.
    /// </summary>
    public static LocalAzureBuilder CreateBuilder(string[] args)
    {
        var builder = new LocalAzureBuilder(typeof(VcasApplication).Assembly, args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddKeyedSingleton(Tokens.Clock, (provider, _) => LocalClock.WallOf(provider.GetRequiredService<TimeProvider>()));
        VcasApplication.Configure(builder, builder.Configuration);
        return builder;
    }
}

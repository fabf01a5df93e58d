using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Backup;
using VcasFunctions.Console;
using VcasFunctions.Description;
using VcasFunctions.Health;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Limits;
using VcasFunctions.Nightly;
using VcasFunctions.Notifications;
using VcasFunctions.Offers;
using VcasFunctions.People;
using VcasFunctions.Referrals;
using VcasFunctions.Retention;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;
using VcasFunctions.Tasks;
using VcasFunctions.Telemetry;

namespace VcasFunctions;

/// <summary>What the app is made of.</summary>
public static class VcasApplication
{
    /// <summary>
    /// Puts the app into a builder: the Functions worker's own, or any that takes the worker's middleware. The builder serves ASP.NET
    /// Core's types already (<c>ConfigureFunctionsWebApplication</c>), so that the middleware finds the request.
    /// </summary>
    public static void Configure<TBuilder>(TBuilder builder, ConfigurationManager configuration)
        where TBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
    {
        // Before the server is made, which asks for it once; for calls that go out there is no other place.
        DistributedContextPropagator.Current = new TraceContextOnlyPropagator();
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = VcasDefaults.Values });
        builder.UseWhen<ResponseHeaderMiddleware>(IsRequest);
        builder.UseWhen<ServiceStateMiddleware>(IsRequest);
        builder.UseWhen<ProblemMiddleware>(IsRequest);
        builder.UseWhen<RefusalMiddleware>(IsRequest);
        builder.UseWhen<UnsignedLimitMiddleware>(IsRequest);
        builder.UseWhen<AccessMiddleware>(IsRequest);
        builder.UseWhen<LimitMiddleware>(IsRequest);

        ((IHostApplicationBuilder)builder).Services
            .AddAzureClients()
            .AddSettings()
            .AddTelemetry(configuration)
            .AddTables()
            .AddSealing()
            .AddAccess()
            .AddAudit()
            .AddHouseholds()
            .AddOffers()
            .AddNotifications()
            .AddPeople()
            .AddReferrals()
            .AddRetention()
            .AddBackup()
            .AddSweep()
            .AddTasks()
            .AddNightly()
            .AddHealth()
            .AddLimits()
            .AddConsole()
            .AddDescription();
    }

    // An orchestration takes several steps for each household that falls due, each an invocation, and none of them has anything to do with
    // headers, tokens and refusals.
    private static bool IsRequest(FunctionContext context) => context.GetHttpContext() is not null;
}

using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Backup;
using VcasFunctions.CallBacks;
using VcasFunctions.Console;
using VcasFunctions.Dangers;
using VcasFunctions.Health;
using VcasFunctions.Limits;
using VcasFunctions.Notifications;
using VcasFunctions.Offers;
using VcasFunctions.Problems;
using VcasFunctions.Referrals;
using VcasFunctions.Reporting;
using VcasFunctions.Retention;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tables;
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
        DistributedContextPropagator.Current = new TraceAlone();
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = VcasDefaults.Values });
        builder.UseMiddleware<HeaderMiddleware>();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<RefusalMiddleware>();
        builder.UseMiddleware<StrangerMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        builder.UseMiddleware<LimitMiddleware>();

        ((IHostApplicationBuilder)builder).Services
            .AddAzureClients()
            .AddSettings(configuration)
            .AddTelemetry(configuration)
            .AddSingleton<Tokens>().AddSingleton<RequestLimits>()
            .AddSingleton<VcasTables>().AddSingleton<ClockWatch>().AddHostedService<TableSetUp>().AddHostedService<KeyCheck>()
            .AddSingleton<Keyring>().AddSingleton<Sealer>().AddSingleton<SealRenewal>()
            .AddSingleton<AuditChain>().AddSingleton<TouchedDays>().AddSingleton<ReadLog>()
            .AddSingleton<BlindKeys>().AddSingleton<HouseholdIndex>().AddSingleton<IndexRenewal>()
            .AddSingleton<DoNotCallRegister>().AddSingleton<CallBarriers>()
            .AddSingleton<HouseholdEraser>().AddSingleton<AuditExpiry>().AddSingleton<DeadLetters>()
            .AddSingleton<TablesBackup>()
            .AddSingleton<KeptAnchors>().AddSingleton<AuditAnchors>().AddSingleton<AuditCheck>().AddSingleton<AuditExport>()
            .AddSingleton<RefusalLog>().AddSingleton<VerificationNotes>().AddSingleton<NightlyVerification>()
            .AddSingleton<OfferStore>().AddSingleton<Casework>()
            .AddSingleton<CallBackList>().AddSingleton<CallBackPlaces>().AddSingleton<Claims>().AddSingleton<DangerList>()
            .AddSingleton<ReferralList>().AddSingleton<ReferralSender>().AddSingleton<AnswerIntake>()
            .AddSingleton<TeamsPace>().AddSingleton<GroupMembers>().AddSingleton<TeamsNotifier>()
            .AddSingleton<NoticeDigests>().AddSingleton<HouseholdNotices>()
            .AddSingleton<Register>()
            .AddSingleton<Mender>()
            .AddSingleton<SweepNotes>()
            .AddSingleton<WriteProbe>().AddSingleton<Dependencies>();
    }

    private static IServiceCollection AddSettings(this IServiceCollection services, ConfigurationManager configuration)
    {
        // Otherwise a misspelt setting, or a list's entry that can't be read, would be ignored silently.
        services.AddOptions<VcasOptions>()
            .Configure(_ => ExactSettings.Check(configuration.GetSection(VcasOptions.Section), typeof(VcasOptions)))
            .Bind(configuration.GetSection(VcasOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<VcasOptions>, VcasOptionsValidator>()
            .AddSingleton<IValidateOptions<VcasOptions>, AccessOptionsValidator>()
            .AddSingleton<IValidateOptions<VcasOptions>, SealingOptionsValidator>()
            .AddSingleton<IValidateOptions<VcasOptions>, RetentionOptionsValidator>()
            .AddSingleton<IValidateOptions<VcasOptions>, BackupOptionsValidator>()
            .AddSingleton<VcasSettings>().AddHostedService<HolidaysNotice>();
    }
}

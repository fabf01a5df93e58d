using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Backup;
using VcasFunctions.Console;
using VcasFunctions.Households;
using VcasFunctions.Limits;
using VcasFunctions.Nightly;
using VcasFunctions.Notifications;
using VcasFunctions.Referrals;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Sweep;
using VcasFunctions.Tasks;

namespace Infra.Tests;

/// <summary>
/// The app's settings read from those of a template as the app itself reads them: each section by its owner, and nothing that nobody
/// reads. Sign-in and the backup are bound and not checked: what they ask for is known only when people and accounts are there.
/// </summary>
internal sealed class AppSettings : IDisposable
{
    private readonly ServiceProvider services;

    private AppSettings(ServiceProvider services) => this.services = services;

    /// <summary>Those of <c>Vcas__…</c>; others are not the app's own.</summary>
    public static AppSettings Of(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Key.StartsWith("Vcas__", StringComparison.Ordinal))
                .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":"), (string?)setting.Value)))
            .Build();
        return new AppSettings(new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSettings()
            .AddSection<AccessOptions>(AccessOptions.Section)
            .AddSection<BackupOptions>(BackupOptions.Section)
            .AddSection<ConsoleOptions, ConsoleOptionsValidator>(ConsoleOptions.Section)
            .AddSection<LawOptions, LawOptionsValidator>(LawOptions.Section)
            .AddSection<LimitOptions, LimitOptionsValidator>(LimitOptions.Section)
            .AddSection<NightlyOptions>(NightlyOptions.Section)
            .AddSection<NotificationOptions, NotificationOptionsValidator>(NotificationOptions.Section)
            .AddSection<ReferralOptions, ReferralOptionsValidator>(ReferralOptions.Section)
            .AddSection<RetentionOptions, RetentionOptionsValidator>(RetentionOptions.Section)
            .AddSection<SafetyOptions, SafetyOptionsValidator>(SafetyOptions.Section)
            .AddSection<SealingOptions, SealingOptionsValidator>(SealingOptions.Section)
            .AddSection<SweepOptions, SweepOptionsValidator>(SweepOptions.Section)
            .AddSection<TasksOptions, TasksOptionsValidator>(TasksOptions.Section)
            .BuildServiceProvider());
    }

    /// <summary>What the app's check at the start finds.</summary>
    /// <exception cref="InvalidOperationException">A setting that nobody reads, or one that can't be read.</exception>
    public IReadOnlyList<string> Failures()
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
    }

    /// <summary>One folder's settings, checked.</summary>
    public TOptions Read<TOptions>() where TOptions : class => services.GetRequiredService<IOptions<TOptions>>().Value;

    /// <inheritdoc/>
    public void Dispose() => services.Dispose();
}

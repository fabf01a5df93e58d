using VcasFunctions.Nightly;
using VcasFunctions.Referrals;
using VcasFunctions.Sweep;
using VcasFunctions.Tasks;

namespace VcasFunctions;

/// <summary>
/// Values that trigger bindings read as <c>%Vcas:…%</c>, which look into configuration and not into option classes. They stand
/// beneath every other source; in Azure the host resolves bindings itself, from the app settings that the infrastructure sets.
/// </summary>
public static class VcasDefaults
{
    /// <summary>The defaults, by the setting's key.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["Vcas:Referrals:AnswersSchedule"] = new ReferralOptions().AnswersSchedule,
        ["Vcas:Sweep:Schedule"] = new SweepOptions().Schedule,
        ["Vcas:Nightly:Schedule"] = new NightlyOptions().Schedule,
        ["Vcas:Tasks:Schedule"] = new TasksOptions().Schedule,
    };
}

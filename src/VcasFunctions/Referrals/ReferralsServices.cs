using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Referrals;

/// <summary>What this folder brings into the app.</summary>
internal static class ReferralsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddReferrals(this IServiceCollection services) => services
        .AddSection<ReferralOptions, ReferralOptionsValidator>(ReferralOptions.Section)
        .AddSingleton<ReferralSender>()
        .AddSingleton<AnswerIntake>()
        .AddSingleton<DeadLetters>()
        .AddSingleton<DeadLetterExpiry>();
}

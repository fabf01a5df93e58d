using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Referrals;

/// <summary>What this folder brings into the app.</summary>
internal static class ReferralsServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddReferrals(this IServiceCollection services) => services
        .AddSingleton<ReferralSender>()
        .AddSingleton<AnswerIntake>();
}

using Microsoft.Extensions.DependencyInjection;

namespace VcasFunctions.Description;

/// <summary>What this folder brings into the app.</summary>
internal static class DescriptionServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddDescription(this IServiceCollection services) => services
        .AddSingleton(AccessMatrix.Table)
        .AddSingleton(_ => new ApiDocument(ApiDescription.Document));
}

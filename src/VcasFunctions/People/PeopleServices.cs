using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.People;

/// <summary>What this folder brings into the app.</summary>
internal static class PeopleServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSection<DirectoryOptions, DirectoryOptionsValidator>(DirectoryOptions.Section)
        .AddSingleton<DirectoryPeople>()
        .AddSingleton<SeenPeople>()
        .AddSingleton<TeamPeople>();
}

using Microsoft.Extensions.DependencyInjection;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>What this folder brings into the app.</summary>
internal static class TasksServices
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSection<TasksOptions, TasksOptionsValidator>(TasksOptions.Section)
        .AddSingleton<OpenTasks>()
        .AddSingleton<TaskStages>()
        .AddSingleton<MorningMarks>()
        .AddSingleton<PassedNumbers>()
        .AddSingleton<NumberNotices>();
}

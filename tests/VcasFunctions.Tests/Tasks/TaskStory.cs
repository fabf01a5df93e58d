using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace VcasFunctions.Tests.Tasks;

/// <summary>An app with two teams: the north has a supervisor and a deputy, the south a supervisor alone.</summary>
internal static class TaskStory
{
    public const string Supervisor = "5a000000-0000-4000-8000-000000000001";
    public const string Deputy = "5a000000-0000-4000-8000-000000000002";
    public const string OtherSupervisor = "5a000000-0000-4000-8000-000000000003";
    public const string CallBackTeam = "11111111-2222-3333-4444-555555555555";

    /// <summary>A setting for a test of mornings.</summary>
    public const string Hourly = "Vcas:Tasks:Schedule=0 0 * * * *";

    private static readonly string[] Settings =
    [
        $"Vcas:Teams:north:Supervisor={Supervisor}",
        $"Vcas:Teams:north:Deputy={Deputy}",
        $"Vcas:Teams:south:Supervisor={OtherSupervisor}",
        RunningApp.SweptDaily,
        .. Person("boss", Supervisor),
        .. Person("deputy", Deputy),
        .. Person("other", OtherSupervisor),
    ];

    public static Task<RunningApp> StartAsync(params string[] settings) => StartAsync(Given.Clock(), null, settings);

    public static Task<RunningApp> StartAsync(FakeTimeProvider clock, string? folder, params string[] settings) =>
        RunningApp.StartAsync(clock, folder, settings: [.. Settings, .. settings]);

    /// <summary>The kinds of tasks that somebody is shown, with the households.</summary>
    public static async Task<IReadOnlyList<(string Kind, Guid Id)>> TasksAsync(this Api api, string query = "") =>
        [.. (await api.GetAsync($"tasks{query}")).Must(200).Json.GetProperty("tasks").EnumerateArray()
            .Select(task => (task.GetProperty("kind").GetString()!, task.GetProperty("id").GetGuid()))];

    /// <summary>One task as somebody is shown it.</summary>
    public static async Task<JsonElement> TaskAsync(this Api api, Guid id, string kind) =>
        (await api.GetAsync("tasks")).Must(200).Json.GetProperty("tasks").EnumerateArray()
            .Single(task => task.GetProperty("id").GetGuid() == id && task.GetProperty("kind").GetString() == kind);

    /// <summary>What somebody was told by notices of a type.</summary>
    public static IReadOnlyList<string> Told(this RunningApp app, string who, string type) =>
        [.. app.Azure.Graph.Inbox(who).Where(notice => notice.ActivityType == type).Select(notice => notice.PreviewText)];

    private static IEnumerable<string> Person(string name, string id) =>
    [
        $"LocalAzure:Identity:People:{name}:Id={id}",
        $"LocalAzure:Identity:People:{name}:Roles:0=Supervisor",
    ];
}

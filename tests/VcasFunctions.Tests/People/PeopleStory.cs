using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shared;

namespace VcasFunctions.Tests.People;

/// <summary>Two teams with callers of their own, a supervisor for each, and an officer who has nothing to assign.</summary>
internal static class PeopleStory
{
    public const string NorthCallers = "d0000000-0000-4000-8000-000000000011";
    public const string SouthCallers = "d0000000-0000-4000-8000-000000000012";
    public const string Boss = "5a000000-0000-4000-8000-0000000000b1";
    public const string Deputy = "5a000000-0000-4000-8000-0000000000b2";
    public const string North = "5a000000-0000-4000-8000-0000000000c1";
    public const string South = "5a000000-0000-4000-8000-0000000000c2";

    private static readonly string[] Settings =
    [
        $"Vcas:Teams:north:Supervisor={Boss}",
        $"Vcas:Teams:north:Deputy={Deputy}",
        "Vcas:Teams:north:CallBackTeam=north-calls",
        "Vcas:Teams:south:CallBackTeam=south-calls",
        $"Vcas:CallBackTeams:north-calls:GroupId={NorthCallers}",
        $"Vcas:CallBackTeams:south-calls:GroupId={SouthCallers}",
        "Vcas:Directory:Enabled=false",
        RunningApp.SweptDaily,
        .. Person("boss", Boss, "Ada Quillivant", "Supervisor", null),
        .. Person("deputy", Deputy, "Kit Umberleigh", "Supervisor", null),
        .. Person("north", North, "Priya Vosper", "Caller", NorthCallers),
        .. Person("south", South, "Sam Yardarm", "Caller", SouthCallers),
    ];

    public static Task<RunningApp> StartAsync(params string[] settings) => StartAsync(Given.Clock(), null, null, settings);

    public static Task<RunningApp> StartAsync(
        FakeTimeProvider clock, string? folder, Action<LocalAzure.LocalAzureBuilder>? configure, params string[] settings) =>
        RunningApp.StartAsync(clock, folder, configure, [.. Settings, .. settings]);

    /// <summary>Somebody signs in, and the page asks who they are.</summary>
    public static async Task ComesAsync(this RunningApp app, params string[] people)
    {
        foreach (var person in people)
        {
            using var api = new Api(app, person);
            (await api.GetAsync("me")).Must(200);
        }
    }

    /// <summary>Whom somebody is shown: names, from where they are known, and for which teams they call.</summary>
    public static async Task<IReadOnlyList<string>> PeopleAsync(this Api api) =>
        [.. (await api.GetAsync("people")).Must(200).Json.GetProperty("people").EnumerateArray().Select(Line)];

    private static string Line(JsonElement person) =>
        $"{person.GetProperty("name")} {person.GetProperty("source")} "
        + string.Join(",", person.GetProperty("callBackTeams").EnumerateArray());

    private static IEnumerable<string> Person(string key, string id, string name, string role, string? group)
    {
        yield return $"LocalAzure:Identity:People:{key}:Id={id}";
        yield return $"LocalAzure:Identity:People:{key}:Name={name}";
        yield return $"LocalAzure:Identity:People:{key}:Roles:0={role}";
        if (group is not null) yield return $"LocalAzure:Identity:People:{key}:Groups:0={group}";
    }
}

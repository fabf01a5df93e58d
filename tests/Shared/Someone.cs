using System.Text.RegularExpressions;

namespace Shared;

/// <summary>People whom the local issuer signs in for tests.</summary>
public static partial class Someone
{
    /// <summary>Has every role, in every team that the settings name and in all that they don't.</summary>
    public const string WhoMayDoAll = "everybody";

    /// <summary>The group that stands for every team.</summary>
    public const string EveryTeam = "b0000000-0000-4000-8000-0000000000ff";

    private static readonly string[] Roles = ["Officer", "Caller", "Supervisor", "Vcas", "Auditor", "Administrator"];

    // One key for all apps of all tests: to make one takes longer than to start an app.
    private static readonly string KeyFile = Path.Combine(Path.GetTempPath(), "vcas-tests", "identity.pem");

    /// <summary>What makes the local issuer know them, beneath the settings of a test.</summary>
    public static IEnumerable<string> Settings(IEnumerable<string> settings)
    {
        yield return $"LocalAzure:Identity:KeyFile={KeyFile}";
        // Tests let weeks pass in an instant, also between the moment a token is sent and the moment it is looked at.
        yield return "LocalAzure:Identity:TokenMinutes=1051200";
        // One person does the work of hundreds here.
        yield return "Vcas:Limits:RequestsPerMinute=1000000";
        yield return "Vcas:Limits:ExportsPerMinute=1000000";
        yield return "Vcas:Limits:SearchesPerMinute=1000000";
        yield return $"LocalAzure:Identity:People:{WhoMayDoAll}:Id=e0000000-0000-4000-8000-000000000001";
        yield return $"LocalAzure:Identity:People:{WhoMayDoAll}:Groups:0={EveryTeam}";
        foreach (var person in new[] { "officer", "caller", "caller2", "caller3" })
            yield return $"LocalAzure:Identity:People:{person}:Groups:0={EveryTeam}";
        for (var i = 0; i < Roles.Length; i++) yield return $"LocalAzure:Identity:People:{WhoMayDoAll}:Roles:{i}={Roles[i]}";
        yield return $"Vcas:OtherTeams:GroupId={EveryTeam}";
        foreach (var team in settings.Select(setting => NamedTeam().Match(setting))
            .Where(found => found.Success).Select(found => found.Groups["team"].Value).Distinct())
            yield return $"Vcas:Teams:{team}:GroupId={EveryTeam}";
        foreach (var team in settings.Select(setting => CallBackTeam().Match(setting))
            .Where(found => found.Success).Select(found => found.Groups["team"].Value).Append("call-back").Distinct())
            yield return $"Vcas:CallBackTeams:{team}:GroupId={EveryTeam}";
    }

    [GeneratedRegex("^Vcas:Teams:(?<team>[^:]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedTeam();

    [GeneratedRegex("CallBackTeam=(?<team>[a-z0-9-]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CallBackTeam();
}

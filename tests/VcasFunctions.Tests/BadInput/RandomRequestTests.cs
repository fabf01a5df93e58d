using CsCheck;
using Shared;

namespace VcasFunctions.Tests.BadInput;

/// <summary>Random requests at every route there is: whatever comes, the app keeps its manners.</summary>
[Trait("Pace", "Slow")]
public sealed class RandomRequestTests
{
    private const long RequestsOfOneRoute = 250;

    public static TheoryData<string> Routes => [.. AppRoute.All.Select(route => $"{route.Method} {route.Template}")];

    [Fact]
    public void There_are_routes_to_try() => Assert.True(AppRoute.All.Count >= 17, $"Only {AppRoute.All.Count} routes were found.");

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task No_random_request_makes_the_app_fail_and_every_refusal_is_numbered(string name)
    {
        var route = AppRoute.All.Single(one => $"{one.Method} {one.Template}" == name);
        // Households in every state, which the random requests then push about, until nobody may call their number any more: they
        // have an app to themselves.
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: "Vcas:Notifications:Enabled=false");
        using var api = new Api(app);
        var households = new Households(app, api);
        var known = new List<string>();
        if (route.Template.Contains('{', StringComparison.Ordinal))
        {
            foreach (var state in new[] { "waiting", "due", "held", "wrongNumber", "referred", "doNotContact" })
                known.Add((await households.InAsync(state)).ToString());
        }

        var id = Gen.Frequency(
            (6, Gen.OneOf(known.Append(Guid.NewGuid().ToString()).ToArray())),
            (2, Gen.Guid.Select(guid => guid.ToString())),
            (1, Gen.String[1, 12].Select(Segment)));
        var body = route.Function == nameof(Reporting.ImportHistory)
            ? Gen.Frequency((4, RandomJson.Csv), (1, RandomJson.Body))
            : RandomJson.Body;
        var usual = route.Function == nameof(Reporting.ImportHistory) ? "text/csv" : "application/json";
        var contentType = Gen.Frequency(
            (12, Gen.Const(usual)), (1, Gen.OneOf("", "text/plain", "application/json; charset=utf-16", "application/problem+json")));

        await Gen.Select(id, RandomJson.Query, body, contentType).SampleAsync(
            async (anId, query, bytes, type) =>
            {
                var answer = await api.SendAsync(
                    route.Method, $"{route.PathFor(anId)}?{query}", route.Method == "GET" ? null : bytes, type);
                Assert.True(answer.Status < 500, $"It failed: {answer.Text}");
                if (answer.Status is < 200 or > 299) answer.MustBeAProblem();
            },
            iter: RequestsOfOneRoute,
            threads: 4);
    }

    // A segment that neither the client nor the server takes for a part of the path's structure.
    private static string Segment(string text)
    {
        var letters = new string(
            [.. text.Where(letter => !char.IsSurrogate(letter) && letter is not ('\0' or '/' or '\\' or '.' or '?' or '#'))]);
        return letters.Trim().Length == 0 ? "x" : Uri.EscapeDataString(letters);
    }
}

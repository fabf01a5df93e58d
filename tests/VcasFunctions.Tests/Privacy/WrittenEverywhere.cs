using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Shared;
using VcasFunctions.Description;
using VcasFunctions.Tests.BadInput;

namespace VcasFunctions.Tests.Privacy;

/// <summary>
/// What belongs into one field stands in another, in a header, in a body that is no JSON, where a word of ours is expected, in the
/// address: at every route, about nobody. Each is refused, and for just that.
/// </summary>
internal static class WrittenEverywhere
{
    private const string Name = "Quillivant";
    private const string Word = "xylobrand";
    private const string All = "Quillivant 900731 xylobrand";

    private static readonly string[] Bodies =
    [
        All,
        """{"Quillivant":"xylobrand","contact":{"phone":"07700 900731" """,
        """["Quillivant","900731","xylobrand"]""",
        """
        {"answer":"xylobrand","outcome":"xylobrand","reason":"xylobrand","attemptId":"xylobrand","contact":"Quillivant",
         "reviewAt":"900731","acceptedAt":"900731","team":"xylobrand"}
        """,
        """
        {"answer":"declined","risks":["xylobrand"],"lawfulBasis":"xylobrand",
         "contact":{"phone":"xylobrand","name":7,"safeTimes":[{"days":["Quillivant"],"from":"900731","to":"xylobrand"}]}}
        """,
    ];

    private static readonly Dictionary<string, Operation> Described = Operations.All.ToDictionary(operation => operation.Function);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>All answers, with their headers.</summary>
    public static async Task<IReadOnlyList<string>> AnswersAsync(RunningApp app)
    {
        var answers = new List<string>();
        foreach (var route in AppRoute.All)
        {
            var operation = Described[route.Function];
            answers.AddRange(await InBodiesAsync(app, route, operation));
            answers.AddRange(await InAddressesAsync(app, route, operation));
        }

        Assert.True(answers.Count > 100, $"Only {answers.Count} requests were sent.");
        return answers;
    }

    private static async Task<IReadOnlyList<string>> InBodiesAsync(RunningApp app, AppRoute route, Operation operation)
    {
        var answers = new List<string>();
        foreach (var body in route.Method == "GET" ? [] : Bodies)
        {
            var (status, text) = await SendAsync(app, route, route.PathFor($"{Guid.NewGuid()}"), body);
            // A route that looks at the household before it looks at the body would say 404, and the body would have tried nothing.
            if (operation.Request is not null)
                Assert.True(status is 400 or 415 or 422, $"{route.Function} answered {status} to {body}: {text}");
            answers.Add(text);
        }

        return answers;
    }

    private static async Task<IReadOnlyList<string>> InAddressesAsync(RunningApp app, AppRoute route, Operation operation)
    {
        var answers = new List<string>();
        if (route.Template.Contains('{', StringComparison.Ordinal))
        {
            var path = "/" + Regex.Replace(
                route.Template, @"\{[^}]+\}", _ => Uri.EscapeDataString(All), RegexOptions.None, TimeSpan.FromSeconds(1));
            var (status, text) = await SendAsync(app, route, path, route.Method == "GET" ? null : operation.Example);
            // What is no household's id, as a team's name or a message's number, names something that isn't there.
            var isOfAnId = !route.Template.Contains("{team}", StringComparison.Ordinal)
                && !route.Template.Contains("{sequenceNumber}", StringComparison.Ordinal);
            Assert.True(status == (isOfAnId ? 400 : 404), $"{route.Function} answered {status} to an id that is none: {text}");
            answers.Add(text);
        }

        var id = route.PathFor($"{Guid.NewGuid()}");
        foreach (var parameter in operation.Query.Select(parameter => parameter.Name).Append(Name))
        {
            foreach (var value in new[] { Word, Uri.EscapeDataString(All) })
                answers.Add(
                    (await SendAsync(app, route, $"{id}?{parameter}={value}", route.Method == "GET" ? null : operation.Example)).Text);
        }

        return answers;
    }

    private static async Task<(int Status, string Text)> SendAsync(RunningApp app, AppRoute route, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        foreach (var header in new[] { "X-Household", "If-Match", "If-None-Match", "X-Forwarded-For", "Accept-Language", "Cookie" })
            request.Headers.TryAddWithoutValidation(header, All);
        using var answer = await app.Http.SendAsync(request, Cancellation);
        return ((int)answer.StatusCode, $"{route.Function} {answer.Headers} {await answer.Content.ReadAsStringAsync(Cancellation)}");
    }
}

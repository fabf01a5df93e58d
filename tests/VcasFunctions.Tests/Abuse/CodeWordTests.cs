using System.Text;
using Shared;
using VcasFunctions.Tests.Privacy;
using VcasFunctions.Tests.Telemetry;

namespace VcasFunctions.Tests.Abuse;

/// <summary>
/// A code word proves on the phone who is calling. Wherever somebody writes it, by mistake or on purpose, no log and no trace repeats it.
/// </summary>
public sealed class CodeWordTests
{
    private const string CodeWord = "xylobrand";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_word_stands_in_no_log_line_and_no_trace_wherever_it_was_written()
    {
        var log = new Listening();
        using var overheard = new Overheard(anySource: true);
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: log.Attach, settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var id = await api.RecordAsync(Given.Declined());

        foreach (var (method, path, body) in Bodies(id)) await SendAsync(app, method, path, body, header: null);
        // What no client of ours sends; a proxy, a browser or a tool may.
        foreach (var header in new[]
        {
            "User-Agent", "Referer", "baggage", "tracestate", "X-Forwarded-For", "X-Correlation-Id", "Cookie", "If-Match",
            "Accept-Language",
        })
            await SendAsync(app, "PUT", $"api/offers/{Guid.NewGuid()}", Given.Declined().ToJsonString(), header);
        await app.AdvanceAsync(TimeSpan.FromDays(25), Cancellation);

        Assert.True(log.Lines.Count > 50, $"Only {log.Lines.Count} lines were logged.");
        Assert.True(overheard.Spans.Count > 50, $"Only {overheard.Spans.Count} spans were heard.");
        var ours = log.Lines.Where(line => !IsKestrelsOwn(line));
        Assert.DoesNotContain(ours, line => line.Contains(CodeWord, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(
            overheard.Spans.Select(Overheard.TextOf), text => text.Contains(CodeWord, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<(string Method, string Path, string Body)> Bodies(Guid id)
    {
        foreach (var body in new[]
        {
            $$$"""{"answer":"{{{CodeWord}}}","contact":{"phone":"07700 900123"}}""",
            $$$"""{"answer":"declined","{{{CodeWord}}}":1,"contact":{"phone":"07700 900123"}}""",
            $$$"""{"answer":"declined","contact":{"phone":"{{{CodeWord}}}"}}""",
            $$$"""{"answer":"declined","team":"{{{CodeWord}}}","contact":{"phone":"07700 900123"}}""",
            $$$"""{"answer":"declined","risks":["{{{CodeWord}}}"],"contact":{"phone":"07700 900123"}}""",
            $$$"""{"answer":"declined","offeredAt":"{{{CodeWord}}}","contact":{"phone":"07700 900123"}}""",
            $$$"""{"answer":"declined","contact":{"phone":"07700 900123","codeWord":"{{{CodeWord}}}"}}""",
            $$$"""{"answer":"declined","contact":{"codeWord":"{{{CodeWord}}}" """,
            CodeWord,
        })
            yield return ("PUT", $"api/offers/{Guid.NewGuid()}", body);
        yield return ("POST", $"api/call-backs/{id}/attempts", $$$"""{"attemptId":"{{{Guid.NewGuid()}}}","outcome":"{{{CodeWord}}}"}""");
        yield return ("PUT", $"api/call-backs/{id}/hold", $$$"""{"reason":"{{{CodeWord}}}"}""");
        yield return ("PUT", $"api/call-backs/{id}/assignee", $$$"""{"person":"The word is {{{CodeWord}}}"}""");
        yield return ("POST", $"api/offers/{id}/withdrawal", $$$"""{"reason":"{{{CodeWord}}}"}""");
        yield return ("POST", "api/history", $"reference,offeredAt,answer,team\n{CodeWord},2022-03-04,{CodeWord},x\n");
    }

    private static async Task SendAsync(RunningApp app, string method, string path, string body, string? header)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent(
                body, Encoding.UTF8, path.EndsWith("history", StringComparison.Ordinal) ? "text/csv" : "application/json"),
        };
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, header is "baggage" or "tracestate" ? $"word={CodeWord}" : CodeWord);
        using var answer = await app.Http.SendAsync(request, Cancellation);
        Assert.True((int)answer.StatusCode is not 500, $"{method} {path} with {header} was answered with 500.");
    }

    // At its finest levels, which are for whoever looks for a fault in the server itself, Kestrel prints what came over the wire.
    private static bool IsKestrelsOwn(string line) => line.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal);
}

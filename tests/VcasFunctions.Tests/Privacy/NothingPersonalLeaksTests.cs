using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using LocalAzure.Graph;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Tables;
using VcasFunctions.Tests.Telemetry;

namespace VcasFunctions.Tests.Privacy;

/// <summary>
/// People's data stands in the offer and in the message to VCAS, and nowhere else: the main job is run with invented people, and
/// everything else is searched.
/// </summary>
public sealed class NothingPersonalLeaksTests
{
    // Each is found nowhere by chance.
    private static readonly string[] Secrets =
    [
        "Quillivant", "900731", "900732", "900733", "xylobrand", "Neighbour Vosper", "textrelayzeta", "CRIX/777", "Zzyzxtypo",
        "Nurse Umberleigh", "umber.surgery", "vosper@example.org", "Yardarm Library",
        // The officer in the case, whom VCAS is not told of either.
        Officer,
        // A colleague's, which those who assign calls are shown, and nobody else.
        "Penhaligon",
    ];

    private const string Officer = "Trevanion";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_happens_to_a_household_nothing_of_its_people_is_told_outside_the_offer_and_the_referral()
    {
        var log = new Listening();
        using var overheard = new Overheard(anySource: true);
        await using var app = await RunningApp.StartAsync(Given.Clock(), configure: log.Attach, settings: [
            RunningApp.SweptDaily, "Vcas:Directory:Enabled=false", "LocalAzure:Identity:People:caller:Name=Marlo Penhaligon",
        ]);
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);

        var accepted = await api.RecordAsync(Personal("accepted", "900731"));
        var declined = await api.RecordAsync(Personal("declined", "900732"));
        await api.RecordAsync(Personal("declined", "900733"));
        var refusals = await RefusalsAsync(api, declined);
        var everywhere = await WrittenEverywhere.AnswersAsync(app);
        await AssignByNameAsync(app, api, declined);

        app.Azure.Graph.Outage = GraphOutage.NoConnection;
        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 8, 30, 0, TimeSpan.Zero), Cancellation);
        app.Azure.Graph.Outage = GraphOutage.None;
        (await api.AttemptAsync(declined, "wrongNumber")).Must(200);
        (await api.PutAsync($"offers/{declined}/contact", Contact("900733"))).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(3), Cancellation);
        (await api.AttemptAsync(declined, "accepted")).Must(200);
        await app.WhenIdleAsync(Cancellation);

        await vcas.AnswerAsync(accepted, "rejected", "outOfArea");
        await vcas.SendAsync("""{"id":"Quillivant","type":"uk.police.vcas.referral.accepted.v1","data":{"name":"Quillivant"}}""");
        await vcas.AnswerAsync(Guid.NewGuid(), "rejected", "Quillivant");
        (await api.PostAsync($"offers/{accepted}/withdrawal", new { reason = "moved" })).Must(200);
        await app.AdvanceAsync(TimeSpan.FromDays(5), Cancellation);
        await api.SendAsync("POST", "history", "reference,offeredAt,answer\nQuillivant,2022-03-04,declined\n", "text/csv");

        // The proof that there is something to find: it went where it should.
        var sent = await vcas.TakeAsync();
        Assert.Contains(sent, message => message.Body.ToString().Contains("Quillivant", StringComparison.Ordinal));
        Assert.DoesNotContain(sent, message => message.Body.ToString().Contains(Officer, StringComparison.Ordinal));
        Assert.Contains(Officer, (await api.GetAsync($"offers/{declined}")).Text, StringComparison.Ordinal);
        Assert.Contains("xylobrand", (await api.GetAsync($"offers/{declined}")).Text, StringComparison.Ordinal);

        Assert.True(log.Lines.Count > 20, $"Only {log.Lines.Count} lines were logged.");
        // Every server on the way, and ASP.NET in the scope of each line, writes addresses down, which is why no route takes
        // anything of a person there.
        MustHoldNothing("the log", log.Lines.Where(line => !line.Contains(" scope RequestId=", StringComparison.Ordinal)));
        Assert.True(overheard.Spans.Count > 20, $"Only {overheard.Spans.Count} spans were heard.");
        // The spans of the test itself, as a client, are not the app's.
        MustHoldNothing("a span", overheard.Spans.Select(Overheard.TextOf)
            .Where(span => !span.Contains($"url.full={app.Http.BaseAddress}", StringComparison.Ordinal)));
        Assert.True(overheard.Measured.Count > 10, $"Only {overheard.Measured.Count} figures were heard.");
        MustHoldNothing("a figure", overheard.Measured.Select(figure => $"{figure.Name} {figure.Value} {figure.Tags}"));
        MustHoldNothing("an answer of refusal", refusals.Concat(everywhere));
        MustHoldNothing("the inbox", app.Azure.Graph.Inbox().Select(notice => JsonSerializer.Serialize(notice)));
        Assert.NotEmpty(app.Azure.Graph.Inbox());
        MustHoldNothing("an orchestration", await OrchestrationsAsync(app));
        var dead = await vcas.TakeAsync("referral-answers", deadLetter: true);
        Assert.Equal(2, dead.Count);
        MustHoldNothing(
            "a dead letter's reason", dead.Select(message => $"{message.DeadLetterReason} {message.DeadLetterErrorDescription}"));
        MustHoldNothing("the headers of a message", sent.Select(message => $"{message.MessageId} {message.Subject} {message.CorrelationId} "
            + $"{JsonSerializer.Serialize(message.ApplicationProperties)}"));
        var tables = app.Services.GetRequiredService<VcasTables>();
        foreach (var table in new[] { tables.CallBacks, tables.Referrals, tables.Register, tables.Audit, tables.Desk })
            MustHoldNothing($"the table {table.Name}", await RowsAsync(table, _ => true));
        MustHoldNothing("the trail", await RowsAsync(tables.Offers, row => row.RowKey != "offer"));
        MustHoldNothing("a list", [
            (await api.GetAsync("call-backs?state=waiting")).Text,
            (await api.GetAsync("referrals")).Text,
            (await api.GetAsync("reports/uptake?by=team")).Text,
        ]);
    }

    private static async Task<IReadOnlyList<string>> RefusalsAsync(Api api, Guid declined)
    {
        var contact = Contact("900731").ToJsonString();
        (string Method, string Path, string Body)[] wrong =
        [
            ("PUT", $"offers/{declined}", Personal("declined", "900733").ToJsonString()),
            ("PUT", $"offers/{Guid.NewGuid()}", Personal("Zzyzxtypo", "900731").ToJsonString()),
            ("PUT", $"offers/{Guid.NewGuid()}", $$"""{"answer":"declined","contact":{{contact}},"Quillivant":"900731"}"""),
            ("PUT", $"offers/{Guid.NewGuid()}", $$"""{"answer":"declined","contact":{{contact}},"900731":"Quillivant"}"""),
            ("PUT", $"offers/{Guid.NewGuid()}", $$"""{"answer":"declined","contact":{{contact}} "Quillivant" """),
            ("PUT", $"offers/{Guid.NewGuid()}", """{"answer":"declined","contact":{"phone":"Quillivant 900731 900732"}}"""),
            ("PUT", $"call-backs/{declined}/assignee", """{"person":"Neighbour Vosper"}"""),
            ("PUT", $"call-backs/{declined}/assignee", """{"team":"Quillivant"}"""),
            ("POST", $"call-backs/{declined}/attempts", """{"attemptId":"Quillivant"}"""),
        ];
        var answers = new List<string>();
        foreach (var (method, path, body) in wrong)
        {
            var answer = await api.SendAsync(method, path, body);
            Assert.InRange(answer.Status, 400, 499);
            answers.Add(answer.Text);
        }

        return answers;
    }

    private static async Task AssignByNameAsync(RunningApp app, Api api, Guid id)
    {
        using var caller = new Api(app, "caller");
        var person = (await caller.GetAsync("me")).Must(200)["id"];
        Assert.Contains("Marlo Penhaligon", (await api.GetAsync("people")).Must(200).Text, StringComparison.Ordinal);
        (await api.PutAsync($"call-backs/{id}/assignee", new { person })).Must(200);
        (await api.PutAsync($"call-backs/{id}/assignee", new { team = "call-back" })).Must(200);
    }

    private static JsonObject Personal(string answer, string number) => new()
    {
        ["answer"] = answer,
        ["crimeReference"] = "CRIX/777",
        ["officerInCase"] = $"DC {Officer}, extension 4471",
        ["contact"] = Contact(number),
    };

    private static JsonObject Contact(string number) => new()
    {
        ["name"] = "Alex Quillivant",
        ["routes"] = new JsonArray(
            new JsonObject { ["kind"] = "phone", ["phone"] = $"07700 {number}", ["confirmedInPerson"] = true },
            new JsonObject { ["kind"] = "professional", ["professional"] = "Nurse Umberleigh", ["reachedBy"] = "umber.surgery" },
            new JsonObject { ["kind"] = "email", ["email"] = "vosper@example.org", ["confirmedInPerson"] = true },
            new JsonObject { ["kind"] = "inPerson", ["place"] = "Yardarm Library", ["confirmedInPerson"] = true }),
        ["codeWord"] = "xylobrand",
        ["whoElseMayAnswer"] = "Neighbour Vosper",
        ["accessibilityNeeds"] = "textrelayzeta",
    };

    private static async Task<IReadOnlyList<string>> OrchestrationsAsync(RunningApp app)
    {
        var texts = new List<string>();
        await foreach (var instance in app.Azure.Engine.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)))
        {
            texts.Add(
                $"{instance.SerializedInput} {instance.SerializedOutput} {instance.SerializedCustomStatus} {instance.FailureDetails}");
            texts.Add(await app.Azure.Engine.ExportHistoryAsync(instance.InstanceId));
        }

        Assert.True(texts.Count >= 4, "There were no orchestrations to look at.");
        return texts;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(TableClient table, Func<TableEntity, bool> which)
    {
        var rows = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            if (which(row)) rows.Add(string.Join(' ', row.Select(column => $"{column.Key}={column.Value}")));
        }

        Assert.NotEmpty(rows);
        return rows;
    }

    private static void MustHoldNothing(string where, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            foreach (var secret in Secrets)
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{secret} stands in {where}: {text}");
        }
    }
}

using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace VcasFunctions.Tests.Telemetry;

/// <summary>
/// One household is one operation, and what is counted has documented names. Spans and figures are the whole process's: other tests'
/// are told apart by their ids.
/// </summary>
public sealed class TelemetryTests
{
    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_door_to_VCAS_s_answer_is_one_operation_though_weeks_pass()
    {
        using var overheard = new Overheard(anySource: false);
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);

        var id = await api.RecordAsync(Given.Declined());
        await app.AdvanceToAsync(Due, Cancellation);
        (await api.AttemptAsync(id, "accepted")).Must(200);
        // Nobody undoes it.
        await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
        var message = Assert.Single(await vcas.TakeAsync());
        await vcas.AnswerAsync(id, "accepted");

        var trace = ActivityContext.Parse(Assert.IsType<string>(message.ApplicationProperties["traceparent"]), null).TraceId;
        Assert.Equal(message.ApplicationProperties["traceparent"], message.ApplicationProperties["Diagnostic-Id"]);
        var stored = (await app.Services.GetRequiredService<HouseholdStore>().FindAsync(id, Cancellation))!.Household;
        Assert.Equal(trace, ActivityContext.Parse(stored.Trace!, null).TraceId);

        var spans = overheard.Spans.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc).ToList();
        Assert.Equal("record a household", spans[0].OperationName);
        Assert.Contains(spans, span => span is { OperationName: "send to VCAS", Kind: ActivityKind.Producer });
        Assert.Contains(spans, span => span.OperationName == "notify people of the force");
        var events = spans.SelectMany(span => ((string?)span.GetTagItem("vcas.events") ?? "").Split(' '))
            .Where(name => name.Length > 0).ToList();
        Assert.Equal(["OfferRecorded", "CallBackDue", "AttemptRecorded", "OfferAccepted", "ReferralSent", "ReferralAnswered"], events);
        Assert.All(
            spans.Where(span => span.GetTagItem("vcas.offer") is not null),
            span => Assert.Equal(id.ToString("D"), span.GetTagItem("vcas.offer")));
        // The attempt was somebody's request, three weeks later: an operation of its own, linked.
        var attempt = spans.Single(
            span => ((string?)span.GetTagItem("vcas.events"))?.StartsWith("AttemptRecorded", StringComparison.Ordinal) == true);
        Assert.All(attempt.Links, link => Assert.NotEqual(trace, link.Context.TraceId));
    }

    [Fact]
    public async Task An_answer_that_names_its_operation_is_taken_in_within_it()
    {
        using var overheard = new Overheard(anySource: false);
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var id = await new Households(app, api).ReferredAsync();
        var sent = Assert.Single(await vcas.TakeAsync());
        var trace = ActivityContext.Parse((string)sent.ApplicationProperties["traceparent"], null).TraceId;

        await using var client = new ServiceBusClient(app.Azure.Broker.ConnectionString);
        await using var sender = client.CreateSender("referral-answers");
        var answer = new ServiceBusMessage(BinaryData.FromString($$$"""
            {"specversion":"1.0","id":"{{{id}}}/received","type":"uk.police.vcas.referral.received.v1","source":"/vcas",
             "subject":"{{{id}}}","time":"2024-03-12T09:00:00Z","datacontenttype":"application/json","data":{"referralId":"{{{id}}}"}}
            """));
        answer.ApplicationProperties["traceparent"] = sent.ApplicationProperties["traceparent"];
        await sender.SendMessageAsync(answer, Cancellation);
        await app.WhenIdleAsync(Cancellation);

        Assert.Equal("received", (await api.GetAsync($"offers/{id}"))["referral.state"]);
        Assert.Contains(
            overheard.Spans,
            span => span.TraceId == trace && span is { OperationName: "take in an answer of VCAS's", Kind: ActivityKind.Consumer });
    }

    [Fact]
    public async Task What_happens_is_counted()
    {
        using var overheard = new Overheard(anySource: false);
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var accepted = await new Households(app, api).ReferredAsync();
        var due = await new Households(app, api).DueAsync();
        await app.AdvanceAsync(TimeSpan.FromHours(1.5), Cancellation);
        await vcas.AnswerAsync(accepted, "accepted");
        (await api.AttemptAsync(due, "noAnswer")).Must(200);
        await app.AdvanceAsync(TimeSpan.FromHours(1), Cancellation);

        // Other tests run in this process as well: at least these are among what was counted.
        foreach (var (name, tags) in new[]
        {
            ("vcas.offers", "answer=accepted"),
            ("vcas.offers", "answer=declined"),
            ("vcas.call_backs.due", ""),
            ("vcas.attempts", "outcome=noAnswer direction=outgoing"),
            ("vcas.referrals", "kind=made"),
            ("vcas.answers", "kind=accepted"),
            ("vcas.notices", "type=callBackDue channel=team status=204"),
        }) Assert.Contains((name, 1d, tags), overheard.Measured);
        Assert.Contains(("vcas.answer.time", TimeSpan.FromHours(1.5).TotalSeconds, "kind=accepted"), overheard.Measured);
        Assert.Contains(overheard.Measured, measured => measured is { Name: "vcas.call_backs.open", Tags: "state=waiting", Value: >= 1 });
        Assert.Contains(overheard.Measured, measured => measured is { Name: "vcas.call_backs.open", Tags: "state=overdue" });
    }

    [Fact]
    public void Each_figure_stands_in_the_operators_document_with_its_unit()
    {
        using var overheard = new Overheard(anySource: false);
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(VcasFunctions.Telemetry.Metrics).TypeHandle);
        var document = File.ReadAllText(Path.Combine(Golden.Root, "docs/operations/telemetry.md"));

        Assert.Equal(13, overheard.Instruments.Count);
        Assert.All(
            overheard.Instruments.Values,
            instrument => Assert.Contains($"| `{instrument.Name}` | {instrument.Unit} |", document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_Application_Insights_the_app_starts_and_tells_by_its_own_identity()
    {
        // Nothing listens there: what can't be delivered is nobody's business but the exporter's.
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: "APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=11111111-2222-3333-4444-555555555555;"
                + "IngestionEndpoint=https://127.0.0.1:1/");
        using var api = new Api(app);
        await api.RecordAsync(Given.Declined());

        var options = app.Services.GetRequiredService<
            Microsoft.Extensions.Options.IOptions<Azure.Monitor.OpenTelemetry.Exporter.AzureMonitorExporterOptions>>().Value;
        Assert.Same(app.Services.GetRequiredService<Azure.Core.TokenCredential>(), options.Credential);
        Assert.NotNull(app.Services.GetService<OpenTelemetry.Trace.TracerProvider>());
        Assert.NotNull(app.Services.GetService<OpenTelemetry.Metrics.MeterProvider>());
    }

    [Fact]
    public async Task Where_neither_is_configured_nobody_listens()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        Assert.Null(app.Services.GetService<OpenTelemetry.Trace.TracerProvider>());
    }

    [Fact]
    public async Task Traces_and_figures_reach_a_collector()
    {
        using var collector = WireMockServer.Start();
        collector.Given(Request.Create().UsingAnyMethod()).RespondWith(Response.Create().WithStatusCode(200));
        await using (var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [$"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Url}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"]))
        {
            using var api = new Api(app);
            await api.RecordAsync(Given.Declined());
            await app.WhenIdleAsync(Cancellation);
        }

        var paths = collector.LogEntries.Select(entry => entry.RequestMessage!.Path).ToList();
        Assert.Contains("/v1/traces", paths);
        Assert.Contains("/v1/metrics", paths);
        var traces = collector.LogEntries.Where(entry => entry.RequestMessage!.Path == "/v1/traces")
            .Select(entry => System.Text.Encoding.UTF8.GetString(entry.RequestMessage!.BodyAsBytes!)).ToList();
        Assert.Contains(traces, text => text.Contains("record a household", StringComparison.Ordinal));
        Assert.DoesNotContain(traces, text => text.Contains("900123", StringComparison.Ordinal));
    }
}

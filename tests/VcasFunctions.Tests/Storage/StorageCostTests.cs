using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Storage;

/// <summary>
/// What each request costs in storage transactions, counted where the genuine client puts them on the wire to Azurite, and held
/// to the table in decision record 3. Nothing on a request's path looks through a whole table, and no two households write one row.
/// </summary>
[Needs(Tool.Node), Trait("Tables", "Local")]
public sealed class StorageCostTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Record = "docs/decisions/0003-keys-lists-and-what-a-request-costs.md";
    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly TableTraffic traffic = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_each_request_costs_is_what_the_decision_record_says()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        await using var vcas = new VcasSide(app);
        var costs = new CostTable(app, traffic);
        var (id, accepted) = (Guid.NewGuid(), Guid.NewGuid());
        object declined = Given.Declined();

        await costs.AddAsync("record a decline", "RecordOffer", () => api.PutAsync($"offers/{id}", declined));
        await costs.AddAsync("the same offer again", "RecordOffer", () => api.PutAsync($"offers/{id}", declined));
        await costs.AddAsync("read an offer", "ReadOffer", () => api.GetAsync($"offers/{id}"));
        await costs.AddAsync(
            "change the contact", "ChangeContact", () => api.PutAsync($"offers/{id}/contact", new { phone = "07700 900456" }));
        await costs.AddAsync(
            "place a hold",
            "PlaceHold",
            () => api.PutAsync($"call-backs/{id}/hold", new { reason = "bailChanged", reviewAt = Due.AddDays(-7) }));
        await costs.AddAsync("release it", "ReleaseHold", () => api.SendAsync("DELETE", $"call-backs/{id}/hold"));
        await costs.AddAsync("the call falls due", "StartCallBack", () => app.AdvanceToAsync(Due, Cancellation));
        await costs.AddAsync("the call list, for each call-back team", "ListCallBacks", () => api.GetAsync("call-backs?state=due"));
        await costs.AddAsync("claim a call", "ClaimCallBack", () => api.SendAsync("PUT", $"call-backs/{id}/claim"));
        await costs.AddAsync("read an offer whose call is due", "ReadOffer", () => api.GetAsync($"offers/{id}"));
        await costs.AddAsync("give it back", "ReleaseClaim", () => api.SendAsync("DELETE", $"call-backs/{id}/claim"));
        await costs.AddAsync("record an attempt: no answer", "RecordAttempt", () => api.AttemptAsync(id, "noAnswer"));
        await costs.AddAsync("accept later", "AcceptOffer", () => api.PostAsync($"offers/{id}/acceptance", new { }));

        await costs.AddAsync("record an acceptance", "RecordOffer", () => api.PutAsync($"offers/{accepted}", Given.Accepted()));
        await costs.AddAsync("… and its referral is sent", "SendReferral", then: null);
        await costs.AddAsync("VCAS accepts it", "ReceiveAnswers", () => vcas.AnswerAsync(accepted, "accepted"));
        await costs.AddAsync("referrals of one state that moves", "ListReferrals", () => api.GetAsync("referrals?state=sent"));
        await costs.AddAsync("all referrals", "ListReferrals", () => api.GetAsync("referrals"));
        await costs.AddAsync("the report", "ReportUptake", () => api.GetAsync("reports/uptake?from=2024-01-01&to=2024-12-31&by=total"));

        Assert.Empty(costs.Scans);
        MustBeInTheRecord(costs.ToString());
    }

    [Fact]
    public async Task No_two_households_write_one_row()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var first = await RowsOfAsync();
        var second = await RowsOfAsync();
        Assert.True(first.Count >= 6, $"A household's whole course wrote {first.Count} rows only.");
        Assert.Empty(first.Intersect(second));

        async Task<HashSet<(string, string, string)>> RowsOfAsync()
        {
            traffic.Take();
            var id = await new Households(app, api).DueAsync();
            (await api.AttemptAsync(id, "accepted")).Must(200);
            await app.WhenIdleAsync(Cancellation);
            return [.. traffic.Take().Where(request => request.Writes)
                .SelectMany(request => request.Rows.Select(row => (request.Table, row.Partition, row.Row)))];
        }
    }

    [Fact]
    public async Task A_transaction_across_partitions_is_refused_before_it_reaches_the_emulator()
    {
        var table = azurite.OfNextAccount(AppTables.Watched(traffic)).GetTableClient("Refused");
        await table.CreateAsync(Cancellation);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync(
            [
                new(Azure.Data.Tables.TableTransactionActionType.Add, new Azure.Data.Tables.TableEntity("one", "1")),
                new(Azure.Data.Tables.TableTransactionActionType.UpsertReplace, new Azure.Data.Tables.TableEntity("another's", "2")),
            ],
            Cancellation));
        Assert.Contains("across partitions", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["create table Tables", "batch Refused"], traffic.Take().Select(request => $"{request.Kind} {request.Table}"));
    }

    private Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        Given.Clock(),
        configure: builder =>
        {
            builder.Services.AddSingleton(azurite.OfNextAccount(AppTables.Watched(traffic)));
            builder.UseMiddleware((context, next) =>
            {
                TableTraffic.Function = context.FunctionDefinition.Name;
                return next();
            });
        },
        settings: RunningApp.SweptDaily);

    private static void MustBeInTheRecord(string counted)
    {
        var file = Path.Combine(Golden.Root, Record);
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var start = text.IndexOf(CostTable.Head, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Record} has no table that begins with '{CostTable.Head}'.");
        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (Golden.IsToBeWritten) File.WriteAllText(file, text = text[..start] + counted + text[end..]);
        else Assert.True(
            text[start..end] == counted,
            $"Requests cost other storage transactions than {Record} says. "
            + "Where that is meant, run this test with VCAS_WRITE_GOLDEN=1, which writes "
            + $"the table anew, and read what changed.\n\nIt says:\n{text[start..end]}\nCounted:\n{counted}");
    }

    /// <summary>The table, a line at a time.</summary>
    private sealed class CostTable(RunningApp app, TableTraffic traffic)
    {
        public const string Head = "| request | storage transactions | of them |\n|---|---|---|\n";

        private readonly StringBuilder lines = new(Head);
        private IReadOnlyList<TableRequest> last = [];

        /// <summary>What looked through a whole table.</summary>
        public List<TableRequest> Scans { get; } = [];

        /// <summary>
        /// Does it, and adds what the function spent meanwhile; without anything to do, what it spent in the step before.
        /// </summary>
        public async Task AddAsync(string what, string function, Func<Task>? then)
        {
            if (then is not null)
            {
                await app.WhenIdleAsync(Cancellation);
                traffic.Take();
                await then();
                await app.WhenIdleAsync(Cancellation);
                last = traffic.Take();
            }

            var spent = last.Where(request => request.Function == function).ToList();
            Assert.True(spent.Count > 0, $"'{what}' has not used the tables at all within {function}: {string.Join(", ", last)}");
            Scans.AddRange(spent.Where(request => request.Kind == "scan"));
            var kinds = spent.GroupBy(Describe).OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => kind.Count() == 1 ? kind.Key : $"{kind.Count()} × {kind.Key}");
            lines.Append($"| {what} | {spent.Count} | {string.Join(", ", kinds)} |\n");
        }

        public override string ToString() => lines.ToString();

        private static string Describe(TableRequest request) =>
            request.Kind == "batch" ? $"{request.Table} batch of {request.Rows.Count}" : $"{request.Table} {request.Kind}";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using LocalAzure.Graph;
using Shared;

namespace VcasFunctions.Tests.Dangers;

/// <summary>One to three days after a danger somebody asks how they are.</summary>
public sealed class WelfareContactTests
{
    private const string Supervisor = "5a000000-0000-4000-8000-000000000001";
    private const string Deputy = "5a000000-0000-4000-8000-000000000002";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_supervisor_is_told_of_it_then_the_deputy_too_until_somebody_has_spoken_with_them()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await SeenToAsync(api);
        var row = await RowAsync(api);
        var (from, by) = (row.GetProperty("welfareFrom").GetDateTimeOffset(), row.GetProperty("welfareBy").GetDateTimeOffset());
        Assert.Equal((TimeSpan.FromHours(24), TimeSpan.FromHours(48)), (from - row.GetProperty("since").GetDateTimeOffset(), by - from));

        await app.AdvanceToAsync(from.AddMinutes(-1), Cancellation);
        Assert.Empty(Told(app, Supervisor));
        await app.AdvanceToAsync(from.AddMinutes(1), Cancellation);
        Assert.Single(Told(app, Supervisor));
        // Nobody was in: it is still to be made.
        var first = Guid.NewGuid();
        (await MadeAsync(api, id, first, "noAnswer")).Must(200);
        (await MadeAsync(api, id, first, "spokenTo")).MustRefuse(409, 2028);
        await app.AdvanceToAsync(by.AddMinutes(1), Cancellation);
        // In the supervisor's feed the later notice takes the place of the earlier.
        Assert.Equal((1, 1), (Told(app, Supervisor).Count, Told(app, Deputy).Count));

        (await MadeAsync(api, id, Guid.NewGuid(), "spokenTo", isChecked: false)).MustRefuse(422, 2027);
        var second = Guid.NewGuid();
        var made = (await MadeAsync(api, id, second, "spokenTo")).Must(200);
        (await MadeAsync(api, id, second, "spokenTo")).Must(200);
        Assert.Equal(2, made.Json.GetProperty("danger").GetProperty("welfare").GetProperty("attempts").GetArrayLength());
        // It was no call-back, and no answer to it.
        Assert.Equal(("waiting", 0), (made["state"], made.Json.GetProperty("attempts").GetArrayLength()));
        Assert.Empty((await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers").EnumerateArray());
        var last = Told(app, Supervisor)[^1].SentAt;
        await app.AdvanceAsync(TimeSpan.FromDays(5), Cancellation);
        Assert.Equal(last, Assert.Single(Told(app, Supervisor)).SentAt);
    }

    [Fact]
    public async Task Who_then_asks_for_no_contact_is_left_alone()
    {
        await using var app = await StartAsync();
        using var api = new Api(app);
        var id = await SeenToAsync(api);
        (await api.AttemptAsync(id, "doNotContact", new { direction = "incoming" })).Must(200);
        Assert.Empty((await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers").EnumerateArray());
        await app.AdvanceAsync(TimeSpan.FromDays(8), Cancellation);
        Assert.Empty(Told(app, Supervisor));
    }

    private static async Task<Guid> SeenToAsync(Api api)
    {
        var id = await api.RecordAsync(Given.Declined().With("risks", new JsonArray("selfHarm")));
        (await api.PostAsync($"offers/{id}/danger/action", new { action = "emergencyService" })).Must(200);
        return id;
    }

    private static async Task<JsonElement> RowAsync(Api api) =>
        Assert.Single((await api.GetAsync("dangers")).Must(200).Json.GetProperty("dangers").EnumerateArray());

    private static Task<ApiAnswer> MadeAsync(Api api, Guid id, Guid attemptId, string outcome, bool isChecked = true) =>
        api.PostAsync($"offers/{id}/danger/welfare-contact", new { attemptId, outcome, by = "phone", safetyChecked = isChecked });

    private static IReadOnlyList<GraphNotification> Told(RunningApp app, string person) =>
        [.. app.Azure.Graph.Inbox(person).Where(notice => notice.ActivityType == "welfareContactDue")];

    private static Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", $"Vcas:OtherTeams:Deputy={Deputy}"]);
}

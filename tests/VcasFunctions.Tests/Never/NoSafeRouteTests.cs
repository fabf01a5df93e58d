using System.Text.Json.Nodes;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Never;

/// <summary>A household whose number nobody knows is recorded like every other, waits like every other, and is found one for.</summary>
public sealed class NoSafeRouteTests
{
    private const string Supervisor = "50000000-0000-4000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("declined")]
    [InlineData("notAsked")]
    public async Task An_offer_without_a_number_is_recorded_by_its_answer_alone_and_due_as_one_that_needs_a_number(string answer)
    {
        await using var app = await RunningApp.StartAsync(
            Given.Clock(), settings: [$"Vcas:OtherTeams:Supervisor={Supervisor}", RunningApp.SweptDaily]);
        using var api = new Api(app);
        var id = Guid.NewGuid();
        var recorded = (await api.PutAsync($"offers/{id}", new JsonObject { ["answer"] = answer })).Must(201);
        Assert.Equal("waiting", recorded["state"]);
        Assert.Null(recorded["contact"]);

        await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 8, 0, 0, TimeSpan.Zero), Cancellation);
        var row = Assert.Single((await api.GetAsync("call-backs?state=due")).Must(200).Json.GetProperty("callBacks").EnumerateArray());
        Assert.True(row.GetProperty("needsSafeRoute").GetBoolean());
        Assert.Contains(app.Azure.Graph.Inbox(Supervisor), notice => notice.PreviewText == "A call-back is due and needs a safe number");
        (await api.AttemptAsync(id, "noAnswer")).MustRefuse(409, 3032);
        var found = (await api.PutAsync($"offers/{id}/contact", new { phone = Given.Number() })).Must(200);
        Assert.Equal("due", found["state"]);
        Assert.False((await api.GetAsync("call-backs?state=due"))
            .Must(200).Json.GetProperty("callBacks")[0].GetProperty("needsSafeRoute").GetBoolean());
        (await api.AttemptAsync(id, "accepted")).Must(200);
    }
}

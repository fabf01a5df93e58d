using Shared;

namespace VcasFunctions.Tests.CallBacks;

/// <summary>All that an hour is planned from, in one answer.</summary>
public sealed class PlanListTests
{
    [Fact]
    public async Task What_is_due_comes_with_what_waits_and_with_how_much_is_held()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var households = new Households(app, api);
        var (due, waiting, held) = (await households.DueAsync(), await households.InAsync("waiting"), await households.InAsync("held"));
        var plan = (await api.GetAsync("call-backs?plan=true")).Must(200).Json;
        Assert.Equal(due, plan.GetProperty("callBacks")[0].GetProperty("offerId").GetGuid());
        Assert.Equal(waiting, plan.GetProperty("waiting").GetProperty("callBacks")[0].GetProperty("offerId").GetGuid());
        Assert.Equal("waiting", plan.GetProperty("waiting").GetProperty("callBacks")[0].GetProperty("state").GetString());
        Assert.Equal(held, plan.GetProperty("held").GetProperty("callBacks")[0].GetProperty("offerId").GetGuid());
        Assert.Equal(1, plan.GetProperty("held").GetProperty("total").GetInt32());

        var page = (await api.GetAsync("call-backs")).Must(200).Json;
        Assert.False(page.TryGetProperty("waiting", out _));
        foreach (var wrong in new[] { "state=held&plan=true", "plan=true&limit=1001", "plan=yes", "limit=201" })
            (await api.GetAsync($"call-backs?{wrong}")).MustRefuse(400, 1010);
    }

    [Fact]
    public async Task Every_answer_tells_the_services_clock_and_its_version()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        foreach (var path in new[] { "api/call-backs", "api/offers/none" })
        {
            using var answer = await app.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(app.Clock.GetUtcNow(), DateTimeOffset.Parse(answer.Headers.GetValues("Vcas-Time").Single(), null));
            Assert.Equal(VcasFunctions.Console.ConsoleFiles.Version, answer.Headers.GetValues("Vcas-Version").Single());
        }
    }
}

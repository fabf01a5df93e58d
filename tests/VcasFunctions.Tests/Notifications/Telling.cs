using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Households;

namespace VcasFunctions.Tests.Notifications;

/// <summary>What tests of notifications ask of an app.</summary>
internal static class Telling
{
    /// <summary>Those of the households for whom something still waits to be told.</summary>
    public static async Task<IReadOnlyList<Guid>> UntoldAsync(this RunningApp app, params IEnumerable<Guid> households)
    {
        var store = app.Services.GetRequiredService<HouseholdStore>();
        var untold = new List<Guid>();
        foreach (var id in households)
        {
            var offer = (await store.FindAsync(id, TestContext.Current.CancellationToken))!.Household;
            if (offer.Outbox.Any(dispatch => !dispatch.IsMessage)) untold.Add(id);
        }

        return untold;
    }

    /// <summary>Records households whose calls are due at once, and waits until all has happened that happens at this instant.</summary>
    public static async Task<IReadOnlyList<Guid>> FallDueAsync(this RunningApp app, Api api, int count)
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => api.RecordAsync(Given.DeclinedLongAgo())));
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        return ids;
    }
}

/// <summary>Counts what goes to Graph, by the status of the answer; 0 where none came.</summary>
internal sealed class GraphTraffic : DelegatingHandler
{
    private readonly Dictionary<int, int> answers = [];

    public IReadOnlyDictionary<int, int> Answers => answers;

    public int Requests => answers.Values.Sum();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            // To ask who is in a group tells nobody; what is Accepted for many is what is NoContent for one.
            if (request.Method == HttpMethod.Post)
                Count(response.StatusCode == System.Net.HttpStatusCode.Accepted ? 204 : (int)response.StatusCode);
            return response;
        }
        catch (HttpRequestException)
        {
            Count(0);
            throw;
        }
    }

    private void Count(int status)
    {
        lock (answers) answers[status] = answers.GetValueOrDefault(status) + 1;
    }
}

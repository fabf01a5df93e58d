using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace Shared;

/// <summary>
/// Sends requests with a token of somebody's, as a page does that signed them in: the token is kept, and when the app doesn't
/// take it any longer (tests let weeks pass) it gets another and asks once more. A process that was killed and started again is
/// sent the token that it made before.
/// </summary>
public sealed class SignedIn(Uri address, string person) : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly ConcurrentDictionary<(Uri Address, string Person), string> Kept = new();

    /// <summary>
    /// An app begins at this address. Another one that had the port before may have given tokens that this one takes as well, of somebody
    /// who belonged to other groups there.
    /// </summary>
    public static void Forget(Uri address)
    {
        foreach (var known in Kept.Keys.Where(known => known.Address == address)) Kept.TryRemove(known, out _);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = WithReason(request);
        var used = Kept.GetValueOrDefault((address, person)) ?? await GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
        answer.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }

    // Whoever opens a household says why; a test that is about something else needn't.
    private static Uri? WithReason(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        && request.RequestUri is { IsAbsoluteUri: true, Query.Length: 0, Segments: ["/", "api/", "offers/", not "mine"] } address
            ? new Uri($"{address}?reason=ownRecord")
            : request.RequestUri;

    private async Task<string> GetAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"local/identity/token?role={person}"));
        using var answer = await base.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        return Kept[(address, person)] = await answer.Content.ReadAsStringAsync(cancellation);
    }
}

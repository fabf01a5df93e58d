using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LocalAzure.Storage;

namespace LocalAzure.Graph;

/// <summary>
/// The part of Microsoft Graph that sends activity notifications: answers a request as Graph documents it, and keeps what it
/// accepts in an inbox that can be read.
/// </summary>
public sealed partial class LocalGraph
{
    private readonly TimeProvider time;
    private readonly GraphInbox inbox;
    private readonly Throttle throttle;
    private readonly HashSet<string> notInstalled;
    private readonly HashSet<string> unknown;

    /// <summary>Opens the inbox of a store.</summary>
    public LocalGraph(LocalStore store, TimeProvider time, LocalGraphOptions options)
    {
        this.time = time;
        inbox = new GraphInbox(store);
        throttle = new Throttle(time);
        notInstalled = new HashSet<string>(options.NotInstalled, StringComparer.OrdinalIgnoreCase);
        unknown = new HashSet<string>(options.Unknown, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A way not to work, for tests.</summary>
    public GraphOutage Outage { get; set; }

    /// <summary>What was accepted and not overwritten, oldest first; of one user or team, or of all.</summary>
    public IReadOnlyList<GraphNotification> Inbox(string? recipient = null) => inbox.Read(recipient);

    /// <summary>Answers a request to <c>graph.microsoft.com</c>.</summary>
    /// <exception cref="HttpRequestException">The outage says that there is no connection.</exception>
    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (Outage == GraphOutage.NoConnection) throw new HttpRequestException(HttpRequestError.ConnectionError, "Microsoft Graph can't be reached.");
        if (Outage == GraphOutage.ServiceUnavailable) return Refuse(request, HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "The service is unavailable.");
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 })
            return Refuse(request, HttpStatusCode.Unauthorized, "InvalidAuthenticationToken", "Access token is empty.");

        var match = Route().Match(request.RequestUri!.AbsolutePath);
        if (!match.Success || request.Method != HttpMethod.Post)
            return Refuse(request, HttpStatusCode.NotFound, "NotFound", "Only sendActivityNotification is stood in for here.");

        var isTeam = match.Groups["team"].Success;
        var recipient = Uri.UnescapeDataString(match.Groups[isTeam ? "team" : "user"].Value);
        if (throttle.Enter(isTeam ? null : recipient) is { } wait) return TooMany(request, wait);
        if (request.Content?.Headers.ContentType?.MediaType != "application/json")
            return Refuse(request, HttpStatusCode.BadRequest, "BadRequest", "The Content-Type isn't application/json.");

        var body = await request.Content.ReadAsByteArrayAsync(cancellation);
        var (notification, refusal) = ActivityBody.Read(body, recipient, isTeam, time.GetUtcNow());
        if (notification is null) return Refuse(request, HttpStatusCode.BadRequest, "BadRequest", refusal!);
        if (unknown.Contains(recipient)) return Refuse(request, HttpStatusCode.NotFound, "NotFound", "The recipient wasn't found.");
        if (notInstalled.Contains(recipient))
            return Refuse(request, HttpStatusCode.Forbidden, "Forbidden", "The Teams application isn't installed for the recipient.");

        await inbox.AddAsync(notification);
        return Stamp(request, new HttpResponseMessage(HttpStatusCode.NoContent));
    }

    [GeneratedRegex("^/(v1\\.0|beta)/(users/(?<user>[^/]+)/teamwork|teams/(?<team>[^/]+))/(microsoft\\.graph\\.)?sendActivityNotification/?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Route();

    private HttpResponseMessage TooMany(HttpRequestMessage request, TimeSpan wait)
    {
        var response = Refuse(request, HttpStatusCode.TooManyRequests, "TooManyRequests", "Too many requests: wait as long as Retry-After says.");
        response.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))));
        return response;
    }

    private HttpResponseMessage Refuse(HttpRequestMessage request, HttpStatusCode status, string code, string message)
    {
        var response = Stamp(request, new HttpResponseMessage(status));
        var id = response.Headers.GetValues("request-id").First();
        var innerError = new Dictionary<string, string> { ["date"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss"), ["request-id"] = id, ["client-request-id"] = id };
        response.Content = JsonContent.Create(new { error = new { code, message, innerError } });
        return response;
    }

    private static HttpResponseMessage Stamp(HttpRequestMessage request, HttpResponseMessage response)
    {
        response.RequestMessage = request;
        response.Headers.Add("request-id", Guid.NewGuid().ToString());
        return response;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using LocalAzure.Identity;
using LocalAzure.Storage;

namespace LocalAzure.Graph;

/// <summary>
/// The part of Microsoft Graph that sends activity notifications and says who is in a group: answers a request as Graph documents it,
/// and keeps what it accepts in an inbox that can be read.
/// </summary>
public sealed partial class LocalGraph
{
    private readonly TimeProvider time;
    private readonly GraphInbox inbox;
    private readonly Throttle throttle;
    private readonly HashSet<string> notInstalled;
    private readonly HashSet<string> unknown;
    private readonly LocalDirectory directory;

    /// <summary>Opens the inbox of a store.</summary>
    public LocalGraph(LocalStore store, TimeProvider time, LocalGraphOptions options, LocalIdentityOptions identity)
    {
        this.time = time;
        inbox = new GraphInbox(store);
        throttle = new Throttle(time);
        notInstalled = new HashSet<string>(options.NotInstalled, StringComparer.OrdinalIgnoreCase);
        unknown = new HashSet<string>(options.Unknown, StringComparer.OrdinalIgnoreCase);
        directory = new LocalDirectory(options, identity);
    }

    /// <summary>A way not to work, for tests.</summary>
    public GraphOutage Outage { get; set; }

    /// <summary>What was accepted and not overwritten, oldest first; of one user, or of all.</summary>
    public IReadOnlyList<GraphNotification> Inbox(string? recipient = null) => inbox.Read(recipient);

    /// <summary>Answers a request to <c>graph.microsoft.com</c>.</summary>
    /// <exception cref="HttpRequestException">The outage says that there is no connection.</exception>
    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (Outage == GraphOutage.NoConnection)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Microsoft Graph can't be reached.");
        if (Outage == GraphOutage.ServiceUnavailable)
            return Refuse(request, HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "The service is unavailable.");
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 })
            return Refuse(request, HttpStatusCode.Unauthorized, "InvalidAuthenticationToken", "Access token is empty.");

        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Post && Notification().Match(path) is { Success: true } one)
        {
            var user = one.Groups["user"];
            return await NotifyAsync(request, user.Success ? Uri.UnescapeDataString(user.Value) : null, cancellation);
        }

        return request.Method == HttpMethod.Get && Members().Match(path) is { Success: true } group
            ? List(request, Uri.UnescapeDataString(group.Groups["group"].Value))
            : Refuse(
                request, HttpStatusCode.NotFound, "NotFound", "Only activity notifications and groups' members are stood in for here.");
    }

    [GeneratedRegex(
        "^/(v1\\.0|beta)/(users/(?<user>[^/]+)/)?teamwork/(microsoft\\.graph\\.)?sendActivityNotification(?(user)|ToRecipients)/?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Notification();

    [GeneratedRegex(
        "^/(v1\\.0|beta)/groups/(?<group>[^/]+)/transitiveMembers/(microsoft\\.)?graph\\.user/?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Members();

    private async Task<HttpResponseMessage> NotifyAsync(HttpRequestMessage request, string? recipient, CancellationToken cancellation)
    {
        if (throttle.Enter(recipient) is { } wait) return TooMany(request, wait);
        if (request.Content?.Headers.ContentType?.MediaType != "application/json")
            return Refuse(request, HttpStatusCode.BadRequest, "BadRequest", "The Content-Type isn't application/json.");

        var body = await request.Content.ReadAsByteArrayAsync(cancellation);
        var (notifications, refusal) = ActivityBody.Read(body, recipient, time.GetUtcNow());
        if (refusal is not null) return Refuse(request, HttpStatusCode.BadRequest, "BadRequest", refusal);
        if (recipient is not null && unknown.Contains(recipient))
            return Refuse(request, HttpStatusCode.NotFound, "NotFound", "The recipient wasn't found.");
        if (recipient is not null && notInstalled.Contains(recipient))
            return Refuse(request, HttpStatusCode.Forbidden, "Forbidden", "The Teams application isn't installed for the recipient.");

        // Of many each is seen to afterwards: whom it doesn't reach nobody is told.
        foreach (var notification in notifications)
        {
            if (!unknown.Contains(notification.Recipient) && !notInstalled.Contains(notification.Recipient))
                await inbox.AddAsync(notification);
        }

        return Stamp(request, new HttpResponseMessage(recipient is null ? HttpStatusCode.Accepted : HttpStatusCode.NoContent));
    }

    private HttpResponseMessage List(HttpRequestMessage request, string group)
    {
        if (unknown.Contains(group)) return Refuse(request, HttpStatusCode.NotFound, "Request_ResourceNotFound", "There is no such group.");
        if (notInstalled.Contains(group))
            return Refuse(
                request, HttpStatusCode.Forbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
        var (page, refusal) = GroupPages.Read(request, directory.MembersOf(group), directory.NameOf);
        if (refusal is not null) return Refuse(request, HttpStatusCode.BadRequest, "Request_UnsupportedQuery", refusal);
        var response = Stamp(request, new HttpResponseMessage(HttpStatusCode.OK));
        response.Content = JsonContent.Create(page);
        return response;
    }

    private HttpResponseMessage TooMany(HttpRequestMessage request, TimeSpan wait)
    {
        var response = Refuse(
            request, HttpStatusCode.TooManyRequests, "TooManyRequests", "Too many requests: wait as long as Retry-After says.");
        response.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(
            TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))));
        return response;
    }

    private HttpResponseMessage Refuse(HttpRequestMessage request, HttpStatusCode status, string code, string message)
    {
        var response = Stamp(request, new HttpResponseMessage(status));
        var id = response.Headers.GetValues("request-id").First();
        var innerError = new Dictionary<string, string>
        {
            ["date"] = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss"),
            ["request-id"] = id,
            ["client-request-id"] = id,
        };
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

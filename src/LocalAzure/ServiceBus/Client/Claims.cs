using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Azure.Core;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// Puts tokens at a connection's <c>$cbs</c> node: one for each entity, before the first link to it, and a new one before the
/// old one expires.
/// </summary>
internal sealed class Claims : IDisposable
{
    private static readonly string[] Scopes = ["https://servicebus.azure.net/.default"];

    // Tokens last an hour or so. A short-lived one is renewed after three quarters of its life.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Requests requests;
    private readonly Endpoint endpoint;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, Lazy<Task>> authorized = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource ended = new();

    private Claims(Requests requests, Endpoint endpoint, TimeProvider time) => (this.requests, this.endpoint, this.time) = (requests, endpoint, time);

    public static async Task<Claims> AttachAsync(Connection connection, Endpoint endpoint, TimeProvider time, CancellationToken cancellation) =>
        new(await Requests.AttachAsync(new Session(connection), "$cbs", cancellation), endpoint, time);

    /// <summary>Waits until this connection may use an entity.</summary>
    /// <exception cref="UnauthorizedAccessException">The service refused the token.</exception>
    public async Task AuthorizeAsync(string entity, CancellationToken cancellation)
    {
        var put = authorized.GetOrAdd(entity, name => new Lazy<Task>(() => PutAndRenewAsync(name)));
        try
        {
            await put.Value.WaitAsync(cancellation);
        }
        catch
        {
            authorized.TryRemove(new(entity, put));
            throw;
        }
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private async Task PutAndRenewAsync(string entity)
    {
        var expires = await PutAsync(entity, ended.Token);
        if (expires is { } instant) _ = RenewAsync(entity, instant, ended.Token);
    }

    private async Task RenewAsync(string entity, DateTimeOffset expires, CancellationToken end)
    {
        try
        {
            while (true)
            {
                var left = expires - time.GetUtcNow();
                var wait = left > Margin * 4 ? left - Margin : left * 0.75;
                await Task.Delay(wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1), time, end);
                expires = await PutAsync(entity, end) ?? DateTimeOffset.MaxValue;
            }
        }
        catch (Exception)
        {
            // The connection ended, or no token was to be had. In the second case the service will close the links, and
            // whoever opens them again asks for a token first and is told what is wrong.
            authorized.TryRemove(entity, out _);
        }
    }

    private async Task<DateTimeOffset?> PutAsync(string entity, CancellationToken cancellation)
    {
        var (token, type, expires) = endpoint.Credential is { } credential
            ? await FromCredentialAsync(credential, cancellation)
            : (endpoint.Signature!, "servicebus.windows.net:sastoken", (DateTimeOffset?)null);
        var request = new Message(token)
        {
            ApplicationProperties = new ApplicationProperties
            {
                ["operation"] = "put-token",
                ["type"] = type,
                ["name"] = $"amqps://{endpoint.Namespace}/{entity}",
            },
        };
        if (expires is { } instant) request.ApplicationProperties["expiration"] = instant.UtcDateTime;
        await requests.AskAsync(request, entity, cancellation);
        return expires;
    }

    private static async Task<(string Token, string Type, DateTimeOffset? Expires)> FromCredentialAsync(
        TokenCredential credential, CancellationToken cancellation)
    {
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellation);
        return (token.Token, "jwt", token.ExpiresOn);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shared;

namespace VcasFunctions.Tests;

/// <summary>Speaks to the app over HTTP, as the officers' forms do. Every answer is held to the published description.</summary>
public sealed class Api(RunningApp app, string? person = Someone.WhoMayDoAll) : IDisposable
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http = new(new AsDescribed(app.SignedIn(person))) { BaseAddress = app.Http.BaseAddress };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends a request. A text goes out as it is, anything else as JSON.</summary>
    public Task<ApiAnswer> SendAsync(string method, string path, object? body = null, string contentType = "application/json") =>
        SendAsync(method, path, body switch
        {
            null => null,
            HttpContent content => content,
            string text => Typed(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), contentType),
            byte[] bytes => Typed(new ByteArrayContent(bytes), contentType),
            _ => Typed(new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Camel)), contentType),
        });

    /// <summary>Asks.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync("GET", path, (HttpContent?)null);

    /// <summary>Posts.</summary>
    public Task<ApiAnswer> PostAsync(string path, object body) => SendAsync("POST", path, body);

    /// <summary>Puts.</summary>
    public Task<ApiAnswer> PutAsync(string path, object body) => SendAsync("PUT", path, body);

    /// <summary>Asks for a file.</summary>
    public async Task<byte[]> FileAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"api/{path}");
        using var response = await http.SendAsync(request, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Content.ReadAsByteArrayAsync(Cancellation);
    }

    /// <summary>Records an offer and gives its id.</summary>
    public async Task<Guid> RecordAsync(object offer, Guid? id = null)
    {
        var offerId = id ?? Guid.NewGuid();
        (await PutAsync($"offers/{offerId}", offer)).Must(201);
        return offerId;
    }

    /// <summary>The state of an offer.</summary>
    public async Task<string?> StateAsync(Guid id) => (await GetAsync($"offers/{id}")).Must(200)["state"];

    /// <summary>Records an attempt.</summary>
    public Task<ApiAnswer> AttemptAsync(Guid id, string outcome, object? more = null) =>
        PostAsync($"call-backs/{id}/attempts", Given.Attempt(outcome, more));

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static HttpContent Typed(HttpContent content, string contentType)
    {
        if (contentType.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }

    private async Task<ApiAnswer> SendAsync(string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : $"api/{path}")
        {
            Content = content,
        };
        using var response = await http.SendAsync(request, Cancellation);
        return new ApiAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(Cancellation));
    }
}

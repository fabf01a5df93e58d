using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace LocalAzure.Tables;

/// <summary>What the service would have answered: a status and the headers that callers read. There is never a body.</summary>
internal sealed class LocalResponse(int status, long etagTicks = 0, string? errorCode = null) : Response
{
    private const string ETagHeader = "ETag";
    private const string ErrorCodeHeader = "x-ms-error-code";
    private string? clientRequestId;

    public override int Status => status;

    public override string ReasonPhrase => status switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        404 => "Not Found",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Request Entity Too Large",
        _ => "",
    };

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId
    {
        get => clientRequestId ??= Guid.NewGuid().ToString();
        set => clientRequestId = value;
    }

    public override bool IsError => status >= 400;

    public override void Dispose()
    {
        // There is nothing to release: no stream was opened.
    }

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (etagTicks != 0 && string.Equals(name, ETagHeader, StringComparison.OrdinalIgnoreCase)) value = EntityTag.Format(etagTicks);
        else if (errorCode is not null && string.Equals(name, ErrorCodeHeader, StringComparison.OrdinalIgnoreCase)) value = errorCode;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders()
    {
        if (TryGetHeader(ETagHeader, out var etag)) yield return new HttpHeader(ETagHeader, etag);
        if (TryGetHeader(ErrorCodeHeader, out var code)) yield return new HttpHeader(ErrorCodeHeader, code);
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Http;

/// <summary>Reads a request's JSON body, or says which field can't be read and what would be right. Never repeats a value.</summary>
public static partial class Body
{
    /// <summary>The largest body that is read, bytes.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>How long a body may take to arrive.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly JsonDocumentOptions AsDeep = new() { MaxDepth = Json.Api.MaxDepth };

    /// <summary>The body as a <typeparamref name="T"/>.</summary>
    /// <exception cref="ProblemException">It is not JSON, too large, or doesn't fit.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType()) throw new ProblemException(Problem.WrongContentType("application/json"));
        if (request.ContentLength > Largest) throw new ProblemException(Problem.TooLarge);
        var body = await WholeAsync(request, cancellation);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(body, Json.Api, cancellation)
                ?? throw new ProblemException(Problem.MalformedJson(": it is null"));
        }
        catch (JsonException failure)
        {
            throw new ProblemException(ProblemOf(failure, body, typeof(T)));
        }
        catch (InvalidOperationException failure) when (IsOfNoText(failure))
        {
            throw new ProblemException(Problem.MalformedJson(""));
        }
    }

    private static async Task<MemoryStream> WholeAsync(HttpRequest request, CancellationToken cancellation)
    {
        await using var bounded = new BoundedStream(request.Body, Largest, Patience);
        var whole = new MemoryStream((int)(request.ContentLength ?? 0));
        await bounded.CopyToAsync(whole, cancellation);
        whole.Position = 0;
        return whole;
    }

    // Text that is no UTF-8, or half of a letter.
    private static bool IsOfNoText(InvalidOperationException failure) =>
        failure.InnerException is System.Text.DecoderFallbackException or ArgumentException;

    // The serializer gives its reason in English alone, which the next version may word anew. So the body is looked at once more.
    private static Problem ProblemOf(JsonException failure, MemoryStream body, Type type)
    {
        body.Position = 0;
        try
        {
            using var document = JsonDocument.Parse(body, AsDeep);
            var path = PathOf(failure);
            if (!BodyFields.Knows(type, failure.Path ?? "")) return Problem.UnknownField(UnknownName(path));
            return BodyFields.IsTwice(document.RootElement)
                ? Problem.MalformedJson(": a field stands in it twice")
                : Problem.WrongValue(path.Length == 0 ? "The body" : path, ExpectedValues.At(type, path));
        }
        catch (JsonException broken)
        {
            return Problem.MalformedJson(broken.LineNumber is { } number ? $" (line {number + 1})" : "");
        }
        catch (InvalidOperationException noText) when (IsOfNoText(noText))
        {
            return Problem.MalformedJson("");
        }
    }

    // The serializer's path begins with "$." and holds names of ours and indexes, except for an unknown field's own name.
    private static string PathOf(JsonException failure)
    {
        var path = failure.Path is { Length: > 2 } given && given.StartsWith("$.", StringComparison.Ordinal) ? given[2..] : "";
        return PlainPath().IsMatch(path) ? path : "";
    }

    // A misspelt name is told back only if it looks like one of ours: what was typed into the wrong place may be a person's.
    private static string UnknownName(string path)
    {
        var dot = path.LastIndexOf('.');
        if (FieldName().IsMatch(path[(dot + 1)..])) return path;
        return dot < 0 ? "A field" : $"A field of {path[..dot]}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.\[\]]{1,80}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"^[a-z][A-Za-z]{0,39}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldName();
}

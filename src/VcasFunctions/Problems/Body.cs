using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace VcasFunctions.Problems;

/// <summary>Reads a request's JSON body, or says which field can't be read and what would be right. Never repeats a value.</summary>
public static partial class Body
{
    /// <summary>The largest body that is read, bytes.</summary>
    public const int Largest = 64 * 1024;

    /// <summary>How long a body may take to arrive.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The body as a <typeparamref name="T"/>.</summary>
    /// <exception cref="ProblemException">It is not JSON, too large, or doesn't fit.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType()) throw new ProblemException(Problem.WrongContentType("application/json"));
        if (request.ContentLength > Largest) throw new ProblemException(Problem.TooLarge);
        try
        {
            await using var bounded = new BoundedStream(request.Body, Largest, Patience);
            return await JsonSerializer.DeserializeAsync<T>(bounded, Json.Api, cancellation)
                ?? throw new ProblemException(Problem.MalformedJson(": it is null"));
        }
        catch (JsonException failure)
        {
            throw new ProblemException(ProblemOf(failure, typeof(T)));
        }
        catch (InvalidOperationException failure) when (failure.InnerException is System.Text.DecoderFallbackException or ArgumentException)
        {
            // Text that is not UTF-8.
            throw new ProblemException(Problem.MalformedJson(""));
        }
    }

    private static Problem ProblemOf(JsonException failure, Type type)
    {
        var path = PathOf(failure);
        if (failure.Message.Contains("uplicate property", StringComparison.Ordinal))
            return Problem.MalformedJson(": a field stands in it twice");
        if (failure.Message.Contains("could not be mapped", StringComparison.Ordinal)) return Problem.UnknownField(UnknownName(path));
        if (failure.Message.Contains("could not be converted", StringComparison.Ordinal)
            || failure.Message.Contains("null", StringComparison.Ordinal) && path.Length > 0)
            return Problem.WrongValue(path.Length == 0 ? "The body" : path, Expected.At(type, path));
        var line = failure.LineNumber is { } number ? $" (line {number + 1})" : "";
        return Problem.MalformedJson(line);
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

using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VcasFunctions.Http;

namespace VcasFunctions.Console;

/// <summary>One file of the console as it is served.</summary>
public sealed class ConsoleFile
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml; charset=utf-8",
        [".webmanifest"] = "application/manifest+json; charset=utf-8",
    };

    /// <summary>A file of this name, below <c>/console/</c>, with this content.</summary>
    /// <exception cref="InvalidOperationException">Its ending says no content type that is served.</exception>
    public ConsoleFile(string name, byte[] content)
    {
        Name = name;
        Content = content;
        ContentType = ContentTypes.TryGetValue(Path.GetExtension(name), out var type)
            ? type
            : throw new InvalidOperationException($"No content type is known for {name}.");
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..20]}\"";
        Zipped = Zip(content);
    }

    /// <summary>Its path below <c>/console/</c>.</summary>
    public string Name { get; }

    /// <summary>The file's bytes, uncompressed.</summary>
    public byte[] Content { get; }

    /// <summary>Compressed by gzip: what goes out over a bad signal.</summary>
    public byte[] Zipped { get; }

    /// <summary>The file, compressed where the browser takes it so; 304 where it has it already.</summary>
    public IResult Answer(HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        var zipped = request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality != 0);
        if (zipped) headers.ContentEncoding = "gzip";
        return ApiResults.Bytes(zipped ? Zipped : Content, ContentType, new EntityTagHeaderValue(ETag, isWeak: true));
    }

    /// <summary>The content type, with its charset.</summary>
    public string ContentType { get; }

    /// <summary>Drawn from the content, in quotation marks.</summary>
    public string ETag { get; }

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal)) zip.Write(content);
        return zipped.ToArray();
    }
}

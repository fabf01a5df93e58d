using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VcasFunctions.Console;

/// <summary>
/// Everything that the console consists of, the same for the life of the process: the files in the assembly, and the few that are
/// made of them. Any path without a dot is a page, and every page begins with the same shell.
/// </summary>
public static class ConsoleFiles
{
    private const string Prefix = "console/";
    private const string Genuine = "govuk-frontend.min.css";
    private const string Plain = "plain.css";
    private const string Shell = "shell.html";
    private const string Texts = "texts.en.json";
    private const string Worker = "worker.js";

    // Read, compressed and digested once, when the first page is asked for.
    private static readonly Lazy<Dictionary<string, ConsoleFile>> Files = new(Make);

    /// <summary>Of the pages and of the app that serves them: another with each build that differs.</summary>
    public static string Version { get; } = typeof(ConsoleFiles).Module.ModuleVersionId.ToString("N");

    /// <summary>The names of what is served.</summary>
    public static IEnumerable<string> Names => Files.Value.Keys;

    /// <summary>The file at a path below <c>/console/</c>; null if there is none.</summary>
    public static ConsoleFile? Find(string path) => Files.Value.GetValueOrDefault(Path.HasExtension(path) ? path : Shell);

    private static Dictionary<string, ConsoleFile> Make()
    {
        var source = Read();
        var texts = JsonNode.Parse(source[Texts])!;
        source["govuk.css"] = source.Remove(Genuine, out var genuine) ? GovukStyles.Adapt(genuine) : source[Plain];
        source[Shell] = Filled(source[Shell], texts["shell"]!.AsObject());
        source.Remove(Plain);
        var contents = DigestOf(source);
        // The browser looks for another worker whenever this one's text changes, and with it for every other file.
        var digests = source.Where(file => file.Key != Worker).OrderBy(file => file.Key, StringComparer.Ordinal)
            .ToDictionary(file => file.Key, file => Digest(file.Value), StringComparer.Ordinal);
        source[Worker] = $"const shell = {JsonSerializer.Serialize(new { version = contents, files = digests })};\n{source[Worker]}";
        return source.ToDictionary(
            file => file.Key, file => new ConsoleFile(file.Key, Encoding.UTF8.GetBytes(file.Value)), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Read()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(
            name => name[Prefix.Length..],
            name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);
    }

    private static string Filled(string shell, JsonObject texts) =>
        texts.Aggregate(shell.Replace("{{version}}", Version, StringComparison.Ordinal), (filled, text) =>
            filled.Replace($"{{{{{text.Key}}}}}", System.Net.WebUtility.HtmlEncode((string)text.Value!), StringComparison.Ordinal));

    private static string DigestOf(Dictionary<string, string> source)
    {
        var everything = string.Concat(
            source.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}\n{file.Value}\n"));
        return Digest(everything)[..16];
    }

    private static string Digest(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}

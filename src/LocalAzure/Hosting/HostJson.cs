using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace LocalAzure.Hosting;

/// <summary>The app's <c>host.json</c>.</summary>
internal sealed class HostJson
{
    private readonly IConfiguration content;

    private HostJson(IConfiguration content) => this.content = content;

    /// <summary>What comes before every HTTP route; <c>api</c> unless set, and may be set to nothing.</summary>
    public string RoutePrefix => content["extensions:http:routePrefix"] ?? "api";

    /// <summary>The settings of the durable extension.</summary>
    public IConfigurationSection DurableTask => content.GetSection("extensions:durableTask");

    /// <summary>Log levels by category, as the logging configuration wants them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> LogLevels => content.GetSection("logging:logLevel").GetChildren()
        .Select(level => KeyValuePair.Create($"Logging:LogLevel:{level.Key}", level.Value));

    /// <summary>
    /// Reads the first of: the setting <c>LocalAzure:HostJson</c> (a file), the folder that
    /// <c>FUNCTIONS_APPLICATION_DIRECTORY</c> names, the content root, the folder of the program.
    /// </summary>
    /// <exception cref="InvalidDataException">The file isn't JSON.</exception>
    public static HostJson Read(IConfiguration configuration, string contentRoot)
    {
        var file = configuration["LocalAzure:HostJson"] ?? AppFile.Find("host.json", configuration, contentRoot);
        var builder = new ConfigurationBuilder();
        if (file is not null) builder.AddJsonFile(AppFile.Checked(Path.GetFullPath(file)), optional: false, reloadOnChange: false);
        return new HostJson(builder.Build());
    }
}

/// <summary>Files that belong to the app.</summary>
internal static class AppFile
{
    private const int LongestName = 500;

    /// <summary>
    /// The file again, looked through: settings nest by the colons in their names, and one of some hundred thousand colons
    /// would be taken apart with gigabytes of memory.
    /// </summary>
    /// <exception cref="InvalidDataException">A name in it is longer than any setting's.</exception>
    public static string Checked(string file)
    {
        try
        {
            var reader = new Utf8JsonReader(
                File.ReadAllBytes(file), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.Length > LongestName)
                    throw new InvalidDataException($"'{file}' has a setting whose name is longer than {LongestName} bytes.");
            }
        }
        catch (JsonException)
        {
            // Anyone who reads the settings says where.
        }

        return file;
    }

    /// <summary>The file's full path in the first folder that has it; null when none has.</summary>
    public static string? Find(string name, IConfiguration configuration, string contentRoot) =>
        new[] { configuration["FUNCTIONS_APPLICATION_DIRECTORY"], contentRoot, AppContext.BaseDirectory }
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, name))
            .FirstOrDefault(File.Exists);
}

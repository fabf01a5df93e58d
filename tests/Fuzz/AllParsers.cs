using Fuzz.Parsers;

namespace Fuzz;

/// <summary>Every parser that this house wrote.</summary>
internal static class AllParsers
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Parser> List =
    [
        .. Requests.Parsers, .. Files.Parsers, .. Messages.Parsers, .. TimesAndNumbers.Parsers, .. Wire.Parsers, .. Stored.Parsers,
        .. SettingsFiles.Parsers,
    ];

    /// <summary>One of them.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the message names those there are.</exception>
    public static Parser Named(string name) => List.FirstOrDefault(parser => parser.Name == name)
        ?? throw new ArgumentException(
            $"There is no parser {name}. There are: {string.Join(", ", List.Select(parser => parser.Name))}.", nameof(name));
}

using System.Collections.Frozen;

namespace Vcas.Domain;

/// <summary>
/// Enum members as the words that everybody uses: in bodies, queries, files, messages, settings and stored rows. The one reader of
/// them takes a word exactly as it is published and nothing else: no other case, no blank beside it, no number, no two words in one text
/// (which .NET's own reader makes a third word of).
/// </summary>
public static class Word
{
    /// <summary>The member's name in camel case: <c>doNotContact</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such value.</exception>
    public static string Of<T>(T value) where T : struct, Enum =>
        Words<T>.ByValue.TryGetValue(value, out var word)
            ? word
            : throw new ArgumentOutOfRangeException(nameof(value), $"This {typeof(T).Name} has no word.");

    /// <summary>The words of an enum, in the order in which it declares them.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Words<T>.InOrder;

    /// <summary>The words of an enum that is known only at run time.</summary>
    public static IReadOnlyList<string> All(Type type) => [.. Enum.GetNames(type).Select(Camel)];

    /// <summary>The member with this word. False, and the first member, if there is none.</summary>
    public static bool TryRead<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && Words<T>.ByWord.TryGetValue(text, out value);
    }

    /// <summary>The name of a member of ours as JSON has it.</summary>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static class Words<T> where T : struct, Enum
    {
        public static readonly IReadOnlyList<string> InOrder = [.. Enum.GetNames<T>().Select(Camel)];

        public static readonly FrozenDictionary<string, T> ByWord =
            Enum.GetNames<T>().ToFrozenDictionary(Camel, Enum.Parse<T>, StringComparer.Ordinal);

        public static readonly FrozenDictionary<T, string> ByValue = ByWord.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }
}

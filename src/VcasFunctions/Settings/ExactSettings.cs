using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Vcas.Domain;

namespace VcasFunctions.Settings;

/// <summary>
/// Words, dates and times of day among the settings, as they are written. .NET's binder takes a number or two words for a word, and
/// 03/04/2029 for the fourth of March: nobody would learn which day the force is closed.
/// </summary>
internal static class ExactSettings
{
    /// <summary>Goes on when every one is written as it should be.</summary>
    /// <exception cref="OptionsValidationException">Some aren't; each is named.</exception>
    public static void Check(IConfigurationSection section, Type options)
    {
        var failures = Failures(section, options).ToList();
        if (failures.Count > 0) throw new OptionsValidationException(Options.DefaultName, options, failures);
    }

    private static IEnumerable<string> Failures(IConfigurationSection section, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (section.Value is { } text)
        {
            if (type.IsEnum && !Word.All(type).Contains(text))
                yield return $"{section.Path} is none of {string.Join(", ", Word.All(type))}.";
            if (type == typeof(DateOnly) && !IsDate(text)) yield return $"{section.Path} must be a date such as 2029-03-30.";
            if (type == typeof(TimeOnly) && !IsTime(text)) yield return $"{section.Path} must be a time of day such as 09:30.";
            yield break;
        }

        foreach (var child in section.GetChildren())
        {
            if (TypeOf(type, child.Key) is not { } inner) continue;
            foreach (var failure in Failures(child, inner)) yield return failure;
        }
    }

    // A list's entries and a dictionary's values are of its last type argument; the binder reports what a type doesn't have.
    private static Type? TypeOf(Type type, string key) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1]
        : type.GetProperties().FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase))?.PropertyType;

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

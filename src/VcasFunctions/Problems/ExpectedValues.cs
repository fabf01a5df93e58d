using System.Reflection;
using Vcas.Domain;

namespace VcasFunctions.Problems;

/// <summary>Says what a field takes, from its type: the words of an enum, a time with its offset, a list.</summary>
public static class ExpectedValues
{
    /// <summary>What the field at <paramref name="path"/> (as <c>contact.safeTimes[0].from</c>) of <paramref name="type"/> takes.</summary>
    public static string At(Type type, string path)
    {
        Type? current = type;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (current is null) break;
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? step : step[..bracket];
            current = current.GetProperty(name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)?.PropertyType;
            if (bracket >= 0 && current is not null) current = ElementOf(current);
        }

        return current is null ? "Check its kind." : Of(Nullable.GetUnderlyingType(current) ?? current);
    }

    /// <summary>What a value of <paramref name="type"/> looks like.</summary>
    public static string Of(Type type)
    {
        if (type.IsEnum) return $"It takes one of: {string.Join(", ", Word.All(type))}.";
        if (type == typeof(DateTimeOffset)) return Instants.Expected;
        if (type == typeof(DateOnly)) return "It takes a date such as 2024-03-31.";
        if (type == typeof(TimeOnly)) return "It takes a time of day such as 09:30, from 00:00 to 23:59.";
        if (type == typeof(bool)) return "It takes true or false.";
        if (type == typeof(Guid)) return "It takes a GUID.";
        if (type == typeof(string)) return "It takes a text in quotation marks.";
        if (type == typeof(int)) return "It takes a whole number.";
        return ElementOf(type) is not null ? "It takes a list in square brackets." : "It takes an object in braces.";
    }

    private static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
}

using System.Globalization;
using System.Text.Json;

namespace LocalAzure.Functions;

/// <summary>A route value, or else a query value, as a function's parameter.</summary>
internal static class HttpText
{
    private static readonly HashSet<Type> Types =
    [
        typeof(string), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset),
        typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(bool),
    ];

    /// <summary>Whether a text of a route or query can become this type.</summary>
    public static bool CanConvert(Type type) => Types.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The value of that name.</summary>
    /// <exception cref="FunctionInputException">It is missing though required, or isn't of the type.</exception>
    public static T? Get<T>(LocalFunctionContext context, string name, bool optional, T? fallback)
    {
        var request = context.HttpContext!.Request;
        var text = request.RouteValues.TryGetValue(name, out var routed) ? routed as string : null;
        if (text is null && request.QueryString.HasValue && request.Query.TryGetValue(name, out var asked)) text = asked;
        if (text is null)
        {
            return optional ? fallback : throw new FunctionInputException(
                context.Function.Name,
                $"Could not populate the value for '{name}' parameter. Consider adding a default value or making the parameter nullable.");
        }

        if (typeof(T) == typeof(string)) return (T)(object)text;
        if (TryConvert<T>(text, out var value)) return value;
        throw new FunctionInputException(
            context.Function.Name,
            $"Cannot convert input parameter '{name}' to type '{typeof(T)}' from type 'System.String'.");
    }

    private static bool TryConvert<T>(string text, out T? value)
    {
        value = default;
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        object? found = null;
        if (type == typeof(Guid)) found = Guid.TryParse(text, out var id) ? id : null;
        else if (type == typeof(DateTime)) found = DateTime.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : null;
        else if (type == typeof(DateTimeOffset))
            found = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var on) ? on : null;
        else return TryReadJson(text, out value);
        if (found is null) return false;
        value = (T)found;
        return true;
    }

    // The genuine worker reads numbers and booleans as JSON.
    private static bool TryReadJson<T>(string text, out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(text);
            return value is not null;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}

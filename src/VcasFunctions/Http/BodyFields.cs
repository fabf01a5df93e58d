using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VcasFunctions.Http;

/// <summary>The fields of a request's body: which of them the serializer knows, and whether one stands twice.</summary>
internal static class BodyFields
{
    /// <summary>
    /// Whether the last field of a serializer's path (as <c>$.contact.safeTimes[0].from</c>) is one of the type that it stands in.
    /// </summary>
    public static bool Knows(Type type, string path)
    {
        // Only names that are none of ours need brackets and quotation marks.
        if (path.Contains("['", StringComparison.Ordinal)) return false;
        JsonTypeInfo? current = Json.Api.GetTypeInfo(type);
        foreach (var step in path.Split('.').Skip(1))
        {
            // Inside of what is read as a whole, nothing is unknown.
            if (current?.Kind != JsonTypeInfoKind.Object) return true;
            var bracket = step.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? step : step[..bracket];
            var property = current.Properties.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (property is null) return false;
            current = Json.Api.GetTypeInfo(property.PropertyType);
            if (bracket >= 0) current = current.ElementType is { } element ? Json.Api.GetTypeInfo(element) : null;
        }

        return true;
    }

    /// <summary>Whether a field stands twice in one of the objects, in whatever case.</summary>
    /// <exception cref="JsonException">A field's name holds half of a letter.</exception>
    public static bool IsTwice(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(IsTwice),
        JsonValueKind.Object =>
            value.EnumerateObject().CountBy(NameOf, StringComparer.OrdinalIgnoreCase).Any(name => name.Value > 1)
            || value.EnumerateObject().Any(field => IsTwice(field.Value)),
        _ => false,
    };

    // Half of a letter is found only when the name is read.
    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException noText)
        {
            throw new JsonException("A field's name is no text.", noText);
        }
    }
}

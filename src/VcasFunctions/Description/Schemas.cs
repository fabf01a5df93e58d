using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Vcas.Domain.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;

namespace VcasFunctions.Description;

/// <summary>
/// The schemas of what is sent and answered, derived from the types themselves as <see cref="Json.Api"/> reads and writes them.
/// Each type of ours has one place and is referred to everywhere else.
/// </summary>
internal sealed class Schemas
{
    // The format "time" would want an offset, which an hour on the wall doesn't have.
    private const string TimeOfDay = @"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,7})?)?$";

    // Names that clients know, where ours say more.
    private static readonly Dictionary<Type, string> Published = new()
    {
        [typeof(HoldView)] = "Hold",
        [typeof(HouseholdMember)] = "Person",
        [typeof(HouseholdMembers)] = "Household",
        [typeof(HouseholdState)] = "OfferState",
        [typeof(MadeReferralView)] = "Referral",
    };

    private readonly SortedDictionary<string, JsonNode> components = new(StringComparer.Ordinal);
    private readonly Queue<Type> wanted = new();

    /// <summary>The schema of a type, or a reference to it.</summary>
    public JsonObject Of(Type type) =>
        IsNamed(type) ? RefTo(type)
        : type == typeof(JsonObject) ? new JsonObject { ["type"] = "object" }
        : Export(type);

    /// <summary>Everything that was referred to.</summary>
    public JsonObject Components()
    {
        while (wanted.TryDequeue(out var type)) components[NameOf(type)] = Export(type);
        return new JsonObject(components.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }

    private static bool IsNamed(Type type) => type.IsEnum || type.Namespace?.StartsWith("Vcas", StringComparison.Ordinal) == true;

    private static string NameOf(Type type) => Published.GetValueOrDefault(type, type.Name);

    private JsonObject RefTo(Type type)
    {
        if (components.TryAdd(NameOf(type), new JsonObject())) wanted.Enqueue(type);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{NameOf(type)}" };
    }

    private JsonObject Export(Type type) => (JsonObject)Json.Described.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    });

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (context.Path.Length > 0 && IsNamed(type)) return Described(RefTo(type), context);
        // Anything at all, which only the trail's data is.
        if (node is not JsonObject schema) return Described(new JsonObject { ["type"] = "object" }, context);

        WithoutNull(schema);
        if (schema.ContainsKey("enum")) schema["type"] = "string";
        if (type == typeof(TimeOnly)) schema = new JsonObject { ["type"] = "string", ["pattern"] = TimeOfDay };
        if (context.TypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object)
        {
            schema["required"] = new JsonArray(
                [.. context.TypeInfo.Properties.Where(IsAlwaysThere).Select(property => (JsonNode)property.Name)]);
            if (schema["required"]!.AsArray().Count == 0) schema.Remove("required");
        }

        return Described(schema, context);
    }

    // What is null is left out of answers, and may be left out of requests: nobody needs to send or expect it.
    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            var real = types.Select(type => (string)type!).Where(type => type != "null").ToList();
            schema["type"] = real.Count == 1 ? real[0] : new JsonArray([.. real.Select(type => (JsonNode)type)]);
        }

        if (schema["enum"] is JsonArray words && words.Contains(null))
            schema["enum"] = new JsonArray([.. words.Where(word => word is not null).Select(word => word!.DeepClone())]);
    }

    private static bool IsAlwaysThere(System.Text.Json.Serialization.Metadata.JsonPropertyInfo property) =>
        property.Get is not null
        && (property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is null : !property.IsGetNullable);

    private static JsonObject Described(JsonObject schema, JsonSchemaExporterContext context)
    {
        var text = context.PropertyInfo is { AttributeProvider: System.Reflection.MemberInfo member }
            ? XmlDocumentation.Of(member)
            : context.Path.Length == 0 ? XmlDocumentation.Of(context.TypeInfo.Type) : null;
        if (text is not null) schema["description"] = text;
        return schema;
    }
}

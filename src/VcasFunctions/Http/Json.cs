using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Vcas.Domain;
using Vcas.Domain.Households;
using VcasFunctions.Problems;

namespace VcasFunctions.Http;

/// <summary>
/// JSON as this app speaks it: camel case, enum members as words, instants with their offset, nothing that is null, and no field that
/// nobody knows (a misspelt field would lose what it carries).
/// </summary>
public static class Json
{
    // Not "state": several stages may have one state.
    private const string StageOfCourse = "stage";

    private static readonly JsonConverter[] Exact = [new WordConverter(), new Instants.Converter(), new Instants.UtcConverter()];

    /// <summary>The options for everything that leaves or enters the service.</summary>
    public static readonly JsonSerializerOptions Api = Make(JsonUnmappedMemberHandling.Disallow, derivedToo: true, Exact);

    /// <summary>The options for what is stored: a newer version's fields are left alone, so that a roll-back can read them.</summary>
    public static readonly JsonSerializerOptions Stored = Make(JsonUnmappedMemberHandling.Skip, derivedToo: false, Exact);

    /// <summary>
    /// The same as <see cref="Api"/>, for drawing up schemas: of readers of its own making .NET knows no schema, so its own stand here,
    /// which write alike.
    /// </summary>
    internal static readonly JsonSerializerOptions Described =
        Make(
            JsonUnmappedMemberHandling.Disallow,
            derivedToo: true,
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unknown, bool derivedToo, params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = unknown,
            // A field that is given twice is ambiguous, so the sender must choose.
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            MaxDepth = 16,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TellStagesApart } },
            // Answers are never put into a page as they are: a plus sign may stay a plus sign.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            // What can be derived is derived again when it is read; only answers carry it.
            IgnoreReadOnlyProperties = !derivedToo,
        };
        foreach (var converter in converters) options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    // Each stage of a course has fields of its own, so its name is written first.
    private static void TellStagesApart(JsonTypeInfo type)
    {
        if (type.Type != typeof(ContactCourse)) return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = StageOfCourse };
        foreach (var stage in typeof(ContactCourse).GetNestedTypes().Where(stage => !stage.IsAbstract))
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(stage, Word.Camel(stage.Name)));
    }
}

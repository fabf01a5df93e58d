using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VcasFunctions.Description;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Connector;

/// <summary>
/// The custom connector for Power Apps, Swagger 2.0, made from the API's own description: what a function takes and answers is
/// said once, in its code. Added are the words for makers, from <see cref="MakersOperation"/>.
/// </summary>
internal sealed partial class ConnectorDescription
{
    /// <summary>Where the made file stands, from the root.</summary>
    public const string File = "infra/powerapps/apiDefinition.swagger.json";

    private const string Place = "#/components/schemas/";
    private const string SignIn = "entra";
    private const string Json = "application/json";
    private static readonly string[] KeptOfASchema = ["type", "format", "pattern", "description", "required", "minimum", "maximum"];

    private readonly JsonObject api = JsonNode.Parse(ApiDescription.Document)!.AsObject();
    private readonly SortedDictionary<string, JsonNode?> definitions = new(StringComparer.Ordinal);

    private ConnectorDescription()
    {
    }

    /// <summary>The file's text.</summary>
    public static string Make() => new ConnectorDescription().MakeDocument().ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }) + "\n";

    private JsonObject MakeDocument()
    {
        var paths = new JsonObject();
        foreach (var (path, item) in api["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                if (MakersOperation.All.FirstOrDefault(one => one.Function == (string)operation!["operationId"]!) is not { } maker)
                    continue;
                paths[path["/api".Length..]] ??= new JsonObject();
                paths[path["/api".Length..]]![method] = OperationOf(maker, operation!.AsObject());
            }
        }

        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject
            {
                // Power Apps names the data source by it, and the formulas call it so.
                ["title"] = "VCAS",
                ["description"] = "Offers of support to households of people arrested for indecent-images offences, "
                    + "and the call-backs three weeks later. Every refusal is a numbered problem whose detail says what to change.",
                ["version"] = (string)api["info"]!["version"]!,
            },
            // Replaced by prepare.cs.
            ["host"] = "host.example",
            ["basePath"] = "/api",
            ["schemes"] = new JsonArray("https"),
            ["consumes"] = new JsonArray(Json),
            ["produces"] = new JsonArray(Json, "application/problem+json"),
            ["paths"] = paths,
            ["definitions"] = new JsonObject(definitions),
            ["securityDefinitions"] = new JsonObject
            {
                [SignIn] = new JsonObject
                {
                    ["type"] = "oauth2",
                    ["flow"] = "accessCode",
                    ["authorizationUrl"] = "https://login.microsoftonline.com/common/oauth2/authorize",
                    ["tokenUrl"] = "https://login.microsoftonline.com/common/oauth2/token",
                    ["scopes"] = new JsonObject(),
                },
            },
            ["security"] = new JsonArray(new JsonObject { [SignIn] = new JsonArray() }),
        };
    }

    private JsonObject OperationOf(MakersOperation maker, JsonObject operation)
    {
        var parameters = new JsonArray(
            [.. (operation["parameters"]?.AsArray() ?? []).Select(parameter => ParameterOf(maker, parameter!.AsObject()))]);
        if (operation["requestBody"]?["content"]?[Json] is JsonObject media)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = "body",
                ["in"] = "body",
                ["required"] = (bool?)operation["requestBody"]!["required"] ?? false,
                ["x-ms-summary"] = "Body",
                ["schema"] = Property(media["schema"]!.AsObject(), "body", maker),
            });
            definitions[NameOf(media["schema"]!)]!["example"] = media["example"]?.DeepClone();
        }

        return new JsonObject
        {
            ["operationId"] = maker.Function,
            ["summary"] = (string)operation["summary"]!,
            ["description"] = maker.Description,
            ["tags"] = operation["tags"]!.DeepClone(),
            ["x-ms-visibility"] = "important",
            ["parameters"] = parameters,
            ["responses"] = new JsonObject(operation["responses"]!
                .AsObject().Select(response => KeyValuePair.Create(response.Key, (JsonNode?)ResponseOf(response.Value!)))),
        };
    }

    private JsonObject ParameterOf(MakersOperation maker, JsonObject parameter)
    {
        var name = (string)parameter["name"]!;
        var made = new JsonObject
        {
            ["name"] = name,
            ["in"] = (string)parameter["in"]!,
            ["required"] = (bool?)parameter["required"] ?? false,
        };
        foreach (var (member, value) in Property(parameter["schema"]!.AsObject(), name, maker)) made[member] = value?.DeepClone();
        made["description"] = (string)parameter["description"]!;
        if (parameter["schema"]!["default"] is { } byDefault) made["default"] = byDefault.DeepClone();
        if ((string)made["in"]! == "path")
        {
            made["x-ms-visibility"] = "important";
            made["x-ms-url-encoding"] = "single";
        }

        return made;
    }

    private JsonObject ResponseOf(JsonNode response)
    {
        var made = new JsonObject { ["description"] = (string)response["description"]! };
        var schemas = response["content"]!
            .AsObject().Where(content => content.Key != "text/csv").Select(content => content.Value!["schema"]!.AsObject());
        made["schema"] = Property(schemas.Single(), "answer", maker: null);
        return made;
    }

    /// <summary>A schema as a field has it: words and texts in place, objects where they stand.</summary>
    private JsonObject Property(JsonObject schema, string name, MakersOperation? maker)
    {
        var target = schema["$ref"] is { } place ? api["components"]!["schemas"]![((string)place!)[Place.Length..]]!.AsObject() : schema;
        if (target["enum"] is JsonArray words)
        {
            var made = new JsonObject
            {
                ["type"] = "string",
                ["enum"] = words.DeepClone(),
                ["x-ms-enum-values"] = new JsonArray([.. words
                    .Select(word => (JsonNode)new JsonObject { ["value"] = (string)word!, ["displayName"] = Title((string)word!) })]),
            };
            return Told(made, schema, target, name, maker);
        }

        if (schema["$ref"] is not null)
        {
            Define(NameOf(schema), target, maker);
            return new JsonObject { ["$ref"] = "#/definitions/" + NameOf(schema) };
        }

        var kept = new JsonObject(schema.Where(member => KeptOfASchema.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        if (schema["items"] is JsonObject items)
        {
            kept["items"] = Property(items, name, maker: null);
            // Of a list only the list itself has a name.
            kept["items"]!.AsObject().Remove("x-ms-summary");
        }

        return Told(kept, schema, target, name, maker);
    }

    private void Define(string name, JsonObject schema, MakersOperation? maker)
    {
        if (definitions.ContainsKey(name)) return;
        var made = new JsonObject { ["type"] = "object" };
        definitions[name] = made;
        if (schema["description"] is { } text) made["description"] = text.DeepClone();
        if (schema["required"] is { } required) made["required"] = required.DeepClone();
        // Objects are left open: a field that a later version answers must not break an app that was built before.
        made["properties"] = new JsonObject(schema["properties"]!.AsObject().Select(property =>
            KeyValuePair.Create(property.Key, (JsonNode?)Property(property.Value!.AsObject(), property.Key, maker))));
    }

    private static JsonObject Told(JsonObject made, JsonObject schema, JsonObject target, string name, MakersOperation? maker)
    {
        made["x-ms-summary"] = Title(name);
        if ((schema["description"] ?? target["description"]) is { } text) made["description"] = text.DeepClone();
        if (maker is not null) made["x-ms-visibility"] = maker.Important.Contains(name) ? "important" : "advanced";
        return made;
    }

    private static string NameOf(JsonNode reference) => ((string)reference["$ref"]!)[Place.Length..];

    // doNotContact reads Do Not Contact.
    private static string Title(string name) => char.ToUpperInvariant(name[0]) + NewWord().Replace(name[1..], " $&");

    [GeneratedRegex("[A-Z]|(?<=[a-z])[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NewWord();
}

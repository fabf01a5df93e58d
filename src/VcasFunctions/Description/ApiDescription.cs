using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Azure.Functions.Worker;
using VcasFunctions.Http;
using VcasFunctions.Problems;

namespace VcasFunctions.Description;

/// <summary>
/// The OpenAPI 3.1 description of this API, made from the code: routes and methods from the triggers, bodies from the types,
/// words from <see cref="Operations"/>.
/// </summary>
public static partial class ApiDescription
{
    private const string SignIn = "entra";

    private static readonly Lazy<string> Made = new(() => Make().ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }));

    /// <summary>The document, the same for the life of the process.</summary>
    public static string Document => Made.Value;

    private static JsonObject Make()
    {
        var schemas = new Schemas();
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (function, trigger) in Triggers())
        {
            var operation = Operations.All.FirstOrDefault(described => described.Function == function);
            if (operation is null) continue;
            var path = $"/{trigger.Route}";
            if (!paths.TryGetValue(path, out var item)) paths[path] = item = [];
            // HEAD is GET without the body: it has nothing to describe.
            foreach (var method in (trigger.Methods ?? []).Select(method => method.ToLowerInvariant()).Where(method => method != "head"))
                item[method] = OperationOf(operation, path, schemas);
        }

        schemas.Of(typeof(Problem));
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "VcasFunctions",
                ["version"] = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3),
                ["description"] = "Offers of support to households, the call-backs that follow, and the referrals to VCAS. "
                    + "Every refusal is a numbered problem (RFC 9457) that says what to change.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. Operations.All.Select(operation => operation.Tag)
                .Distinct().Select(tag => (JsonNode)new JsonObject { ["name"] = tag })]),
            ["paths"] = new JsonObject(paths.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Components(),
                ["securitySchemes"] = new JsonObject
                {
                    [SignIn] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                        ["description"] = "An access token of Entra ID for this service, with at least one of its app roles.",
                    },
                },
            },
            ["security"] = new JsonArray(new JsonObject { [SignIn] = new JsonArray() }),
        };
    }

    private static IEnumerable<(string Function, HttpTriggerAttribute Trigger)> Triggers() =>
        from type in typeof(ApiDescription).Assembly.GetTypes()
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        select (function.Name, trigger);

    private static JsonObject OperationOf(Operation operation, string path, Schemas schemas)
    {
        var ids = PathParameter().Matches(path).Select(match => match.Groups["name"].Value).ToList();
        var described = new JsonObject
        {
            ["operationId"] = operation.Function,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
        };
        if (operation.Description is not null) described["description"] = operation.Description;
        if (AccessMatrix.Table.Of(operation.Function).IsOpen) described["security"] = new JsonArray();
        var parameters = ids.Select(PathParameterOf)
            .Concat(operation.Query.Select(query => QueryParameterOf(query, schemas))).ToArray<JsonNode>();
        if (parameters.Length > 0) described["parameters"] = new JsonArray(parameters);
        if (operation.Request is not null) described["requestBody"] = RequestOf(operation, schemas);
        described["responses"] = ResponsesOf(operation, ids.Count > 0, schemas);
        return described;
    }

    private static JsonObject PathParameterOf(string name) => new()
    {
        ["name"] = name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = name switch
        {
            "referralId" => "The referral's id, which is the offer's.",
            "team" => "The team's name.",
            _ => "The id that the officer's device made.",
        },
        ["schema"] = name == "team"
            ? new JsonObject { ["type"] = "string" }
            : new JsonObject { ["type"] = "string", ["format"] = "uuid" },
    };

    private static JsonObject QueryParameterOf(QueryParameter query, Schemas schemas)
    {
        var schema = schemas.Of(query.Type);
        if (query.Default is not null) schema["default"] = query.Default.DeepClone();
        if (query.IsRequired)
            return new JsonObject
            {
                ["name"] = query.Name,
                ["in"] = "query",
                ["required"] = true,
                ["description"] = query.Description,
                ["schema"] = schema,
            };
        return new JsonObject { ["name"] = query.Name, ["in"] = "query", ["description"] = query.Description, ["schema"] = schema };
    }

    private static JsonObject RequestOf(Operation operation, Schemas schemas)
    {
        var media = new JsonObject { ["schema"] = schemas.Of(operation.Request!) };
        if (operation.Example is not null)
            media["example"] = operation.Request == typeof(string) ? operation.Example : JsonNode.Parse(operation.Example);
        return new JsonObject
        {
            ["required"] = !operation.IsRequestOptional,
            ["content"] = new JsonObject { [operation.RequestContentType] = media },
        };
    }

    private static JsonObject ResponsesOf(Operation operation, bool isOfOneHousehold, Schemas schemas)
    {
        var responses = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var status in operation.Refusals(isOfOneHousehold))
            responses[$"{status}"] = ResponseOf(
                $"{ReasonPhrases.GetReasonPhrase(status)}: a numbered problem.", ("application/problem+json", schemas.Of(typeof(Problem))));
        foreach (var success in operation.Successes)
        {
            responses[$"{success.Status}"] = ResponseOf(
                success.Description,
                [.. success.ContentTypes.Select(type => (type, type switch
                {
                    "text/csv" or "application/x-ndjson" => new JsonObject { ["type"] = "string" },
                    "application/pkcs7-mime" => new JsonObject { ["type"] = "string", ["format"] = "binary" },
                    _ => schemas.Of(success.Body),
                }))]);
        }

        return new JsonObject(responses);
    }

    private static JsonObject ResponseOf(string description, params (string Type, JsonObject Schema)[] contents) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject(
            contents.Select(content => KeyValuePair.Create(content.Type, (JsonNode?)new JsonObject { ["schema"] = content.Schema }))),
    };

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathParameter();
}

using System.Text.Json.Nodes;
using NJsonSchema;
using VcasFunctions.Description;
using VcasFunctions.Tests.BadInput;

namespace VcasFunctions.Tests.Description;

/// <summary>
/// The published description: complete, sound, and true of what it describes. Every other test's answers are held to it too.
/// </summary>
public sealed class ApiDescriptionTests(SharedApp shared)
{
    private static readonly JsonNode Document = JsonNode.Parse(ApiDescription.Document)!;

    private static IEnumerable<(string Path, string Method, JsonObject Operation)> Described =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!.AsObject());

    [Fact]
    public async Task The_app_answers_its_description()
    {
        var answer = (await shared.Api.GetAsync("openapi.json")).Must(200);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(ApiDescription.Document, answer.Text);
    }

    [Fact]
    public void Every_route_is_described_and_nothing_else() => Assert.Equal(
        AppRoute.All.Select(route => $"{route.Method} /{route.Template} {route.Function}").Order(),
        Described.Select(one => $"{one.Method.ToUpperInvariant()} {one.Path} {one.Operation["operationId"]}").Order());

    [Fact]
    public void The_APIs_description_refers_to_nothing_that_is_missing_and_describes_everything()
    {
        Assert.StartsWith("3.1.", (string)Document["openapi"]!, StringComparison.Ordinal);
        Assert.Equal(
            ["components", "info", "openapi", "paths", "security", "servers", "tags"],
            Document.AsObject().Select(member => member.Key).Order());
        Assert.All(Described, one =>
        {
            var (path, method, operation) = one;
            var where = $"{method} {path}";
            Assert.True(
                operation.All(member =>
                    member.Key is "operationId" or "tags" or "summary" or "description" or "parameters" or "requestBody" or "responses"
                        or "security"),
                where);
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), where);

            var parameters = operation["parameters"]?.AsArray() ?? [];
            var inPath = parameters.Where(parameter => (string?)parameter!["in"] == "path")
                .Select(parameter => $"{{{parameter!["name"]}}}").ToList();
            Assert.Equal(path.Split('/').Where(step => step.StartsWith('{')), inPath);
            Assert.All(parameters, parameter =>
            {
                Assert.NotNull(parameter!["schema"]);
                Assert.False(string.IsNullOrWhiteSpace((string?)parameter["description"]), where);
                // Nobody opens a household without saying why; all else in a query may be left out.
                Assert.Equal(
                    (string?)parameter["in"] == "path" || (string?)parameter["name"] == "reason", (bool?)parameter["required"] ?? false);
            });

            var responses = operation["responses"]!.AsObject();
            Assert.True(responses.Any(response => response.Key.StartsWith('2')), $"{where} never succeeds.");
            Assert.All(responses, response =>
            {
                Assert.Matches("^[2-5][0-9]{2}$", response.Key);
                Assert.False(string.IsNullOrWhiteSpace((string?)response.Value!["description"]), where);
                Assert.NotEmpty(response.Value["content"]!.AsObject());
            });
            if (method is "get" or "delete") Assert.Null(operation["requestBody"]);
        });
        var ids = Described.Select(one => (string)one.Operation["operationId"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_nothing_is_kept_that_nobody_refers_to()
    {
        var places = Contracts.Contract.Nodes(Document)
            .Select(found => (string?)(found.Node["$ref"] as JsonValue)).OfType<string>().Distinct().ToList();
        Assert.All(places, place => Assert.StartsWith("#/components/schemas/", place, StringComparison.Ordinal));
        Assert.Equal(
            Document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order(),
            places.Select(place => place.Split('/')[^1]).Order());
    }

    [Fact]
    public void Enums_are_words_and_objects_are_closed_and_described()
    {
        var undescribed = new List<string>();
        foreach (var (name, schema) in Document["components"]!["schemas"]!.AsObject())
        {
            if (schema!["enum"] is JsonArray words)
            {
                Assert.Equal("string", (string?)schema["type"]);
                Assert.All(words, word => Assert.Matches("^[a-z][A-Za-z0-9]*$", (string)word!));
            }
            else
            {
                Assert.False((bool)schema["additionalProperties"]!, $"{name} lets anything in.");
                undescribed.AddRange(schema["properties"]!
                    .AsObject().Where(property => property.Value!["description"] is null).Select(property => $"{name}.{property.Key}"));
            }
        }

        Assert.Empty(undescribed);
    }

    [Fact]
    public async Task Every_example_fits_what_it_is_an_example_of()
    {
        var definitions = Document["components"]!["schemas"]!.ToJsonString().Replace("#/components/schemas/", "#/definitions/");
        var schemas = await JsonSchema.FromJsonAsync($$"""{"definitions":{{definitions}}}""", TestContext.Current.CancellationToken);
        var tried = 0;
        foreach (var (path, method, operation) in Described.Where(one => one.Operation["requestBody"] is not null))
        {
            var media = operation["requestBody"]!["content"]!["application/json"];
            if (media is null) continue;
            var schema = schemas.Definitions[((string)media["schema"]!["$ref"]!).Split('/')[^1]];
            Assert.Empty(schema.Validate(media["example"]!.ToJsonString()).Select(error => $"{method} {path}: {error.Path} {error.Kind}"));
            tried++;
        }

        Assert.True(tried >= 9, $"Only {tried} examples were found.");
    }

    [Fact]
    public async Task The_example_of_an_offer_and_of_a_history_work_as_they_stand()
    {
        (await shared.Api.PutAsync($"offers/{Guid.NewGuid()}", ExampleOf("/api/offers/{offerId}", "put", "application/json"))).Must(201);
        (await shared.Api.SendAsync("POST", "history?preview=true", (string)ExampleOf("/api/history", "post", "text/csv")!, "text/csv"))
            .Must(200);
    }

    [Theory]
    [InlineData(200, "application/json", "{}", "is missing a field")]
    [InlineData(418, "application/json", "{}", "has a status of its own")]
    [InlineData(404, "text/plain", "no", "has another content type")]
    [InlineData(
        404,
        "application/problem+json",
        """{"type":"urn:vcas:problem:1006","title":"Not found","status":404,"code":1006,"detail":"None.","more":1}""",
        "has a field too many")]
    public async Task An_answer_that_is_not_as_described_is_found_out(int status, string contentType, string body, string because) =>
        Assert.True(
            await AsDescribed.FaultOfAsync("GET", $"/api/offers/{Guid.NewGuid()}", status, contentType, body) is not null,
            $"An answer that {because} passed.");

    [Fact]
    public void The_pages_know_the_words_that_the_description_lists() => Golden.Holds("src/VcasConsole/web/words.js", $$"""
        /** The API's words by their lists, written from its description; a test compares them. Their labels stand in the texts. */
        export const words = {
        {{string.Concat(
            from schema in Document["components"]!["schemas"]!.AsObject()
            where schema.Value!["enum"] is not null
            select $"  {schema.Key}: [\n{Lines(schema.Value["enum"]!.AsArray())}  ],\n")}}};

        """);

    private static string Lines(JsonArray words)
    {
        var lines = new List<string> { "" };
        foreach (var word in words.Select(word => $"'{word}',"))
        {
            if (lines[^1].Length + word.Length > 115) lines.Add("");
            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return string.Concat(lines.Select(line => $"    {line}\n"));
    }

    private static JsonNode ExampleOf(string path, string method, string contentType) =>
        Document["paths"]![path]![method]!["requestBody"]!["content"]![contentType]!["example"]!;
}

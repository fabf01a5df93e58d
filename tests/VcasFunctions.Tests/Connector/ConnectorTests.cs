using System.Text.Json.Nodes;
using NJsonSchema;
using VcasFunctions.Tests.Contracts;

namespace VcasFunctions.Tests.Connector;

/// <summary>What the connector tells makers is what the app answers.</summary>
public sealed class ConnectorTests(SharedApp shared)
{
    private static readonly JsonObject Document = JsonNode.Parse(ConnectorDescription.Make())!.AsObject();

    private readonly Households households = new(shared.App, shared.Api);

    private static IEnumerable<(string Path, string Method, JsonObject Operation)> Described =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!.AsObject());

    /// <summary>How each operation is called so that it succeeds; those without a body have an empty text.</summary>
    public static TheoryData<string, string, string, int> Calls => new()
    {
        { "RecordOffer", "", "the example", 201 },
        { "SearchOffers", "waiting", "the example", 200 },
        { "SearchOffers", "waiting", """{"reference":"{id}","reason":"ownRecord"}""", 200 },
        { "FindMyOffers", "waiting", "", 200 },
        { "ReadOffer", "due", "", 200 },
        { "ReadOffer", "held", "", 200 },
        { "ReadOffer", "referred", "", 200 },
        { "ReadOffer", "withdrawn", "", 200 },
        { "ChangeContact", "waiting", "the example", 200 },
        { "CorrectDetails", "waiting", "the example", 200 },
        { "AcceptOffer", "waiting", "the example", 200 },
        { "RecordDanger", "waiting", "the example", 200 },
        { "WithdrawOffer", "waiting", "the example", 200 },
        { "ListCallBacks", "due", "", 200 },
        { "ClaimCallBack", "due", "", 200 },
        { "ReleaseClaim", "due", "", 200 },
        { "RecordAttempt", "due", """{"attemptId":"{new}","outcome":"noAnswer","safetyChecked":true}""", 200 },
        {
            "RecordAttempt",
            "due",
            """{"attemptId":"{new}","outcome":"unsafeToCall","safetyChecked":true,"reason":"suspectAtAddress"}""",
            200
        },
        { "PlaceHold", "due", """{"reason":"bailChanged","reviewAt":"2024-03-20T10:00:00Z"}""", 200 },
        { "ReleaseHold", "held", "", 200 },
    };

    [Fact]
    public void The_committed_file_is_the_one_that_the_code_makes() => Golden.Holds(ConnectorDescription.File, ConnectorDescription.Make());

    [Fact]
    public void Every_operation_that_makers_are_given_is_there_with_words_of_its_own()
    {
        Assert.Equal(
            MakersOperation.All.Select(one => one.Function).Order(),
            Described.Select(one => (string)one.Operation["operationId"]!).Order());
        Assert.All(Described, one =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)one.Operation["summary"]));
            Assert.EndsWith(".", (string)one.Operation["description"]!, StringComparison.Ordinal);
            var fields = Contract.Nodes(one.Operation["parameters"]).Select(found => found.Node).Where(node => node["in"] is not null);
            Assert.All(fields, field => Assert.NotNull(field["x-ms-summary"]));
        });
        // A name that no field bears would promise an important field that nobody sees.
        var names = Contract.Nodes(Document)
            .SelectMany(found => found.Node.Select(member => member.Key))
            .Concat(Described.SelectMany(one => one.Operation["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!)))
            .ToHashSet();
        Assert.All(MakersOperation.All.SelectMany(one => one.Important), name => Assert.Contains(name, names));
    }

    [Fact]
    public void Every_field_of_a_body_has_a_name_and_a_sentence_for_makers()
    {
        var fields = Contract.Nodes(Document["definitions"]).Where(found => found.Place.EndsWith(".properties", StringComparison.Ordinal))
            .SelectMany(found => found.Node.Select(field => (Place: $"{found.Place}.{field.Key}", Field: field.Value!))).ToList();
        Assert.True(fields.Count > 60, $"Only {fields.Count} fields were found.");
        Assert.Empty(
            fields.Where(one => one.Field["$ref"] is null && (one.Field["x-ms-summary"] is null || one.Field["description"] is null))
                .Select(one => one.Place));
    }

    [Fact]
    public void Every_operation_is_called_below() =>
        Assert.Equal(
            Described.Select(one => (string)one.Operation["operationId"]!).Order(),
            Calls.Select(call => call.Data.Item1).Distinct().Order());

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_the_app_answers_is_what_the_connector_describes(string operationId, string state, string body, int status)
    {
        var id = state.Length == 0 ? Guid.NewGuid() : await households.InAsync(state);
        var (path, method, operation) = Described.Single(one => (string)one.Operation["operationId"]! == operationId);
        var sent = body == "the example" ? ExampleOf(operation) : body.Replace("{new}", $"{Guid.NewGuid()}", StringComparison.Ordinal)
            .Replace("{id}", $"{id}", StringComparison.Ordinal);
        if (sent.Length > 0) await MustFitAsync(BodyOf(operation)!, sent);

        var answer = (await shared.Api.SendAsync(
            method.ToUpperInvariant(),
            $"/api{path.Replace("{offerId}", $"{id}", StringComparison.Ordinal)}",
            sent.Length == 0 ? null : sent))
            .Must(status);

        await MustFitAsync(operation["responses"]![$"{status}"]!["schema"]!, answer.Text);
    }

    [Fact]
    public async Task What_the_app_refuses_it_refuses_as_described()
    {
        foreach (var (path, method, operation) in Described.Where(one => one.Path.Contains("{offerId}", StringComparison.Ordinal)))
        {
            var body = BodyOf(operation) is null ? null : "{}";
            var answer = await shared.Api.SendAsync(
                method.ToUpperInvariant(), $"/api{path.Replace("{offerId}", $"{Guid.NewGuid()}", StringComparison.Ordinal)}", body);
            Assert.InRange(answer.Status, 400, 499);
            Assert.True(
                operation["responses"]![$"{answer.Status}"] is not null, $"{operation["operationId"]} doesn't describe {answer.Status}.");
            await MustFitAsync(operation["responses"]![$"{answer.Status}"]!["schema"]!, answer.Text);
        }
    }

    [Theory]
    [InlineData("OfferView", "{}")]
    [InlineData("Problem", """{"type":"urn:vcas:problem:1006","title":"Not found","status":404,"code":1006,"detail":"None.","more":1}""")]
    public async Task An_answer_that_is_not_as_described_is_found_out(string definition, string text) =>
        Assert.NotEmpty(await FaultsAsync(new JsonObject { ["$ref"] = "#/definitions/" + definition }, text));

    private static JsonNode? BodyOf(JsonObject operation) =>
        operation["parameters"]!.AsArray().FirstOrDefault(parameter => (string)parameter!["in"]! == "body")?["schema"];

    private static string ExampleOf(JsonObject operation) =>
        Document["definitions"]![((string)BodyOf(operation)!["$ref"]!).Split('/')[^1]]!["example"]!.ToJsonString();

    private static async Task MustFitAsync(JsonNode schema, string text)
    {
        var faults = await FaultsAsync(schema, text);
        Assert.True(faults.Count == 0, $"{string.Join("; ", faults)} in {text}");
    }

    // Closed for this: a field that the connector doesn't know would pass an open object unseen.
    private static async Task<IReadOnlyList<string>> FaultsAsync(JsonNode schema, string text)
    {
        var closed = Document["definitions"]!.DeepClone();
        foreach (var (_, definition) in closed.AsObject()) definition!["additionalProperties"] = false;
        var held = await JsonSchema.FromJsonAsync(
            new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["definitions"] = closed }.ToJsonString(),
            TestContext.Current.CancellationToken);
        return [.. held.Validate(text).Select(error => error.ToString())];
    }
}

using System.Text.Json.Nodes;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

public sealed class PublishedSchemaTests
{
    // What NJsonSchema checks, and every validator of draft 2020-12 does. Anything else (const, if, dependentRequired…) would be
    // accepted in silence by one side and refused by the other.
    private static readonly HashSet<string> KeywordsThatEveryValidatorHonours =
    [
        "$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "required", "properties", "additionalProperties",
        "items", "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum",
    ];

    public static TheoryData<string> Names => Contract.Names;

    [Fact]
    public void There_is_one_schema_and_one_example_for_each_message_and_nothing_else()
    {
        var expected = Contract.FromForce.Concat(Contract.FromVcas).Order().ToArray();

        Assert.Equal(
            expected,
            Directory.GetFiles(Contract.Folder, "*.schema.json").Select(f => Path.GetFileName(f)[..^".schema.json".Length]).Order());
        Assert.Equal(
            expected,
            Directory.GetFiles(Path.Combine(Contract.Folder, "examples")).Select(f => Path.GetFileName(f)[..^".json".Length]).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_names_itself_as_its_file_and_its_message_do(string name)
    {
        var schema = JsonNode.Parse(Contract.SchemaText(name))!;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        Assert.Equal($"urn:uk.police.vcas:contract:{name}", (string?)schema["$id"]);
        Assert.Equal($"uk.police.vcas.{name}", (string?)schema["properties"]!["type"]!["enum"]![0]);
        Assert.Equal((string?)schema["$id"], (string?)schema["properties"]!["dataschema"]!["enum"]![0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_uses_only_keywords_that_are_honoured_everywhere(string name)
    {
        foreach (var (place, node) in Contract.Nodes(JsonNode.Parse(Contract.SchemaText(name))))
        {
            // The members of these two are names of the contract's own, not keywords.
            if (place.EndsWith(".properties", StringComparison.Ordinal) || place.EndsWith(".$defs", StringComparison.Ordinal)) continue;
            Assert.All(node, keyword => Assert.True(KeywordsThatEveryValidatorHonours.Contains(keyword.Key), $"{keyword.Key} at {place}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_object_is_closed_and_every_field_says_what_it_is(string name)
    {
        foreach (var (place, node) in Contract.Nodes(JsonNode.Parse(Contract.SchemaText(name))))
        {
            if ((string?)(node["type"] as JsonValue) == "object")
                Assert.False((bool?)node["additionalProperties"] ?? true, $"{place} lets anything in");
            if (node["properties"] is not JsonObject properties) continue;
            foreach (var (field, schema) in properties)
                Assert.True(schema!["description"] is not null || schema["$ref"] is not null, $"{place}.{field} isn't described");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_worked_example_keeps_the_contract(string name)
    {
        var schema = await Contract.SchemaAsync(name);

        Assert.Empty(schema.Validate(Contract.ExampleText(name)).Select(e => $"{e.Path}: {e.Kind}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_worked_example_uses_every_field_that_people_would_ask_about(string name)
    {
        var schema = JsonNode.Parse(Contract.SchemaText(name))!;
        var data = Contract.Example(name)["data"]!.AsObject();
        // Each amendment drops one field on purpose, for absent means forgotten; a rejection shows that VCAS may have no case yet.
        string[] leftOut = name switch { "referral.received.v1" or "referral.rejected.v1" => ["caseReference"], _ => [] };

        Assert.Equal(
            schema["properties"]!["data"]!["properties"]!.AsObject().Select(p => p.Key).Except(leftOut).Order(),
            data.Select(p => p.Key).Order());
    }

    [Fact]
    public void Example_people_are_invented_and_their_numbers_can_never_ring()
    {
        foreach (var name in new[] { "referral.made.v1", "referral.amended.v1" })
        {
            var contact = Contract.Example(name)["data"]!["contact"]!;
            // Ofcom's range for drama.
            Assert.StartsWith("+447700900", (string?)contact["phone"], StringComparison.Ordinal);
            Assert.Equal("Alex Example", (string?)contact["name"]);
        }

        Assert.Equal("Alex Example", (string?)Contract.Example("referral.made.v2")["data"]!["contact"]!["name"]);
        Assert.StartsWith(
            "+447700900",
            (string?)Contract.Example("referral.amended.v2")["data"]!["contact"]!["routes"]![0]!["phone"],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public void Made_and_amended_carry_the_same_fields(string version)
    {
        var made = JsonNode.Parse(Contract.SchemaText($"referral.made.{version}"))!;
        var amended = JsonNode.Parse(Contract.SchemaText($"referral.amended.{version}"))!;
        made["properties"]!["data"]!["properties"]!.AsObject().Remove("version");
        amended["properties"]!["data"]!["properties"]!.AsObject().Remove("version");

        Assert.True(JsonNode.DeepEquals(made["properties"]!["data"], amended["properties"]!["data"]));
        Assert.True(JsonNode.DeepEquals(made["$defs"], amended["$defs"]));
    }

    [Theory]
    [InlineData("made")]
    [InlineData("amended")]
    public void The_second_version_differs_in_how_they_are_reached_and_in_nothing_else(string message)
    {
        var (first, second) = (DataOf("v1"), DataOf("v2"));
        var contacts = new[] { first, second }.Select(data => data["properties"]!["contact"]!).ToList();
        Assert.Equal(["routes"], RequiredOf(contacts[1]));
        foreach (var name in new[] { "phone", "voicemailAllowed", "safeTimes" }) contacts[0]["properties"]!.AsObject().Remove(name);
        contacts[1]["properties"]!.AsObject().Remove("routes");
        foreach (var contact in contacts)
        {
            contact.AsObject().Remove("required");
            contact.AsObject().Remove("description");
        }

        Assert.True(JsonNode.DeepEquals(first, second));

        JsonNode DataOf(string version) =>
            JsonNode.Parse(Contract.SchemaText($"referral.{message}.{version}"))!["properties"]!["data"]!;

        static IEnumerable<string?> RequiredOf(JsonNode node) => node["required"]!.AsArray().Select(name => (string?)name);
    }

    [Fact]
    public void Neither_the_offence_nor_the_suspect_nor_a_free_note_has_a_field()
    {
        foreach (var name in Contract.FromForce.Concat(Contract.FromVcas))
        {
            var fields = Contract.Nodes(JsonNode.Parse(Contract.SchemaText(name)))
                .Where(n => n.Place.EndsWith(".properties", StringComparison.Ordinal)).SelectMany(n => n.Node.Select(f => f.Key)).ToList();

            Assert.DoesNotContain(
                fields,
                f => f.Contains("offence", StringComparison.OrdinalIgnoreCase) || f.Contains("suspect", StringComparison.OrdinalIgnoreCase)
                    || f.Contains("note", StringComparison.OrdinalIgnoreCase) || f.Contains("birth", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("referral.made.v1")]
    [InlineData("referral.amended.v1")]
    [InlineData("referral.withdrawn.v1")]
    [InlineData("referral.made.v2")]
    [InlineData("referral.amended.v2")]
    public void The_receiver_carries_the_very_schemas_that_are_published(string name) =>
        Assert.Equal(Contract.SchemaText(name), ReferralContract.Schema(name));
}

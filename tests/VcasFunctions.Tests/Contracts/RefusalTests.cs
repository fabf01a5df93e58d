using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using VcasReceiver;

namespace VcasFunctions.Tests.Contracts;

/// <summary>What isn't the contract is refused, and the refusal repeats nothing of what was sent.</summary>
public sealed class RefusalTests
{
    private static readonly ReferralContract Receiver = ReferralContract.Load();

    [Theory]
    [InlineData("referral.made.v1", "made", 1)]
    [InlineData("referral.amended.v1", "amended-2", 2)]
    [InlineData("referral.withdrawn.v1", "withdrawn", 0)]
    public void The_receiver_understands_each_worked_example(string name, string purpose, int version)
    {
        var (message, refusal) = Read(Contract.Example(name));

        Assert.Null(refusal);
        Assert.Equal((Contract.ReferralId, purpose, version), (message!.ReferralId, message.Purpose, message.Version));
    }

    [Fact]
    public void Taking_away_or_altering_a_required_field_is_always_refused_without_a_value_in_the_reason()
    {
        const string Planted = "Zebedee Quixote";
        var generator =
            from name in OneOf(Contract.FromForce)
            from place in OneOf([.. Places(name)])
            from change in OneOf("remove", "null", "object", "text", "number", "extra")
            select (name, place, change);

        generator.Sample(sample =>
        {
            var example = Contract.Example(sample.name);
            if (!Mutate(example, sample.place, sample.change, Planted)) return;
            var (message, refusal) = Read(example);

            Assert.True(message is null, $"{sample} was taken");
            Assert.DoesNotContain(Planted, refusal!.Description, StringComparison.Ordinal);
            Assert.DoesNotContain(
                Contract.Texts(Contract.Example(sample.name)).Where(IsTelling),
                text => refusal.Description.Contains(text, StringComparison.Ordinal));
        }, iter: 2000);
    }

    [Fact]
    public void Random_bytes_and_random_JSON_are_refused_and_never_throw()
    {
        Gen.Byte.Array[0, 200].Sample(
            bytes => Assert.NotNull(Receiver.Read(new Incoming(bytes, "application/cloudevents+json", null)).Refusal));
        Gen.String.Array[0, 6].Sample(texts =>
        {
            var example = Contract.Example("referral.made.v1");
            foreach (var text in texts) example["data"]!["contact"]!.AsObject()[text] = text;
            var refusal = Read(example).Refusal;
            if (texts.Any(t => t.Length > 3 && !IsFieldOfContact(t))) Assert.NotNull(refusal);
            foreach (var text in texts.Where(t => t.Length > 3))
                Assert.DoesNotContain(text, refusal?.Description ?? "", StringComparison.Ordinal);
        });
    }

    public static TheoryData<string, string, string> WhatIsRefusedByPlaceAndRule => new()
    {
        { "data.contact.phone", "\"07700 900123\"", "$.data.contact.phone: PatternMismatch" },
        { "data.contact.phone", "\"+447700900123\\n\"", "$.data.contact.phone: PatternMismatch" },
        { "data.contact.name", "\" \"", "$.data.contact.name: PatternMismatch" },
        { "data.contact.name", "\"Alex\\u0000Example\"", "$.data.contact.name: PatternMismatch" },
        { "data.contact.voicemailAllowed", "\"yes\"", "$.data.contact.voicemailAllowed: BooleanExpected" },
        { "data.contact.codeWord", "null", "$.data.contact.codeWord: StringExpected" },
        { "data.contact.dateOfBirth", "\"1990-01-01\"", "$.data.contact.*: NoAdditionalPropertiesAllowed" },
        {
            "data.household.people",
            "[{\"relationship\":\"partner\",\"ageBand\":\"37\"}]",
            "$.data.household.people[0].ageBand: NotInEnumeration"
        },
        { "data.acceptedAt", "\"2026-02-30T10:00:00Z\"", "$.data.acceptedAt: DateTimeExpected" },
        { "data.acceptedAt", "\"2026-03-24T10:00:00+01:00\"", "$.data.acceptedAt: PatternMismatch" },
        { "data.version", "2", "$.data.version: NotInEnumeration" },
        { "data.risks", "[\"violence\",\"violence\"]", "$.data.risks: ItemsNotUnique" },
        { "specversion", "\"0.3\"", "$.specversion: NotInEnumeration" },
        { "data_base64", "\"AAAA\"", "$.*: NoAdditionalPropertiesAllowed" },
    };

    [Theory]
    [MemberData(nameof(WhatIsRefusedByPlaceAndRule))]
    public void A_broken_rule_is_named_by_its_place(string place, string value, string expected)
    {
        var example = Contract.Example("referral.made.v1");
        Set(example, place, JsonNode.Parse(value));

        var refusal = Read(example).Refusal;

        Assert.Equal("SchemaViolation", refusal?.Reason);
        Assert.Contains(expected, refusal!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_that_disagree_are_refused()
    {
        var subject = Contract.Example("referral.made.v1");
        subject["subject"] = "00000000-0000-4000-8000-000000000001";
        var id = Contract.Example("referral.made.v1");
        id["id"] = "00000000-0000-4000-8000-000000000001/made";
        var version = Contract.Example("referral.amended.v1");
        version["data"]!["version"] = 3;

        Assert.Equal(new Refusal("Inconsistent", "$.subject must equal $.data.referralId"), Read(subject).Refusal);
        Assert.Equal(new Refusal("Inconsistent", "$.id must begin with $.data.referralId"), Read(id).Refusal);
        Assert.Equal(new Refusal("Inconsistent", "$.id must end with $.data.version"), Read(version).Refusal);
        Assert.Equal(
            "Inconsistent",
            Receiver.Read(new Incoming(Bytes(Contract.ExampleText("referral.made.v1")), "application/cloudevents+json", "another")).Refusal
                ?.Reason);
    }

    [Fact]
    public void The_wrong_wrapping_is_refused()
    {
        var good = Bytes(Contract.ExampleText("referral.made.v1"));
        var twice = Bytes(Contract.ExampleText("referral.made.v1").Replace("\"version\": 1,", "\"version\": 1, \"version\": 1,"));
        var other = Contract.Example("referral.made.v1");
        other["type"] = "uk.police.vcas.referral.made.v3";

        Assert.Equal("ContentType", Receiver.Read(new Incoming(good, "application/json", null)).Refusal?.Reason);
        Assert.Equal("ContentType", Receiver.Read(new Incoming(good, null, null)).Refusal?.Reason);
        Assert.Null(Receiver.Read(new Incoming(good, "application/cloudevents+json; charset=utf-8", null)).Refusal);
        Assert.Equal("NotJson", Receiver.Read(new Incoming(twice, "application/cloudevents+json", null)).Refusal?.Reason);
        Assert.Equal(
            "NotJson", Receiver.Read(new Incoming(ReadOnlyMemory<byte>.Empty, "application/cloudevents+json", null)).Refusal?.Reason);
        Assert.Equal(
            "TooLarge",
            Receiver.Read(new Incoming(new byte[ReferralContract.LargestBody + 1], "application/cloudevents+json", null)).Refusal?.Reason);
        Assert.Equal("UnknownType", Read(other).Refusal?.Reason);
        Assert.Equal("UnknownType", Read(Contract.Example("referral.accepted.v1")).Refusal?.Reason);
    }

    private static (ReferralMessage? Message, Refusal? Refusal) Read(JsonObject envelope) =>
        Receiver.Read(new Incoming(Bytes(envelope.ToJsonString()), "application/cloudevents+json", null));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static bool IsTelling(string text) => text.Length > 3 && !text.All(char.IsAsciiLetter);

    private static bool IsFieldOfContact(string text) =>
        Contract.Example("referral.made.v1")["data"]!["contact"]!.AsObject().ContainsKey(text);

    /// <summary>Every required field of the message, wherever it stands, as a dotted path.</summary>
    private static IEnumerable<string> Places(string name)
    {
        var schema = JsonNode.Parse(Contract.SchemaText(name))!;
        return Required(schema, schema, "");

        static IEnumerable<string> Required(JsonNode root, JsonNode node, string prefix)
        {
            if (node["$ref"] is { } reference) node = root["$defs"]![((string)reference!)["#/$defs/".Length..]]!;
            if (node["required"] is not JsonArray required) yield break;
            foreach (var field in required.Select(f => (string)f!))
            {
                yield return prefix + field;
                foreach (var inner in Required(root, node["properties"]![field]!, prefix + field + ".")) yield return inner;
            }
        }
    }

    private static bool Mutate(JsonObject example, string place, string change, string planted)
    {
        switch (change)
        {
            case "remove":
                var (parent, field) = Parent(example, place);
                return parent.Remove(field);
            case "extra":
                Parent(example, place).Parent[planted] = planted;
                return true;
            case "text":
                // Free text, where it is allowed, may say anything.
                if (place is "data.contact.name" or "data.referredBy.team" or "data.lawfulBasis" or "data.crimeReference") return false;
                Set(example, place, planted);
                return true;
            default:
                Set(example, place, change switch { "null" => null, "number" => -7.5, _ => new JsonObject { [planted] = planted } });
                return true;
        }
    }

    private static void Set(JsonObject example, string place, JsonNode? value)
    {
        var (parent, field) = Parent(example, place);
        parent[field] = value;
    }

    private static (JsonObject Parent, string Field) Parent(JsonObject example, string place)
    {
        var parts = place.Split('.');
        var parent = parts[..^1].Aggregate(example, (node, part) => node[part]!.AsObject());
        return (parent, parts[^1]);
    }
}

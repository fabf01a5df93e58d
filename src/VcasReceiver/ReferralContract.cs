using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace VcasReceiver;

/// <summary>
/// The published contract: reads a message, or says which rule it broke. What it says is safe to store anywhere: it names
/// places and rules of the schema, never anything that the sender wrote.
/// </summary>
internal sealed partial class ReferralContract
{
    /// <summary>The largest body, in bytes: what the smallest tier of the broker carries.</summary>
    public const int LargestBody = 256 * 1024;

    private const int RulesNamed = 5;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly (string Name, MessageKind Kind)[] Understood =
    [
        ("referral.made.v1", MessageKind.Made),
        ("referral.amended.v1", MessageKind.Amended),
        ("referral.made.v2", MessageKind.Made),
        ("referral.amended.v2", MessageKind.Amended),
        ("referral.withdrawn.v1", MessageKind.Withdrawn),
    ];

    private static readonly JsonSchemaValidatorSettings Rules = new() { FormatValidators = [new InstantThatExists()] };

    // What travels inside the assembly never changes: it is understood once a process.
    private static readonly Lazy<ReferralContract> Published = new(Understand);

    private readonly Dictionary<string, (MessageKind Kind, JsonSchema Schema)> byType = [];
    private readonly HashSet<string> namesOfTheContract = [];

    private ReferralContract()
    {
    }

    /// <summary>The contract of the schemas that travel inside the assembly.</summary>
    public static ReferralContract Load() => Published.Value;

    private static ReferralContract Understand()
    {
        var contract = new ReferralContract();
        foreach (var (name, kind) in Understood)
        {
            var schema = JsonNode.Parse(Schema(name))!;
            contract.Learn(schema);
            contract.byType["uk.police.vcas." + name] = (kind, JsonSchema.FromJsonAsync(schema.ToJsonString()).GetAwaiter().GetResult());
        }

        return contract;
    }

    /// <summary>The text of one schema, by the name of its message.</summary>
    /// <exception cref="ArgumentException">There is no such message.</exception>
    public static string Schema(string name)
    {
        using var stream = typeof(ReferralContract).Assembly.GetManifestResourceStream(name + ".schema.json")
            ?? throw new ArgumentException($"There is no message {name} in the contract.", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Reads one message. Exactly one of the two results is not null.</summary>
    public (ReferralMessage? Message, Refusal? Refusal) Read(Incoming given)
    {
        // Some senders begin a text with the mark that says that it is UTF-8. It means nothing else.
        var incoming = given.Body.Span.StartsWith(Encoding.UTF8.Preamble)
            ? given with { Body = given.Body[Encoding.UTF8.Preamble.Length..] }
            : given;
        if (incoming.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not "application/cloudevents+json")
            return Refuse("ContentType", "The content type must be application/cloudevents+json.");
        if (incoming.Body.Length > LargestBody)
            return Refuse("TooLarge", $"The body must have at most {LargestBody} bytes.");

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(incoming.Body, Strict);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The exception's own text may quote the body. InvalidOperationException: half of a surrogate pair in a name.
            return Refuse("NotJson", "The body must be one JSON document in UTF-8, without duplicate names.");
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement, incoming);
            }
            catch (InvalidOperationException)
            {
                // The document's grammar is right, but a text in it is none: bytes that are no UTF-8, or half of a surrogate pair.
                return Refuse("NotJson", "Every text in the body must be Unicode.");
            }
        }
    }

    private (ReferralMessage?, Refusal?) Read(JsonElement envelope, Incoming incoming)
    {
        if (envelope.ValueKind != JsonValueKind.Object
            || !envelope.TryGetProperty("type", out var type)
            || type.ValueKind != JsonValueKind.String
            || !byType.TryGetValue(type.GetString()!, out var known))
        {
            return Refuse("UnknownType", "$.type must name a message of this contract.");
        }

        List<string> broken;
        try
        {
            broken = [.. known.Schema.Validate(Encoding.UTF8.GetString(incoming.Body.Span), Rules)
                .SelectMany(Innermost).Select(Rule).Distinct().Take(RulesNamed)];
        }
        catch (Exception fault) when (fault is InvalidCastException or OverflowException or Newtonsoft.Json.JsonException)
        {
            // The validator can't read, or compare, what fits into no number of the language; what its exception says may quote the body.
            return Refuse("SchemaViolation", "A number in the body is larger than any of the contract.");
        }

        if (broken.Count > 0) return Refuse("SchemaViolation", string.Join("; ", broken));

        var message = Message(envelope, known.Kind);
        return Disagreement(envelope, message, incoming) is { } rule ? Refuse("Inconsistent", rule) : (message, null);
    }

    private static ReferralMessage Message(JsonElement envelope, MessageKind kind)
    {
        var data = envelope.GetProperty("data");
        var id = envelope.GetProperty("id").GetString()!;
        return new ReferralMessage(
            data.GetProperty("referralId").GetString()!,
            id[(id.IndexOf('/') + 1)..],
            kind,
            kind == MessageKind.Withdrawn ? 0 : data.GetProperty("version").GetInt32(),
            kind == MessageKind.Withdrawn ? data.GetProperty("reason").GetString() : null,
            data.GetRawText());
    }

    /// <summary>What a schema can't say: fields that must agree with one another.</summary>
    private static string? Disagreement(JsonElement envelope, ReferralMessage message, Incoming incoming)
    {
        var id = envelope.GetProperty("id").GetString();
        if (envelope.GetProperty("subject").GetString() != message.ReferralId) return "$.subject must equal $.data.referralId";
        if (id != $"{message.ReferralId}/{message.Purpose}") return "$.id must begin with $.data.referralId";
        if (message.Kind == MessageKind.Amended && message.Purpose != $"amended-{message.Version}")
            return "$.id must end with $.data.version";
        return incoming.MessageId is { } transport && transport != id ? "the message id of the transport must equal $.id" : null;
    }

    /// <summary>An item of a list reports one fault with the faults inside it.</summary>
    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError { Errors.Count: > 0 } parent
            ? parent.Errors.Values.SelectMany(e => e).SelectMany(Innermost)
            : [error];

    /// <summary>Place and rule. A name that isn't the contract's own is the sender's text, so it is shown as a star.</summary>
    private string Rule(ValidationError error)
    {
        var path = new StringBuilder("$");
        foreach (Match part in PathPart().Matches((error.Path ?? "").TrimStart('#', '/')))
        {
            if (part.Groups["index"].Success) path.Append(part.Value);
            else path.Append('.').Append(namesOfTheContract.Contains(part.Value) ? part.Value : "*");
        }

        return $"{path}: {error.Kind}";
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instant();

    [GeneratedRegex(@"(?<index>\[[0-9]{1,6}\])|[^.\[\]/]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathPart();

    /// <summary>
    /// Collects the names that the contract gives to fields, and makes the end of a pattern the end of the text: in JSON Schema a
    /// dollar means that, in .NET it also matches before a last line break.
    /// </summary>
    private void Learn(JsonNode? node)
    {
        if (node is JsonArray list) foreach (var item in list) Learn(item);
        if (node is not JsonObject fields) return;
        if (fields["properties"] is JsonObject properties) namesOfTheContract.UnionWith(properties.Select(p => p.Key));
        if (fields["pattern"] is JsonValue pattern && pattern.TryGetValue<string>(out var text) && text.EndsWith('$'))
            fields["pattern"] = text[..^1] + @"\z";
        foreach (var (_, value) in fields) Learn(value);
    }

    private static (ReferralMessage?, Refusal?) Refuse(string reason, string description) => (null, new Refusal(reason, description));

    /// <summary>
    /// The library's own check lets the 30th of February pass, and a time without its offset, which means another instant on every machine.
    /// </summary>
    private sealed class InstantThatExists : IFormatValidator
    {
        public string Format => JsonFormatStrings.DateTime;

        public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.DateTimeExpected;

        public bool IsValid(string value, JTokenType tokenType) =>
            Instant().IsMatch(value) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}

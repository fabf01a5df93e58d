using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>What the officers' screens ask of the connector: operations, parameters, fields and words that it has, and no others.</summary>
public sealed partial class ScreenCallTests
{
    private static readonly JsonNode Connector = JsonNode.Parse(Repository.TextOf("infra/powerapps/apiDefinition.swagger.json"))!;

    private static readonly IReadOnlyList<Call> Calls =
        [.. ScreenFiles.Formulas.SelectMany(formula => CallsIn(formula.Place, formula.Text))];

    [Fact]
    public void The_screens_do_what_the_officers_pages_do() => Assert.Equal(
        [
            "AcceptOffer", "ChangeContact", "CorrectDetails", "FindMyOffers", "FindMyOffers", "ReadOffer", "RecordAttempt", "RecordAttempt",
            "RecordDanger", "RecordOffer",
        ],
        Calls.Select(call => call.Operation).Order());

    [Fact]
    public void Every_call_is_one_that_the_connector_has_with_its_parameters_and_fields() => Assert.All(Calls, call =>
    {
        var parameters = OperationOf(call)["parameters"]!.AsArray().Select(parameter => parameter!).ToList();
        var required = parameters.Where(parameter => (bool)parameter["required"]!).ToList();
        var optional = parameters.Except(required).Select(parameter => (string)parameter["name"]!).ToList();
        // Required ones stand in their order; the optional ones go in one record.
        Assert.InRange(call.Arguments.Count, required.Count, required.Count + (optional.Count > 0 ? 1 : 0));
        if ((string?)required.FirstOrDefault()?["in"] == "path") Assert.StartsWith("GUID(", call.Arguments[0], StringComparison.Ordinal);
        if (required.FindIndex(parameter => (string)parameter["in"]! == "body") is >= 0 and var at)
            MustFit(call, call.Arguments[at], required[at]["schema"]!);
        else if (call.Arguments.Count > required.Count)
            Assert.All(FieldsOf(call.Arguments[^1]), field => Assert.Contains(field.Name, optional));
    });

    [Fact]
    public void Every_word_in_a_call_is_one_of_the_connectors()
    {
        Assert.Equal(["correction"], ArgumentsOf("ReadOffer").Select(arguments => arguments[1].Trim('"')));
        var reasons = OperationOf(Calls.First(call => call.Operation == "ReadOffer"))["parameters"]!.AsArray()
            .Single(parameter => (string)parameter!["name"]! == "reason")!["enum"]!.AsArray();
        Assert.Contains("correction", reasons.Select(word => (string)word!));
        // Whoever rings is heard at any time, and so is whoever is seen; which of the two is said where it happened.
        Assert.Equal(
            ["by: \"visit\"", "direction: \"incoming\""],
            ArgumentsOf("RecordAttempt").Select(arguments => Literal().Matches(arguments[1]).Single().Value).Order());
        Assert.All(ArgumentsOf("AcceptOffer"), arguments =>
            Assert.Contains("householdAsked: ForwardAsked.Value", arguments[1], StringComparison.Ordinal));
    }

    [Fact]
    public void A_retry_sends_the_same_id()
    {
        // The id of an attempt is made where none is at hand or another household is meant, or when the service says that it was used.
        foreach (var screen in new[] { "TheyRangScreen", "VisitScreen" })
        {
            var made = ScreenFiles.Formulas
                .Where(formula => formula.Place.Contains($".{screen}.", StringComparison.Ordinal))
                .SelectMany(formula => formula.Text.Split('\n').Where(line => line.Contains("GUID())", StringComparison.Ordinal))).ToList();
            Assert.Equal(2, made.Count);
            Assert.Contains("IsBlank(", made[0], StringComparison.Ordinal);
            Assert.Contains(".Id <> About.Id", made[0], StringComparison.Ordinal);
            Assert.Contains("= 3010", made[1], StringComparison.Ordinal);
        }

        // That of an offer is made once, with its draft; nowhere else is any id made.
        Assert.Equal(5, Regex.Count(ScreenFiles.Together, @"GUID\(\)", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Nothing_is_recorded_but_by_the_services_own_answer_about_this_household() => Assert.All(
        Calls.Where(call => call.Operation is not ("FindMyOffers" or "ReadOffer")),
        call =>
        {
            var id = GuidOf().Match(call.Arguments[0]).Groups["id"].Value;
            var after = call.Formula[call.End..];
            Assert.Matches(
                @"\A\s*\},\s*(Patch\(\s*Queue,\s*LookUp\(Queue, Id = Offer\.Id\),\s*)?"
                + $@"If\(\s*IsSameId\(Text\(Answered\.offerId\), {id}\) && ",
                after);
        });

    // The fields of a record as the schema knows them, in each record within it too.
    private static void MustFit(Call call, string text, JsonNode schema)
    {
        var target = Resolved(schema);
        var properties = target["properties"]!.AsObject();
        Assert.All(FieldsOf(text), field =>
        {
            Assert.True(properties.ContainsKey(field.Name), $"{call.Operation} has no field {field.Name}.");
            var known = Resolved(properties[field.Name]!);
            var inner = known["items"] is { } items ? Resolved(items) : known;
            if (inner["properties"] is not null)
                MustFit(call, field.Value[field.Value.IndexOf('{', StringComparison.Ordinal)..], inner);
        });
    }

    private static JsonNode Resolved(JsonNode schema) =>
        schema["$ref"] is { } place ? Connector["definitions"]![((string)place!).Split('/')[^1]]! : schema;

    private static IEnumerable<(string Name, string Value)> FieldsOf(string record) =>
        Parts(record, record.IndexOf('{', StringComparison.Ordinal) + 1).Parts.Select(part =>
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            return (part[..colon].Trim(), part[(colon + 1)..].Trim());
        });

    private static IEnumerable<IReadOnlyList<string>> ArgumentsOf(string operation) =>
        Calls.Where(call => call.Operation == operation).Select(call => call.Arguments);

    private static JsonNode OperationOf(Call call) => Connector["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!)
        .Single(operation => (string)operation["operationId"]! == call.Operation);

    private static IEnumerable<Call> CallsIn(string place, string text)
    {
        var formula = Comment().Replace(text, "");
        foreach (var match in Called().Matches(formula).Cast<Match>())
        {
            var (parts, end) = Parts(formula, match.Index + match.Length);
            yield return new Call(place, match.Groups["name"].Value, [.. parts.Select(part => part.Trim())], formula, end);
        }
    }

    // What stands between commas up to the bracket that closes.
    private static (IReadOnlyList<string> Parts, int End) Parts(string text, int from)
    {
        var (parts, depth, isText, start) = (new List<string>(), 1, false, from);
        for (var at = from; ; at++)
        {
            if (text[at] == '"') isText = !isText;
            if (isText) continue;
            if (text[at] is '(' or '{' or '[') depth++;
            if (text[at] is ')' or '}' or ']') depth--;
            if (depth > 0 && (depth > 1 || text[at] != ',')) continue;
            parts.Add(text[start..at]);
            start = at + 1;
            if (depth == 0) return (parts, at + 1);
        }
    }

    [GeneratedRegex(@"\bVCAS\.(?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Called();

    [GeneratedRegex(@"(direction|by): ""\w+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\AGUID\((?<id>[\w.]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GuidOf();

    [GeneratedRegex("//[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    private sealed record Call(string Place, string Operation, IReadOnlyList<string> Arguments, string Formula, int End);
}

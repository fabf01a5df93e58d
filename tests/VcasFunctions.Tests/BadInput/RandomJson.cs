using System.Text;
using CsCheck;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.BadInput;

/// <summary>JSON and what isn't quite: our own field names with values that fit, nearly fit, or don't fit at all.</summary>
internal static class RandomJson
{
    private static readonly string[] Names =
    [
        "answer", "offeredAt", "team", "crimeReference", "lawfulBasis", "household", "people", "relationship", "ageBand", "contact", "name",
        "phone",
        "voicemailAllowed", "safeTimes", "days", "from", "to", "codeWord", "whoElseMayAnswer", "interpreterLanguage", "accessibilityNeeds",
        "isGuardian",
        "risks", "childMayBeDirectVictim", "officerInCase",
        "acceptedAt", "householdAsked", "reason", "attemptId", "outcome", "safetyChecked", "callAgainAt", "reviewAt", "person",
        "state", "$type", "$ref", "",
    ];

    private static readonly string[] Words =
    [
        "accepted", "declined", "notAsked", "doNotContact", "noAnswer", "callLater", "unsafeToCall", "wrongNumber", "died", "moved",
        "duplicate", "recordedInError",
        "bailChanged", "partner", "child", "adult", "under5", "violence", "publicTask", "monday", "09:00", "17:30", "24:00", "07700 900123",
        "+447700900123", "1234",
        "2024-03-11T10:00:00Z", "2024-03-12T10:00:00+01:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999Z", "2024-03-11",
        "call-back", "pl",
        "9b2de4cc-54a7-4aa5-a1c5-6d0f4f7be001", "00000000-0000-0000-0000-000000000000", "", " ", "\\u0000", "\\ud800", "\\udc00\\ud800",
        "=1+1", "' or 1 eq 1",
    ];

    private static readonly Gen<string> Name = Gen.OneOf(Names);

    private static readonly Gen<string> Text = Gen.Frequency(
        (8, Gen.OneOf(Words)),
        (1, Gen.String[0, 20].Select(Escape)));

    private static readonly Gen<string> Leaf = Gen.Frequency(
        (6, Text.Select(text => $"\"{text}\"")),
        (2, Gen.OneOf("true", "false", "null")),
        (1, Gen.Double.Select(
            number => double.IsFinite(number) ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "1e400")),
        (1, Gen.Int.Select(number => number.ToString())));

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Leaf
        : Gen.Frequency(
            (4, Leaf),
            (3, ObjectOf(inner)),
            (2, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"))));

    // Text that is cut, doubled, or has a character in the wrong place.
    private static readonly Gen<string> Broken =
        from text in ObjectOf(Value)
        from at in Gen.Int[0, text.Length]
        from how in Gen.Int[0, 2]
        select how switch { 0 => text[..at], 1 => text.Insert(at, "}"), _ => text + text };

    /// <summary>A body.</summary>
    public static readonly Gen<byte[]> Body = Gen.Frequency(
        (12, ObjectOf(Value).Select(Encoding.UTF8.GetBytes)),
        (4, Plausible().Select(Encoding.UTF8.GetBytes)),
        (2, Value.Select(Encoding.UTF8.GetBytes)),
        (2, Broken.Select(Encoding.UTF8.GetBytes)),
        (1, Gen.Byte.Array[0, 60]));

    /// <summary>A query, escaped.</summary>
    public static readonly Gen<string> Query =
        from pairs in Gen.Select(
            Gen.OneOf("state", "team", "after", "limit", "from", "to", "by", "format", "preview", "nobody"),
            Gen.Frequency(
                (4, Gen.OneOf("due", "waiting", "held", "sent", "total", "month", "csv", "json", "true", "2024-01-31", "0001-01-01",
                    "9999-12-31", "5", "-1", "call-back")),
                (2, Gen.String[0, 12]))).Array[0, 4]
        select string.Join('&', pairs.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(WellFormed(pair.Item2))}"));

    /// <summary>Lines of a history file, with columns that fit and values that may.</summary>
    public static readonly Gen<byte[]> Csv =
        from header in Gen.Frequency((5, Gen.Const("reference,offeredAt,team,answer,callBack,calledAt")), (1, Gen.String[0, 30]))
        from lines in Gen.OneOf("R1", "\"R,2\"", "", "2022-03-04", "2022-03-04T10:00:00Z", "9999-12-31", "declined", "accepted", "Zzyzx",
            "noAnswer", "\"", "=cmd()", "north")
            .Array[0, 8].Select(cells => string.Join(',', cells)).Array[0, 6]
        select Encoding.UTF8.GetBytes($"{WellFormed(header)}\n{string.Join('\n', lines)}");

    // What an offer looks like, so that some get further than the reader.
    private static Gen<string> Plausible() =>
        from answer in Gen.OneOf("accepted", "declined", "notAsked", "doNotContact")
        from more in Gen.Select(Name, Value).Array[0, 2]
        select $$"""{"answer":"{{answer}}","contact":{"phone":"07700 900123"}{{Fields(more)}}}""";

    private static string Fields(IEnumerable<(string Name, string Value)> more) =>
        string.Concat(more.Select(field => $",\"{field.Name}\":{field.Value}"));

    private static Gen<string> ObjectOf(Gen<string> value) =>
        Gen.Select(Name, value).Array[0, 5]
            .Select(members => $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

    private static string Escape(string text) => System.Text.Json.JsonSerializer.Serialize(WellFormed(text))[1..^1];

    private static string WellFormed(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);
}

using System.Text.Json.Nodes;
using CsCheck;
using Vcas.Domain;
using Vcas.Domain.Households;

namespace VcasFunctions.Tests.Messages;

/// <summary>Offers as forms may send them: every field there or not, every word, and texts in any script.</summary>
internal static class RandomOffers
{
    private static readonly Gen<string> Text = Gen.OneOf(
        "Alex Example", "Zoë O'Neill-Šťastná", "李雷", "\"quoted\" <b>", "a+b=c & d", "👋🏽 wave", "  spaced  ", "\u00a0", "x");

    private static readonly Gen<string> Phone = Gen.OneOf(
        "07700 900123", "(020) 7946 0018", "+44 7700 900 456", "0044 7700 900789", "+1 202-555-0143", "+49 30 901820", "+683 4002",
        "+290 22722", "1234", "999", "+49 30", "7946 0018");

    /// <summary>An offer.</summary>
    public static readonly Gen<JsonObject> Any =
        from answer in Gen.Enum<OfferAnswer>()
        from phone in Phone
        from fields in Gen.Bool.Array[12]
        from texts in Text.Array[4]
        from ages in Gen.Enum<AgeBand>().Array[0, 4]
        from relation in Gen.Enum<Relationship>()
        from risks in Gen.Enum<Risk>().Array[0, 5]
        from basis in Gen.Enum<LawfulBasis>()
        from days in Gen.Enum<DayOfWeek>().Array[0, 9]
        from minute in Gen.Int[0, 1438]
        from kinds in Gen.Enum<RouteKind>().Array[0, 4]
        select WithRoutes(Offer(answer, phone, fields, texts, ages, relation, risks, basis, days, minute), kinds, texts[0], minute % 3 > 0);

    // Sometimes there are other ways than the number, or in its place.
    private static JsonObject WithRoutes(JsonObject offer, RouteKind[] kinds, string text, bool isConfirmed)
    {
        var contact = offer["contact"]!.AsObject();
        if (kinds.Length == 0 || contact["voicemailAllowed"] is not null || contact["safeTimes"] is not null) return offer;
        var phone = contact["phone"]!.DeepClone();
        contact.Remove("phone");
        contact["routes"] = new JsonArray([.. kinds.Select(kind => Route(kind, phone, text, isConfirmed))]);
        return offer;
    }

    private static JsonObject Route(RouteKind kind, JsonNode phone, string text, bool isConfirmed)
    {
        var route = new JsonObject { ["kind"] = Word.Of(kind), ["confirmedInPerson"] = isConfirmed };
        if (kind == RouteKind.Phone) route["phone"] = phone.DeepClone();
        if (kind == RouteKind.Email) route["email"] = "sam@example.org";
        if (kind == RouteKind.InPerson) route["place"] = text;
        if (kind != RouteKind.Professional) return route;
        (route["professional"], route["reachedBy"]) = (text, text);
        return route;
    }

    private static JsonObject Offer(
        OfferAnswer answer,
        string phone,
        bool[] has,
        string[] texts,
        AgeBand[] ages,
        Relationship relation,
        Risk[] risks,
        LawfulBasis basis,
        DayOfWeek[] days,
        int minute)
    {
        // Whoever never wants to be called shuts the number for all others.
        var contact = new JsonObject { ["phone"] = answer == OfferAnswer.DoNotContact ? "07700 900666" : phone };
        if (has[0]) contact["name"] = texts[0];
        if (has[1]) contact["codeWord"] = texts[1];
        if (has[2]) contact["whoElseMayAnswer"] = texts[2];
        if (has[3]) contact["accessibilityNeeds"] = texts[3];
        if (has[4]) contact["interpreterLanguage"] = "pa-Guru";
        if (has[5]) contact["voicemailAllowed"] = has[6];
        if (has[7])
        {
            contact["safeTimes"] = new JsonArray(new JsonObject
            {
                ["days"] = new JsonArray([.. days.Select(day => (JsonNode)Word.Of(day))]),
                ["from"] = TimeOnly.MinValue.AddMinutes(minute).ToString("HH:mm"),
                ["to"] = TimeOnly.MinValue.AddMinutes(minute + 1).ToString("HH:mm:ss"),
            });
        }

        // A child alone needs a guardian; whoever else is there may do without.
        contact["isGuardian"] = has[8];
        var offer = new JsonObject
        {
            ["answer"] = Word.Of(answer),
            ["contact"] = contact,
            ["risks"] = new JsonArray([.. risks.Select(risk => (JsonNode)Word.Of(risk))]),
        };
        if (has[9]) offer["crimeReference"] = "CRI/2024-1 a.b_c";
        if (has[10]) offer["lawfulBasis"] = Word.Of(basis);
        if (has[11]) offer["team"] = "north-1";
        offer["household"] = new JsonObject
        {
            ["people"] = new JsonArray(
                [.. ages.Select(age => (JsonNode)new JsonObject { ["relationship"] = Word.Of(relation), ["ageBand"] = Word.Of(age) })]),
        };
        return offer;
    }
}

using System.Text.Json.Nodes;

namespace VcasReceiver.Page;

/// <summary>The ways to reach somebody, in either version of the contract.</summary>
internal static class ContactRoutes
{
    /// <summary>The first number, and every other way in the order in which to try.</summary>
    public static (JsonNode? Number, IReadOnlyList<JsonNode> Others) Of(JsonNode contact)
    {
        if (contact["routes"] is not JsonArray routes) return (contact, []);
        var number = routes.FirstOrDefault(route => (string?)route!["kind"] == "phone");
        return (number, [.. routes.OfType<JsonNode>().Where(route => route != number)]);
    }

    /// <summary>One way in words, with its hours.</summary>
    public static string Said(JsonNode route)
    {
        var how = (string?)route["kind"] switch
        {
            "phone" => $"Phone {PhoneText.Spoken((string)route["phone"]!)}",
            "email" => $"E-mail {(string?)route["email"]}",
            "professional" => $"Through {(string?)route["professional"]}: {(string?)route["reachedBy"]}",
            _ => $"In person: {(string?)route["place"] ?? "ask the team that refers where"}",
        };
        return route["safeTimes"] is JsonArray { Count: > 0 } ? $"{how} ({SafeTimes(route)})" : how;
    }

    /// <summary>The days and hours in which one is safe.</summary>
    public static string SafeTimes(JsonNode route)
    {
        var times = route["safeTimes"]?.AsArray() ?? [];
        return times.Count == 0
            ? "None was named: ask when you reach them"
            : string.Join("; ", times.Select(time => $"{Days(time!["days"]!.AsArray())} {time["from"]} to {time["to"]}"));
    }

    private static string Days(JsonArray days) =>
        days.Count == 7 ? "Every day" : string.Join(", ", days.Select(day => AnswerWords.Said((string)day!)));
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace VcasFunctions.Tests;

/// <summary>What many tests begin with. Numbers are from the range that Ofcom keeps for drama.</summary>
internal static class Given
{
    /// <summary>A Monday in winter, within call-back hours: London's clock shows UTC.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 3, 11, 10, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Monday);

    /// <summary>An offer that was declined now.</summary>
    public static JsonObject Declined(string phone = "07700 900123") => Offer("declined", phone);

    public static JsonObject Accepted(string phone = "07700 900123") => Offer("accepted", phone);

    /// <summary>An offer whose three weeks are over: its call is due at once.</summary>
    public static JsonObject DeclinedLongAgo(int days = 30) =>
        Declined().With("offeredAt", Monday.AddDays(-days).ToString("O")).With("offeredAtConfirmed", true);

    public static object Attempt(string outcome, object? more = null)
    {
        var attempt = new JsonObject { ["attemptId"] = Guid.NewGuid().ToString(), ["outcome"] = outcome, ["safetyChecked"] = true };
        if (more is null) return attempt;
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject()) attempt[name] = value?.DeepClone();
        return attempt;
    }

    public static JsonObject With(this JsonObject offer, string name, JsonNode? value)
    {
        offer[name] = value;
        return offer;
    }

    private static JsonObject Offer(string answer, string phone) => new() { ["answer"] = answer, ["contact"] = new JsonObject { ["phone"] = phone } };
}

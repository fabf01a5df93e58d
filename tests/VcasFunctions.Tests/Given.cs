using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace VcasFunctions.Tests;

/// <summary>What many tests begin with. Numbers are from the range that Ofcom keeps for drama.</summary>
internal static class Given
{
    /// <summary>A Monday in winter, within call-back hours: London's clock shows UTC.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 3, 11, 10, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Monday);

    // 07700 900 and 01632 960: Ofcom's ranges for drama.
    private static readonly string[] Ranges =
    [
        "07700 900", "01632 960", "020 7946 0", "0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0", "0117 496 0",
    ];
    private static int numbers;

    /// <summary>
    /// A number that no other household of this run has: what one says of its number would otherwise hold for all others of an app.
    /// </summary>
    public static string Number()
    {
        var next = Interlocked.Increment(ref numbers);
        return $"{Ranges[next / 800 % Ranges.Length]}{200 + (next % 800):D3}";
    }

    /// <summary>An offer that was declined now.</summary>
    public static JsonObject Declined(string? phone = null) => Offer("declined", phone ?? Number());

    public static JsonObject Accepted(string? phone = null) => Offer("accepted", phone ?? Number());

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

    private static JsonObject Offer(string answer, string phone) =>
        new() { ["answer"] = answer, ["contact"] = new JsonObject { ["phone"] = phone } };
}

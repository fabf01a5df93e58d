using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using VcasFunctions.Http;

namespace VcasFunctions.Tests;

/// <summary>What many tests begin with. Numbers are from the range that Ofcom keeps for drama.</summary>
internal static class Given
{
    /// <summary>A Monday in winter, within call-back hours: London's clock shows UTC.</summary>
    public static readonly DateTimeOffset Monday = new(2024, 3, 11, 10, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock() => new(Monday);

    // Ofcom's landline ranges for drama. Its mobile range, 07700 900, is left to the numbers that tests write out: one of those that came
    // by counting too would hold the household that a test is about.
    private static readonly string[] Ranges =
    [
        "01632 960", "020 7946 0", "0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0", "0117 496 0", "0118 496 0",
    ];
    private static int numbers;

    /// <summary>
    /// A number that no other household of this run has: what one says of its number would otherwise hold for all others of an app.
    /// </summary>
    /// <exception cref="InvalidOperationException">All of them have been given.</exception>
    public static string Number()
    {
        var next = Interlocked.Increment(ref numbers) - 1;
        return next < Ranges.Length * 1000
            ? $"{Ranges[next / 1000]}{next % 1000:D3}"
            : throw new InvalidOperationException("Every number of the ranges for drama has been given: add a range.");
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

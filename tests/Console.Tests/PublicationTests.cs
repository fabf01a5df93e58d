using System.Text.Json;

namespace VcasFunctions.ConsoleTests;

/// <summary>Small numbers in published figures: neither told nor to be worked out.</summary>
[Trait("Needs", "Chromium")]
public sealed class PublicationTests(Browser browser)
{
    private static readonly string[] Parts = ["acceptedAtOffer", "acceptedAtCallBack", "acceptedOtherwise"];
    private static readonly string[] Columns = ["offers", .. Parts, "accepted", "callBacksDue", "notRecorded"];

    [Fact]
    public async Task A_single_small_count_takes_another_one_with_it()
    {
        await using var window = await OpenAsync();
        var published = await PublishAsync(window, [Line("north", 40, 10, 3, 0), Line("south", 30, 9, 6, 0)]);
        // 3 is hidden; across its row 13 - 10 would tell it, and down its column 9 - 6. The 10 is told by the offers and the calls that came due.
        Assert.Equal(["40", "10", "few", "0", "withheld", "30", "30"], Shown(published[0]));
        Assert.Equal(["30", "9", "withheld", "0", "withheld", "21", "21"], Shown(published[1]));
        Assert.Equal(["70", "19", "9", "0", "28", "51", "51"], Shown(published[2]));
    }

    [Fact]
    public async Task What_holds_no_small_count_is_told_whole()
    {
        await using var window = await OpenAsync();
        var published = await PublishAsync(window, [Line("north", 40, 10, 5, 0), Line("south", 30, 9, 6, 0)]);
        Assert.DoesNotContain(published, line => Shown(line).Any(cell => cell is "few" or "withheld"));
    }

    [Fact]
    public async Task A_share_and_a_median_of_a_hidden_count_are_hidden_too()
    {
        await using var window = await OpenAsync();
        var published = await PublishAsync(window, [Line("north", 40, 2, 0, 0), Line("south", 30, 1, 0, 0)]);
        Assert.All(published, line => Assert.Equal("withheld", line.GetProperty("uptake").ToString()));
        Assert.All(published, line => Assert.Equal("withheld", line.GetProperty("daysToAnswer").ToString()));
    }

    [Fact]
    public async Task Nobody_who_adds_and_subtracts_finds_a_small_count()
    {
        await using var window = await OpenAsync();
        var random = new Random(20240311);
        var hidden = 0;
        for (var round = 0; round < 150; round++)
        {
            // Small counts and noughts are what is hard.
            Dictionary<string, object?> LineOf(string name, int atOffer) => Line(name, atOffer + Count(), atOffer, Count(), Count());
            int Count() => random.Next(4) switch { 0 => 0, 1 => random.Next(1, 5), _ => random.Next(1, 15) };
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(number => LineOf($"t{number}", Count())).ToList();
            var published = await PublishAsync(window, lines);
            var found = new Adversary([.. published.Select(line => Shown(line).ToList())]);
            var truth = lines.Append(Sum(lines)).Select(line => Columns.Select(name => (int)line[name]!).ToList()).ToList();
            for (var row = 0; row < truth.Count; row++)
            {
                for (var column = 0; column < Columns.Length; column++)
                {
                    if (truth[row][column] is < 1 or > 4) continue;
                    hidden++;
                    Assert.True(found.CanBeOtherThan(row, column, truth), $"Round {round}: {Columns[column]} of row {row} is told: {JsonSerializer.Serialize(lines)} as {JsonSerializer.Serialize(published)}");
                }
            }
        }

        Assert.True(hidden > 300, $"Only {hidden} small counts were looked at.");
    }

    private async Task<Window> OpenAsync()
    {
        var window = await Window.OpenAsync(browser, Window.Desk, person: null);
        await window.GoToAsync("/console/guide");
        return window;
    }

    private static async Task<List<JsonElement>> PublishAsync(Window window, IReadOnlyList<Dictionary<string, object?>> lines)
    {
        var answer = await window.Page.EvaluateAsync<JsonElement>(
            "async ([lines, total]) => { const { publish } = await import('/console/publication.js'); const { lines: made, total: sum } = publish(lines, total); return [...made, sum]; }",
            new object[] { lines, Sum(lines) });
        return [.. answer.EnumerateArray()];
    }

    private static IEnumerable<string> Shown(JsonElement line) => Columns.Select(name => line.GetProperty(name).ToString());

    private static Dictionary<string, object?> Line(string group, int offers, int atOffer, int atCallBack, int otherwise)
    {
        var accepted = atOffer + atCallBack + otherwise;
        return new()
        {
            ["group"] = group, ["offers"] = offers, ["acceptedAtOffer"] = atOffer, ["acceptedAtCallBack"] = atCallBack, ["acceptedOtherwise"] = otherwise, ["accepted"] = accepted,
            ["uptake"] = 100 * accepted / Math.Max(1, offers), ["callBacksDue"] = offers - atOffer, ["attempted"] = 0, ["reached"] = 0, ["notReached"] = 0, ["held"] = 0, ["missed"] = 0, ["open"] = 0,
            ["notRecorded"] = offers - atOffer, ["daysToCall"] = null, ["daysToAnswer"] = 2.5,
        };
    }

    private static Dictionary<string, object?> Sum(IReadOnlyList<Dictionary<string, object?>> lines)
    {
        int Of(string name) => lines.Sum(line => (int)line[name]!);
        return Line("total", Of("offers"), Of("acceptedAtOffer"), Of("acceptedAtCallBack"), Of("acceptedOtherwise"));
    }

    /// <summary>
    /// Somebody who knows the published table and that it adds up, and looks for another table that would have been published alike. What
    /// is told must stay, and what is called few must stay few.
    /// </summary>
    private sealed class Adversary(List<List<string>> shown)
    {
        private const int MostSteps = 6;

        public bool CanBeOtherThan(int row, int column, List<List<int>> truth)
        {
            // Every other table is a sum of steps of one household in parts that are not told; the sums follow.
            var steps = (from line in Enumerable.Range(0, shown.Count - 1)
                         from part in Enumerable.Range(0, 5)
                         where part is not (2 or 3) || !IsTold(line, part)
                         from size in new[] { -1, 1 }
                         select new Step(line, part, size)).ToList();
            return Enumerable.Range(1, MostSteps).Any(depth => Try(steps, [], 0, depth, table => table[row][column] != truth[row][column] && Fits(table), truth));
        }

        private static bool Try(List<Step> steps, List<Step> made, int from, int left, Func<List<int[]>, bool> isFound, List<List<int>> truth)
        {
            if (left == 0) return isFound(Apply(made, truth));
            for (var next = from; next < steps.Count; next++)
            {
                made.Add(steps[next]);
                if (Try(steps, made, next, left - 1, isFound, truth)) return true;
                made.RemoveAt(made.Count - 1);
            }

            return false;
        }

        private bool IsTold(int row, int column) => char.IsAsciiDigit(shown[row][column][0]);

        private static List<int[]> Apply(List<Step> steps, List<List<int>> truth)
        {
            var changed = truth.Select(row => row.ToArray()).ToList();
            foreach (var (line, part, size) in steps)
            {
                foreach (var row in new[] { line, changed.Count - 1 })
                {
                    // The last kind is an offer more that is accepted at the door.
                    if (part == 4) changed[row][0] += size;
                    changed[row][part == 4 ? 1 : part] += size;
                    if (part > 0) changed[row][4] += size;
                    // One more offer, or one acceptance fewer at the door, is one more call that came due, and here none was written down.
                    changed[row][5] = changed[row][6] = changed[row][0] - changed[row][1];
                }
            }

            return changed;
        }

        private bool Fits(List<int[]> table)
        {
            for (var row = 0; row < table.Count; row++)
            {
                for (var column = 0; column < Columns.Length; column++)
                {
                    var (value, sign) = (table[row][column], shown[row][column]);
                    if (value < 0 || (sign == "few" && value is < 1 or > 4) || (IsTold(row, column) && sign != $"{value}")) return false;
                }
            }

            return true;
        }
    }

    private sealed record Step(int Line, int Part, int Size);
}

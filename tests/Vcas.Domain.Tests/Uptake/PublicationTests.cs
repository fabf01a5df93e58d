using System.Text.Json;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;

namespace Vcas.Domain.Tests.Uptake;

/// <summary>Small numbers in published figures: neither told nor to be worked out.</summary>
public sealed class PublicationTests
{
    private static readonly string[] Columns =
        [
            "offers", "acceptedAtOffer", "acceptedAtCallBack", "acceptedOtherwise", "accepted", "asked", "neverAsked", "callBacksDue",
            "notRecorded",
        ];

    [Fact]
    public void What_holds_no_small_count_is_told_whole()
    {
        UptakeLine[] lines = [Line("north", 40, 10, 5, 0), Line("south", 30, 9, 6, 0)];
        var table = Publication.Of(lines, Sum(lines));
        Assert.All(table.Lines.Append(table.Total), line => Assert.DoesNotContain(Columns, line.Hidden.ContainsKey));
    }

    [Fact]
    public void Offers_and_acceptances_are_told_where_only_how_they_came_about_is_small()
    {
        // The practice note's two periods: of 33 households in the first, 3 accepted at the call-back.
        UptakeLine[] lines = [Line("2022", 33, 12, 3, 0), Line("2023 to 2024-03", 87, 16, 9, 0)];
        var table = Publication.Of(lines, Sum(lines));
        Assert.True(table.TellsUptake);
        Assert.Equal(
            [(33d, 15d, 45d), (87d, 25d, 29d)],
            table.Lines.Select(line => (line.Figures["offers"], line.Figures["accepted"], line.Figures["uptake"])));
        Assert.True(table.Lines[0].Hidden.ContainsKey("acceptedAtCallBack"));
        Assert.Equal(
            (28d, 12d, 40d),
            (table.Total.Figures["acceptedAtOffer"], table.Total.Figures["acceptedAtCallBack"], table.Total.Figures["accepted"]));
    }

    [Fact]
    public void A_share_and_a_median_of_a_hidden_count_are_hidden_too()
    {
        UptakeLine[] lines = [Line("north", 40, 2, 0, 0), Line("south", 30, 1, 0, 0)];
        var table = Publication.Of(lines, Sum(lines));
        foreach (var line in table.Lines.Append(table.Total))
        {
            foreach (var column in new[] { "accepted", "uptake", "uptakeOfAsked", "daysToAnswer" })
                Assert.True(line.Hidden.ContainsKey(column), $"{line.Group} tells {column}.");
        }
    }

    [Fact]
    public void The_finest_cut_joins_a_last_span_that_is_too_short_to_tell_anything()
    {
        var households = Enumerable.Range(0, 60).Select(number => Household(new DateOnly(2022, 1, 5).AddDays(number * 6), number % 3 == 0))
            .Concat(Enumerable.Range(0, 60).Select(number => Household(new DateOnly(2023, 1, 5).AddDays(number * 6), number % 4 == 0)))
            .Concat([Household(new DateOnly(2024, 1, 9), true), Household(new DateOnly(2024, 2, 9), false)]).ToList();
        var (_, table) = Cut.Finest(households);
        Assert.True(table.TellsUptake);
        Assert.Contains(" to 2024", table.Lines[^1].Group, StringComparison.Ordinal);
        Assert.Equal(122, table.Lines.Sum(line => line.Figures["offers"]));
    }

    [Fact]
    public void Each_cut_says_how_many_figures_are_too_small_and_the_proposal_is_one_that_tells_offers_and_acceptances()
    {
        // Twelve a month from January 2022 to March 2024, a third of whom accepted: months hide something, longer spans nothing.
        var households = Enumerable.Range(0, 27).SelectMany(month => Enumerable.Range(0, 12).Select(number =>
            Household(new DateOnly(2022, 1, 5).AddMonths(month), number < 4))).ToList();
        var choices = Cut.Choices(households);
        Assert.Equal(
            [("Month", 27), ("Quarter", 9), ("HalfYear", 5), ("Year", 3), ("FinancialYear", 3), ("Team", 1), ("Total", 0)],
            choices.Select(choice => ($"{choice.By}", choice.Lines)));
        // Four acceptances in each month, at the door and in all: two figures a row.
        Assert.Equal([(54, false), (0, true), (0, true), (0, true), (0, true), (0, true), (0, true)], choices.Select(
            choice => (choice.TooSmall, choice.TellsUptake)));
        var (cut, table) = Cut.Finest(households);
        Assert.Equal((UptakeBy.Quarter, 0), (cut.By, table.HiddenFigures));
    }

    [Fact]
    public void Nobody_who_adds_and_subtracts_finds_a_small_count()
    {
        var random = new Random(20240311);
        var hidden = 0;
        for (var round = 0; round < 150; round++)
        {
            // Small counts and noughts are what is hard.
            int Count() => random.Next(4) switch { 0 => 0, 1 => random.Next(1, 5), _ => random.Next(1, 15) };
            UptakeLine LineOf(string name, int atOffer) => Line(name, atOffer + Count(), atOffer, Count(), Count());
            var lines = Enumerable.Range(0, random.Next(1, 4)).Select(number => LineOf($"t{number}", Count())).ToList();
            var table = Publication.Of(lines, Sum(lines));
            var shown = table.Lines.Append(table.Total).Select(line => Columns.Select(name => Shown(line, name)).ToList()).ToList();
            var truth = lines.Append(Sum(lines)).Select(line => Columns.Select(name => ValueOf(line, name)).ToList()).ToList();
            var adversary = new Adversary(shown);
            for (var row = 0; row < truth.Count; row++)
            {
                for (var column = 0; column < Columns.Length; column++)
                {
                    if (truth[row][column] is < 1 or > 4) continue;
                    hidden++;
                    Assert.True(
                        adversary.CanBeOtherThan(row, column, truth),
                        $"Round {round}: {Columns[column]} of row {row} is told: {JsonSerializer.Serialize(truth)} as "
                        + $"{JsonSerializer.Serialize(shown)}");
                }
            }
        }

        Assert.True(hidden > 300, $"Only {hidden} small counts were looked at.");
    }

    private static HouseholdRecord Household(DateOnly day, bool accepted) => new()
    {
        Id = Guid.NewGuid(),
        OfferedAt = new DateTimeOffset(day, new TimeOnly(6, 0), TimeSpan.Zero),
        Team = "north",
        Answer = accepted ? OfferAnswer.Accepted : OfferAnswer.Declined,
        RealOffers = 1,
        AcceptedWhen = accepted ? AcceptedWhen.AtOffer : null,
        IsHistory = true,
    };

    private static string Shown(PublishedLine line, string column) =>
        line.Hidden.TryGetValue(column, out var hiding) ? Word.Of(hiding) : $"{line.Figures[column]}";

    // All of these households were asked, and no call was written down.
    private static UptakeLine Line(string group, int offered, int atOffer, int atCallBack, int otherwise)
    {
        var accepted = atOffer + atCallBack + otherwise;
        var offers = Math.Max(offered, accepted);
        return new UptakeLine
        {
            Group = group,
            Offers = offers,
            AcceptedAtOffer = atOffer,
            AcceptedAtCallBack = atCallBack,
            AcceptedOtherwise = otherwise,
            Accepted = accepted,
            Asked = offers,
            CallBacksDue = offers - atOffer,
            NotRecorded = offers - atOffer,
            DaysToAnswer = 2.5,
        };
    }

    private static UptakeLine Sum(IReadOnlyList<UptakeLine> lines) => new()
    {
        Group = "total",
        Offers = lines.Sum(line => line.Offers),
        AcceptedAtOffer = lines.Sum(line => line.AcceptedAtOffer),
        AcceptedAtCallBack = lines.Sum(line => line.AcceptedAtCallBack),
        AcceptedOtherwise = lines.Sum(line => line.AcceptedOtherwise),
        Accepted = lines.Sum(line => line.Accepted),
        Asked = lines.Sum(line => line.Asked),
        CallBacksDue = lines
            .Sum(line => line.CallBacksDue),
        NotRecorded = lines.Sum(line => line.NotRecorded),
        DaysToAnswer = 2.5,
    };

    private static int ValueOf(UptakeLine line, string column) =>
        (int)typeof(UptakeLine).GetProperty(char.ToUpperInvariant(column[0]) + column[1..])!.GetValue(line)!;

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
                         select (Line: line, Part: part, Size: size)).ToList();
            return Enumerable.Range(1, MostSteps)
                .Any(depth => Try(steps, [], 0, depth, table => table[row][column] != truth[row][column] && Fits(table), truth));
        }

        private static bool Try(
            List<(int, int, int)> steps,
            List<(int, int, int)> made,
            int from,
            int left,
            Func<List<int[]>, bool> isFound,
            List<List<int>> truth)
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

        private static List<int[]> Apply(List<(int Line, int Part, int Size)> steps, List<List<int>> truth)
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
                    // All were asked; one more offer, or one acceptance fewer at the door, is one more call that came due,
                    // and none was written down.
                    changed[row][5] = changed[row][0];
                    changed[row][7] = changed[row][8] = changed[row][0] - changed[row][1];
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
}

namespace Vcas.Domain.Reporting;

/// <summary>How a table is broken down: by a span of time, by team, by both.</summary>
/// <param name="By">The span of time, only the team, or nothing.</param>
/// <param name="AndTeam">Each span's teams apart.</param>
public sealed record Cut(UptakeBy By, bool AndTeam)
{
    // A last span that is too short to tell anything joins the one before it.
    private static readonly Cut[] Proposed =
    [
        new(UptakeBy.Month, true), new(UptakeBy.Month, false), new(UptakeBy.Quarter, true), new(UptakeBy.Quarter, false),
        new(UptakeBy.HalfYear, true), new(UptakeBy.HalfYear, false), new(UptakeBy.Year, true), new(UptakeBy.Year, false),
        new(UptakeBy.FinancialYear, true), new(UptakeBy.FinancialYear, false), new(UptakeBy.Team, false),
    ];

    /// <summary>
    /// The finest table that can be published: of all cuts whose every line tells offers and acceptances, the one with the most lines.
    /// If there is none, only the total.
    /// </summary>
    public static (Cut Cut, PublishedTable Table) Finest(IReadOnlyList<HouseholdRecord> households)
    {
        var total = UptakeReport.Of(households, UptakeBy.Total)[0];
        var best = (Cut: new Cut(UptakeBy.Total, false), Table: Publication.Of([], total));
        foreach (var cut in Proposed)
        {
            var lines = cut.Lines(households);
            if (lines.Count <= Math.Max(1, best.Table.Lines.Count) || !lines.All(CanTell)) continue;
            var table = Publication.Of(lines, total);
            if (table.TellsUptake) best = (cut, table);
        }

        return best;
    }

    /// <summary>
    /// What each way to break these households down would have to hide at the least. What else is withheld with it is found out for the
    /// chosen one alone: that takes long.
    /// </summary>
    public static IReadOnlyList<CutChoice> Choices(IReadOnlyList<HouseholdRecord> households)
    {
        var total = UptakeReport.Of(households, UptakeBy.Total)[0];
        return [.. Proposed.Where(cut => !cut.AndTeam).Append(new Cut(UptakeBy.Total, false)).Select(cut =>
        {
            // Where somebody chooses a cut by themselves no span is joined to another, so none is here.
            var lines = cut.By == UptakeBy.Total ? [] : UptakeReport.Of(households, cut.By);
            return new CutChoice(cut.By, lines.Count, TooSmall(lines, total), lines.Append(total).All(CanTell));
        })];
    }

    private static int TooSmall(IReadOnlyList<UptakeLine> lines, UptakeLine total) =>
        UptakeColumns.All.Sum(column => (IsSmall(column.Value(total)) ? 1 : 0)
            + (column.Told == ColumnTold.InTotal ? 0 : lines.Count(line => IsSmall(column.Value(line)))));

    private static bool IsSmall(int count) => count is > 0 and < Publication.Least;

    private static bool CanTell(UptakeLine line) => line.Offers >= Publication.Least && line.Accepted is 0 or >= Publication.Least;

    private List<UptakeLine> Lines(IReadOnlyList<HouseholdRecord> households)
    {
        var groups = households.Where(household => household.IsCounted)
            .GroupBy(household => UptakeReport.GroupOf(household, By), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Households: group.ToList()))
            .ToList();
        if (By != UptakeBy.Team && groups.Count > 1 && !Divided(groups[^1].Key, groups[^1].Households).All(CanTell))
        {
            var (before, last) = (groups[^2], groups[^1]);
            groups.RemoveRange(groups.Count - 2, 2);
            groups.Add(($"{before.Key} to {last.Key}", [.. before.Households, .. last.Households]));
        }

        return [.. groups.SelectMany(group => Divided(group.Key, group.Households))];
    }

    private IEnumerable<UptakeLine> Divided(string group, IReadOnlyList<HouseholdRecord> households) => AndTeam
        ? UptakeReport.Of(households, UptakeBy.Team).Select(line => line with { Group = $"{group}, {line.Group}" })
        : [UptakeReport.Of(households, UptakeBy.Total)[0] with { Group = group }];
}

/// <summary>What a way to break a table down would have to hide if it were published.</summary>
/// <param name="By">The way.</param>
/// <param name="Lines">How many lines the table would have, besides the total.</param>
/// <param name="TooSmall">How many figures are counts from 1 to 4. With none nothing is hidden; with some, others are withheld too.</param>
/// <param name="TellsUptake">Whether offers and acceptances of each line are large enough to be told.</param>
public sealed record CutChoice(UptakeBy By, int Lines, int TooSmall, bool TellsUptake);

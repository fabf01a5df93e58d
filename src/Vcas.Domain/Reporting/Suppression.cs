namespace Vcas.Domain.Reporting;

/// <summary>Where a published table shows the kinds of acceptances and calls.</summary>
internal enum PartsTold
{
    /// <summary>The columns are published in each line.</summary>
    InLines,

    /// <summary>The columns are published in the total only.</summary>
    InTotal,

    /// <summary>The columns are not published: only offers and acceptances are.</summary>
    Nowhere,
}

/// <summary>One table to be published: what it shows, and what a reader could work out of the rest.</summary>
internal sealed class Suppression
{
    private const int Rounds = 30;
    private const int Unbounded = int.MaxValue / 4;

    // What adds up within a row. Where a rest is left (households that asked never to be contacted, calls that lie ahead), whoever
    // knows the cases may know it: it hides nothing.
    private static readonly IReadOnlyList<(string Sum, string[] Parts)> Sums =
    [
        (Publication.Accepted, ["acceptedAtOffer", "acceptedAtCallBack", "acceptedOtherwise"]),
        (Publication.Offers, ["asked", "neverAsked"]),
        ("attempted", ["reached", "notReached"]),
        (Publication.Offers, ["acceptedAtOffer", "callBacksDue"]),
        (Publication.Offers, ["investigations", "noCrimeReference"]),
        ("callBacksDue", ["attempted", "notRecorded"]),
        ("supportGiven", ["beingSupported", "closedCompleted", "closedNeedsMet", "closedMoved", "closedDied", "closedOther"]),
        ("supportNotGiven", ["referralsRejected", "referralsWithdrawn", "closedNotEngaged"]),
        ("referralsMade", ["supportGiven", "supportNotGiven", "referralsAwaited"]),
    ];

    private readonly IReadOnlyList<UptakeLine> sources;
    private readonly IReadOnlyList<Dictionary<string, Cell>> rows;
    private readonly IReadOnlyList<Equation> equations;
    private readonly bool hasLines;

    /// <summary>A table that tells the parts of its sums where <paramref name="parts"/> says.</summary>
    public Suppression(IReadOnlyList<UptakeLine> lines, UptakeLine total, PartsTold parts)
    {
        sources = [.. lines, total];
        hasLines = lines.Count > 0;
        var last = sources.Count - 1;
        rows = [.. sources.Select((line, row) =>
            UptakeColumns.All.ToDictionary(column => column.Name, column => new Cell(column.Value(line), column.Name, row, row == last)))];
        // What happened to referrals concerns few households, so only the total shows it.
        foreach (var row in rows.Take(last))
        {
            foreach (var column in UptakeColumns.All.Where(column =>
                column.Told == ColumnTold.InTotal || (column.Told == ColumnTold.WithTheParts && parts != PartsTold.InLines)))
                row[column.Name].Shown = Hiding.Withheld;
        }

        if (parts == PartsTold.Nowhere)
        {
            foreach (var name in UptakeColumns.Of(ColumnTold.WithTheParts)) rows[last][name].Shown = Hiding.Withheld;
        }

        equations = [.. Down(), .. Across()];
    }

    public PublishedTable Publish()
    {
        while (Exposed() is [var exposed, ..]) Withhold(exposed);
        var published = sources.Select((line, row) => Published(line, rows[row])).ToList();
        return new PublishedTable(published[..^1], published[^1]);
    }

    private IEnumerable<Equation> Down() =>
        hasLines
            ? UptakeColumns.All.Where(column => column.AddsUp).Select(column => column.Name)
                .Select(name => new Equation(rows[^1][name], [.. rows.SkipLast(1).Select(row => row[name])]))
            : [];

    private IEnumerable<Equation> Across() =>
        from row in rows
        from sum in Sums
        let parts = sum.Parts.Select(name => row[name]).ToList()
        let rest = row[sum.Sum].Value - parts.Sum(part => part.Value)
        select new Equation(row[sum.Sum], [.. parts, new Cell(rest, "", row[sum.Sum].Row, false) { IsRest = true, Shown = null }]);

    // The small counts that readers can work out from the sums.
    private List<Cell> Exposed()
    {
        foreach (var cell in rows.SelectMany(row => row.Values)) cell.Forget();
        foreach (var equation in equations) equation.ForgetRest();
        for (var (round, isMoving) = (0, true); isMoving && round < Rounds; round++)
        {
            isMoving = false;
            foreach (var equation in equations) isMoving |= equation.Tighten();
        }

        return [.. rows.SelectMany(row => row.Values).Where(cell => cell.IsExposed)];
    }

    // What hides it at the smallest price: another count of its row or its column, or the three that make up a rectangle with it, so that
    // neither sum is left with one unknown. Where that is not to be had, the sum that tells it loses one count after another.
    private void Withhold(Cell exposed)
    {
        var before = Exposed().Count;
        foreach (var chosen in Candidates(exposed).OrderBy(cells => cells.Sum(cell => cell.Price)))
        {
            foreach (var cell in chosen) cell.Shown = Hiding.Withheld;
            if (Exposed().Count < before) return;
            foreach (var cell in chosen) cell.Shown = null;
        }

        var near = equations.Where(equation => equation.Holds(exposed)).SelectMany(equation => equation.Cells);
        var all = near.Concat(rows.SelectMany(row => row.Values)).Where(cell => !cell.IsRest).ToList();
        var last = all.Where(cell => cell is { IsTold: true, Value: >= Publication.Least }).MinBy(cell => cell.Price)
            ?? all.FirstOrDefault(cell => cell.Shown == Hiding.Few) ?? all.First(cell => cell.IsTold);
        last.Shown = Hiding.Withheld;
    }

    private IEnumerable<List<Cell>> Candidates(Cell exposed)
    {
        var across = Sums.Where(sum => sum.Sum == exposed.Name || sum.Parts.Contains(exposed.Name))
            .SelectMany(sum => sum.Parts.Append(sum.Sum)).Distinct().Where(name => name != exposed.Name).ToList();
        var (own, others) = (rows[exposed.Row], rows.Where((_, row) => row != exposed.Row).ToList());
        IEnumerable<Cell[]> sets =
        [
            .. across.Select(name => new[] { own[name] }),
            .. others.Select(row => new[] { row[exposed.Name] }),
            .. across.SelectMany(name => others.Select(row => new[] { own[name], row[exposed.Name], row[name] })),
        ];
        // Withholding a zero would hide nothing: readers would know that it is one.
        return sets.Where(set => set.All(cell => cell.Value > 0))
            .Select(set => set.Where(cell => cell.IsTold).ToList())
            .Where(set => set.Count > 0);
    }

    // A share or a median of a few households would give them away too.
    private static PublishedLine Published(UptakeLine line, Dictionary<string, Cell> cells)
    {
        var (figures, hidden) = (new Dictionary<string, double>(), new Dictionary<string, Hiding>());
        foreach (var name in Publication.Columns)
        {
            var (value, hiding) = name switch
            {
                "uptake" => (line.Uptake, Either(Publication.Offers, Publication.Accepted)),
                "uptakeOfAsked" => (line.UptakeOfAsked, Either("asked", Publication.Accepted)),
                "daysToCall" => (line.DaysToCall, IfFew("attempted")),
                "daysToAnswer" => (line.DaysToAnswer, IfFew(Publication.Accepted)),
                _ => (cells[name].Value, cells[name].Shown),
            };
            if (hiding is { } reason) hidden[name] = reason;
            else if (value is { } told) figures[name] = told;
        }

        return new PublishedLine(line.Group, figures, hidden);

        Hiding? Either(string one, string other) => cells[one].IsTold && cells[other].IsTold ? null : Hiding.Withheld;
        Hiding? IfFew(string name) => cells[name].IsTold && cells[name].Value is 0 or >= Publication.Least ? null : Hiding.Withheld;
    }

    private sealed class Cell(int value, string name, int row, bool isTotal)
    {
        public int Value { get; } = value;

        public string Name { get; } = name;

        public int Row { get; } = row;

        public bool IsRest { get; init; }

        public Hiding? Shown { get; set; } = value is > 0 and < Publication.Least ? Hiding.Few : null;

        public int Low { get; set; }

        public int High { get; set; }

        public bool IsTold => Shown is null;

        public bool IsExposed => !IsTold && Value is > 0 and < Publication.Least && Low == High;

        // Offers and acceptances are what people read first, then other sums, and of all rows the total.
        public int Price => 50 + Value + (isTotal ? 1000 : 0)
            + (Name is Publication.Offers or Publication.Accepted ? 900 : Sums.Any(sum => sum.Sum == Name) ? 300 : 0);

        public void Forget()
        {
            Low = IsTold ? Value : Shown == Hiding.Few ? 1 : 0;
            High = IsTold ? Value : Shown == Hiding.Few ? Publication.Least - 1 : Unbounded;
        }

        public bool Narrow(long low, long high)
        {
            var (newLow, newHigh) = ((int)Math.Max(Low, low), (int)Math.Min(High, high));
            if (newLow == Low && newHigh == High) return false;
            (Low, High) = (newLow, newHigh);
            return true;
        }
    }

    private sealed class Equation(Cell sum, IReadOnlyList<Cell> parts)
    {
        public IEnumerable<Cell> Cells => parts.Append(sum);

        public bool Holds(Cell cell) => cell == sum || parts.Contains(cell);

        public void ForgetRest()
        {
            foreach (var part in parts.Where(part => part.IsRest)) part.Forget();
        }

        public bool Tighten()
        {
            var (low, high) = (parts.Sum(part => (long)part.Low), parts.Sum(part => (long)part.High));
            var hasMoved = sum.Narrow(low, high);
            foreach (var part in parts)
            {
                var (oldLow, oldHigh) = (part.Low, part.High);
                if (!part.Narrow(sum.Low - (high - part.High), sum.High - (low - part.Low))) continue;
                (low, high) = (low + part.Low - oldLow, high + part.High - oldHigh);
                hasMoved = true;
            }

            return hasMoved;
        }
    }
}

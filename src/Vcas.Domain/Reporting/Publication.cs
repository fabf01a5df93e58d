namespace Vcas.Domain.Reporting;

/// <summary>Why a count is not told.</summary>
public enum Hiding
{
    /// <summary>A count from 1 to 4, from which a household could be recognised.</summary>
    Few,

    /// <summary>Another, small count could be worked out from it.</summary>
    Withheld,
}

/// <summary>One line as it may be published.</summary>
/// <param name="Group">What it is of.</param>
/// <param name="Figures">What is told, by the name of its column.</param>
/// <param name="Hidden">What is not told, and why.</param>
public sealed record PublishedLine(string Group, IReadOnlyDictionary<string, double> Figures, IReadOnlyDictionary<string, Hiding> Hidden)
{
    /// <summary>Whether households offered and accepted are told, and so the uptake: what people read first.</summary>
    public bool TellsUptake => !Hidden.ContainsKey(Publication.Offers) && !Hidden.ContainsKey(Publication.Accepted);
}

/// <summary>A table as it may be published.</summary>
/// <param name="Lines">The lines; empty if only the total is published.</param>
/// <param name="Total">All of them together.</param>
public sealed record PublishedTable(IReadOnlyList<PublishedLine> Lines, PublishedLine Total)
{
    /// <summary>Whether every line shows offers and acceptances.</summary>
    public bool TellsUptake => Total.TellsUptake && Lines.All(line => line.TellsUptake);

    /// <summary>How many figures are hidden; in the lines without those that only the total can tell.</summary>
    public int HiddenFigures
    {
        get
        {
            var inTotal = UptakeColumns.Of(ColumnTold.InTotal).ToHashSet();
            return Total.Hidden.Count + Lines.Sum(line => line.Hidden.Keys.Count(column => !inTotal.Contains(column)));
        }
    }
}

/// <summary>
/// Figures that may leave the service. Of a count from 1 to 4 a household could be recognised: it is not told. Nor is what would give it
/// away: other counts are withheld until no sum, down a column or across a row, tells a small one (docs/decisions/0018).
/// </summary>
public static class Publication
{
    /// <summary>The smallest count that is told.</summary>
    public const int Least = 5;

    // In a table this long nearly every part would be small, and withheld with others.
    private const int MostInParts = 40;

    internal const string Offers = "offers";
    internal const string Accepted = "accepted";

    /// <summary>All columns of a published table, in the order in which they are read.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        Offers, "acceptedAtOffer", "acceptedAtCallBack", "acceptedOtherwise", Accepted, "uptake", "asked", "neverAsked", "uptakeOfAsked",
        "callBacksDue", "attempted", "reached", "notReached", "held", "missed",
        "noSafeRoute", "visited",
        "open", "notRecorded", "daysToCall", "daysToAnswer",
        "referralsMade", "supportGiven", "supportNotGiven", "referralsAwaited", "beingSupported", "referralsRejected", "referralsWithdrawn",
        "closedCompleted", "closedNeedsMet", "closedMoved", "closedDied", "closedOther", "closedNotEngaged",
        "investigations", "noCrimeReference",
    ];

    /// <summary>
    /// The table as it may be published. Where offers and acceptances of a line would have to be withheld so that the parts of them can
    /// be told, it is the parts that are told in the total alone, or not at all.
    /// </summary>
    public static PublishedTable Of(IReadOnlyList<UptakeLine> lines, UptakeLine total)
    {
        PublishedTable? best = null;
        foreach (var parts in Enum.GetValues<PartsTold>().Where(parts => parts != PartsTold.InLines || lines.Count <= MostInParts))
        {
            var table = new Suppression(lines, total, parts).Publish();
            if (best is null || Told(table) > Told(best)) best = table;
            if (best.TellsUptake) break;
        }

        return best!;
    }

    private static int Told(PublishedTable table) => table.Lines.Append(table.Total).Count(line => line.TellsUptake);
}

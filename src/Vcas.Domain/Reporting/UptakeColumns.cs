namespace Vcas.Domain.Reporting;

/// <summary>Where a column of counts can be told at the most.</summary>
internal enum ColumnTold
{
    /// <summary>In each line, always: what people read first.</summary>
    Always,

    /// <summary>In each line, where the table tells its parts there.</summary>
    WithTheParts,

    /// <summary>In the total only: what happened to referrals concerns few households.</summary>
    InTotal,
}

/// <summary>A column of counts in a published table.</summary>
/// <param name="Name">As <see cref="Publication.Columns"/> has it.</param>
/// <param name="Told">Where it can be told.</param>
/// <param name="Value">The count of a line.</param>
internal sealed record UptakeColumn(string Name, ColumnTold Told, Func<UptakeLine, int> Value)
{
    /// <summary>Whether the lines add up to the total. What is counted once in several of them doesn't.</summary>
    public bool AddsUp { get; init; } = true;
}

/// <summary>The columns that hold counts, each in one line. Shares and medians are derived from them.</summary>
internal static class UptakeColumns
{
    /// <summary>All of them. Of two that cost readers the same, the one that comes first is withheld.</summary>
    internal static readonly IReadOnlyList<UptakeColumn> All =
    [
        new(Publication.Offers, ColumnTold.Always, line => line.Offers),
        new(Publication.Accepted, ColumnTold.Always, line => line.Accepted),
        new("asked", ColumnTold.Always, line => line.Asked),
        new("neverAsked", ColumnTold.Always, line => line.NeverAsked),
        new("acceptedAtOffer", ColumnTold.WithTheParts, line => line.AcceptedAtOffer),
        new("acceptedAtCallBack", ColumnTold.WithTheParts, line => line.AcceptedAtCallBack),
        new("acceptedOtherwise", ColumnTold.WithTheParts, line => line.AcceptedOtherwise),
        new("callBacksDue", ColumnTold.WithTheParts, line => line.CallBacksDue),
        new("attempted", ColumnTold.WithTheParts, line => line.Attempted),
        new("reached", ColumnTold.WithTheParts, line => line.Reached),
        new("notReached", ColumnTold.WithTheParts, line => line.NotReached),
        new("held", ColumnTold.WithTheParts, line => line.Held),
        new("missed", ColumnTold.WithTheParts, line => line.Missed),
        new("noSafeRoute", ColumnTold.WithTheParts, line => line.NoSafeRoute),
        new("visited", ColumnTold.WithTheParts, line => line.Visited),
        new("open", ColumnTold.WithTheParts, line => line.Open),
        new("notRecorded", ColumnTold.WithTheParts, line => line.NotRecorded),
        new("noCrimeReference", ColumnTold.InTotal, line => line.NoCrimeReference),
        new("investigations", ColumnTold.InTotal, line => line.Investigations) { AddsUp = false },
        new("referralsMade", ColumnTold.InTotal, line => line.ReferralsMade),
        new("supportGiven", ColumnTold.InTotal, line => line.SupportGiven),
        new("supportNotGiven", ColumnTold.InTotal, line => line.SupportNotGiven),
        new("referralsAwaited", ColumnTold.InTotal, line => line.ReferralsAwaited),
        new("beingSupported", ColumnTold.InTotal, line => line.BeingSupported),
        new("referralsRejected", ColumnTold.InTotal, line => line.ReferralsRejected),
        new("referralsWithdrawn", ColumnTold.InTotal, line => line.ReferralsWithdrawn),
        new("closedCompleted", ColumnTold.InTotal, line => line.ClosedCompleted),
        new("closedNeedsMet", ColumnTold.InTotal, line => line.ClosedNeedsMet),
        new("closedMoved", ColumnTold.InTotal, line => line.ClosedMoved),
        new("closedDied", ColumnTold.InTotal, line => line.ClosedDied),
        new("closedOther", ColumnTold.InTotal, line => line.ClosedOther),
        new("closedNotEngaged", ColumnTold.InTotal, line => line.ClosedNotEngaged),
    ];

    /// <summary>The names of those that can be told where <paramref name="told"/> says.</summary>
    internal static IEnumerable<string> Of(ColumnTold told) => All.Where(column => column.Told == told).Select(column => column.Name);
}

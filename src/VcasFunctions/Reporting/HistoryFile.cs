using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using Vcas.Domain.Reporting;

namespace VcasFunctions.Reporting;

/// <summary>
/// A CSV file of offers from before the system. Columns: <c>reference</c> (any text that is unique for the household; only a
/// hash of it is kept), <c>offeredAt</c> (a date in London, or an instant), <c>team</c>, <c>answer</c>, and, where a call was
<<<<<<< HEAD
/// written down, <c>callBack</c> (a call's outcome), <c>calledAt</c> and <c>direction</c> (incoming where they rang by themselves).
=======
/// written down, <c>callBack</c> (a call's outcome) and <c>calledAt</c>. What can't be read is named; nothing is passed over.
>>>>>>> words
/// </summary>
public static class HistoryFile
{
    private const int MostErrors = 100;

    /// <summary>The households in the file, or what needs correction (the first hundred).</summary>
    public static async Task<(IReadOnlyList<HouseholdRecord> Households, IReadOnlyList<FieldProblem> Errors)> ReadAsync(
        Stream file, VcasSettings settings, Sealer sealer, CancellationToken cancellation)
    {
        // The file is bounded, so it is taken in whole: how it is written shows only in all of it.
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        var bytes = memory.ToArray();
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
            return Wrong("This is a workbook. Save it as CSV UTF-8 (comma delimited), and send that.");
        if (CsvTable.TextOf(bytes) is not { } text) return Wrong("The file can't be read as text. Save it as CSV UTF-8.");

        var rows = CsvTable.Rows(text, HistoryHeadings.IsOne);
        var (headings, errors) = HistoryHeadings.Read(rows);
        return headings is null ? ([], [.. errors.Take(MostErrors)]) : Read(rows, headings, settings, sealer, cancellation);

        static (IReadOnlyList<HouseholdRecord>, IReadOnlyList<FieldProblem>) Wrong(string message) =>
            ([], [new FieldProblem("row 1", message)]);
    }

    private static (IReadOnlyList<HouseholdRecord>, IReadOnlyList<FieldProblem>) Read(
        IReadOnlyList<CsvRow> rows, HistoryHeadings headings, VcasSettings settings, Sealer sealer, CancellationToken cancellation)
    {
        var households = new List<HouseholdRecord>();
        var errors = UnderNoHeading(rows, headings).ToList();
        var seen = new Dictionary<Guid, (int Row, string Reference)>();
        foreach (var row in rows.Where(row => row.Number > headings.Row && !row.IsEmpty))
        {
            cancellation.ThrowIfCancellationRequested();
            if (errors.Count >= MostErrors) break;
            if (FaultOf(row, headings) is { } fault)
            {
                errors.Add(fault);
                continue;
            }

            var reader = new HistoryRow(row, headings, settings, sealer, errors);
            if (reader.Read() is not { } household) continue;
            var reference = headings.Cell(row, "reference").Trim();
            if (!seen.TryAdd(household.Id, (row.Number, reference))) errors.Add(Again(row, reference, seen[household.Id]));
            households.Add(household);
        }

<<<<<<< HEAD
        return (households, errors);
    }
}

/// <summary>One row being read.</summary>
internal sealed class HistoryRow(CsvReader csv, VcasSettings settings, Sealer sealer, List<FieldProblem> errors)
{
    private bool isSound = true;

    public int Number { get; } = csv.Context.Parser!.Row;

    public HouseholdRecord? Read()
    {
        var reference = csv.GetField("reference");
        if (string.IsNullOrWhiteSpace(reference)) Wrong("reference", "Give a text that no other row has.");
        var answer = Word<OfferAnswer>("answer");
        if (answer is null) Wrong("answer", Expected.Of(typeof(OfferAnswer)));
        var offeredAt = Instant("offeredAt");
        if (offeredAt is null) Wrong("offeredAt", "Give a date such as 2022-03-04.");
        else if (offeredAt > settings.Moment.Now || offeredAt < settings.SchemeStart) Wrong("offeredAt", "It must lie between the scheme's beginning and now.");

        var callBack = string.IsNullOrWhiteSpace(csv.GetField("callBack")) ? null : Word<CallOutcome>("callBack");
        if (callBack is null && !string.IsNullOrWhiteSpace(csv.GetField("callBack"))) Wrong("callBack", Expected.Of(typeof(CallOutcome)));
        if (callBack is not null && answer is OfferAnswer.Accepted or OfferAnswer.DoNotContact) Wrong("callBack", "Only who declined or was not asked is called back.");
        var calledAt = string.IsNullOrWhiteSpace(csv.GetField("calledAt")) ? null : Instant("calledAt");
        if (calledAt is null && !string.IsNullOrWhiteSpace(csv.GetField("calledAt"))) Wrong("calledAt", "Give a date such as 2022-03-25.");
        var direction = string.IsNullOrWhiteSpace(csv.GetField("direction")) ? CallDirection.Outgoing : Word<CallDirection>("direction");
        if (direction is null) Wrong("direction", Expected.Of(typeof(CallDirection)));
        if (direction == CallDirection.Incoming && callBack is null) Wrong("callBack", "Say what came of it when they rang.");
        if (calledAt < offeredAt) Wrong("calledAt", "It must not lie before offeredAt.");
        if (calledAt > settings.Moment.Now) Wrong("calledAt", "It must not lie in the future.");
        var team = csv.GetField("team") is { Length: > 0 and <= 60 } name ? name.ToLowerInvariant() : settings.Options.DefaultTeam;

        return isSound ? RecordOf(reference!, answer!.Value, offeredAt!.Value, team, callBack, calledAt, direction!.Value) : null;
    }

    private HouseholdRecord RecordOf(
        string reference, OfferAnswer answer, DateTimeOffset offeredAt, string team, CallOutcome? callBack, DateTimeOffset? calledAt, CallDirection direction)
    {
        var dueAt = settings.Calendar.DueAfter(offeredAt, settings.Policy.IntervalDays);
        var isToBeCalled = answer is OfferAnswer.Declined or OfferAnswer.NotAsked;
        var attempt = callBack is { } outcome ? new Attempt(Guid.Empty, calledAt ?? dueAt, outcome, true, null, null, direction) : null;
        return new HouseholdRecord
        {
            // Only this is kept of the reference: enough to know the same row again, and nothing to guess it by.
            Id = new Guid(sealer.Hash("imported references", reference).AsSpan(0, 16)),
            OfferedAt = offeredAt,
            Team = team,
            Answer = answer,
            AcceptedWhen = answer == OfferAnswer.Accepted ? AcceptedWhen.AtOffer : callBack == CallOutcome.Accepted ? WhenAccepted(direction, calledAt, dueAt) : null,
            CallBackDueAt = isToBeCalled && dueAt <= settings.Moment.Now ? dueAt : null,
            FirstAttemptAt = attempt is { WasDialled: true } ? calledAt : null,
            Attempts = attempt is { WasDialled: true } ? 1 : 0,
            RealOffers = (answer.WasReallyOffered() ? 1 : 0) + (callBack is CallOutcome.Accepted or CallOutcome.Declined ? 1 : 0),
            IncomingContacts = direction == CallDirection.Incoming ? 1 : 0,
            WasReached = attempt is { ReachedHousehold: true },
            IsHistory = true,
        };
    }

    private static AcceptedWhen WhenAccepted(CallDirection direction, DateTimeOffset? calledAt, DateTimeOffset dueAt) =>
        direction == CallDirection.Outgoing ? AcceptedWhen.AtCallBack : calledAt > dueAt ? AcceptedWhen.Later : AcceptedWhen.BeforeCallBack;

    private void Wrong(string column, string message)
    {
        isSound = false;
        errors.Add(new FieldProblem($"row {Number}, {column}", message));
    }

    private T? Word<T>(string column) where T : struct, Enum
    {
        var text = csv.GetField(column)?.Replace(" ", "", StringComparison.Ordinal);
        return text is { Length: > 0 } && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }

    private DateTimeOffset? Instant(string column)
    {
        var text = csv.GetField(column);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date)) return CallBackCalendar.StartOf(date);
        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
=======
        return (households, [.. errors.Take(MostErrors)]);
>>>>>>> words
    }

    // A cell too many moves all behind it: what else seems wrong in the row has the same cause.
    private static FieldProblem? FaultOf(CsvRow row, HistoryHeadings headings)
    {
        if (row.Fault is not null) return new FieldProblem($"row {row.Number}", row.Fault);
        var beyond = Enumerable.Range(headings.Width, Math.Max(0, row.Cells.Count - headings.Width));
        var column = beyond.FirstOrDefault(place => !string.IsNullOrWhiteSpace(row.Cells[place]), -1);
        return column < 0 ? null : new FieldProblem(
            $"row {row.Number}, {HistoryHeadings.LetterOf(column)}",
            "This row has more cells than the header line. A separator within a cell needs quotation marks around the cell.");
    }

    private static IEnumerable<FieldProblem> UnderNoHeading(IReadOnlyList<CsvRow> rows, HistoryHeadings headings) =>
        from column in headings.Unnamed
        let filled = rows
            .Where(row => row.Number > headings.Row && column < row.Cells.Count && !string.IsNullOrWhiteSpace(row.Cells[column]))
            .ToList()
        where filled.Count > 0
        select new FieldProblem(
            $"row {filled[0].Number}, {HistoryHeadings.LetterOf(column)}",
            $"This column has no heading, and something stands in it (rows: {filled.Count}). Give it a heading, or delete it.");

    private static FieldProblem Again(CsvRow row, string reference, (int Row, string Reference) before) => new(
        $"row {row.Number}, reference",
        before.Reference == reference
            ? $"The same reference stands in row {before.Row}."
            : $"Nearly the same reference stands in row {before.Row}: it differs in no more than case, blanks, accents, "
                + "dashes or noughts before a number. Write one row for one household, or make the references differ.");
}

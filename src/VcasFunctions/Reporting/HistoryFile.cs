using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Vcas.Domain.CallBacks;
using Vcas.Domain.Offers;
using Vcas.Domain.Reporting;
using VcasFunctions.Problems;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;

namespace VcasFunctions.Reporting;

/// <summary>
/// A CSV file of offers from before the system. Columns: <c>reference</c> (any text that is unique for the household; only a
/// hash of it is kept), <c>offeredAt</c> (a date in London, or an instant), <c>team</c>, <c>answer</c>, and, where a call was
/// written down, <c>callBack</c> (a call's outcome), <c>calledAt</c> and <c>direction</c> (incoming where they rang by themselves).
/// </summary>
public static class HistoryFile
{
    private const int MostErrors = 100;

    private static readonly string[] Compulsory = ["reference", "offeredAt", "answer"];

    /// <summary>The households in the file, or the rows that need correction (the first hundred).</summary>
    /// <exception cref="ProblemException">It has no header line, or lacks a column.</exception>
    public static async Task<(IReadOnlyList<HouseholdRecord> Households, IReadOnlyList<FieldProblem> Errors)> ReadAsync(
        Stream file, VcasSettings settings, Sealer sealer, CancellationToken cancellation)
    {
        // The reader below wants to read synchronously at its end; the file is bounded, so it is taken in whole first.
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        memory.Position = 0;
        using var csv = new CsvReader(new StreamReader(memory, new UTF8Encoding(false)), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = header => header.Header.Trim().ToUpperInvariant(),
            MissingFieldFound = null,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        });

        if (!await csv.ReadAsync() || !csv.ReadHeader()) throw new ProblemException(Problem.WrongRows([new FieldProblem("row 1", "The file is empty. It begins with a header line.")]));
        var header = csv.HeaderRecord!.Select(name => name.Trim().ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        var missing = Compulsory.Where(name => !header.Contains(name.ToUpperInvariant())).ToList();
        if (missing.Count > 0) throw new ProblemException(Problem.WrongRows([.. missing.Select(name => new FieldProblem("row 1", $"The column {name} is missing."))]));

        var households = new List<HouseholdRecord>();
        var errors = new List<FieldProblem>();
        var seen = new Dictionary<Guid, int>();
        while (errors.Count < MostErrors && await csv.ReadAsync())
        {
            cancellation.ThrowIfCancellationRequested();
            var row = new HistoryRow(csv, settings, sealer, errors);
            if (row.Read() is not { } household) continue;
            if (!seen.TryAdd(household.Id, row.Number)) errors.Add(new FieldProblem($"row {row.Number}, reference", $"The same reference stands in row {seen[household.Id]}."));
            households.Add(household);
        }

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
    }
}

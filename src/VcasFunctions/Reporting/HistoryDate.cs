using System.Globalization;
using System.Text.RegularExpressions;
using Vcas.Domain.Calendar;
using VcasFunctions.Problems;

namespace VcasFunctions.Reporting;

/// <summary>A day, or an instant, of an imported row.</summary>
/// <param name="At">The instant; of a day its beginning in London.</param>
/// <param name="IsDay">Whether no time of day was given.</param>
internal sealed partial record HistoryDate(DateTimeOffset At, bool IsDay)
{
    private const string Expected = "Give a day such as 2022-03-04 or 04/03/2022 (day first), where known with its time, such "
        + "as 2022-03-04 06:15 by London's clock.";

    private const string MonthFirst = "The day comes first: 31/03/2022 is the 31st of March. Or write 2022-03-31.";

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The day in London.</summary>
    public DateOnly Day => CallBackCalendar.DateOf(At);

    /// <summary>Whether it is certainly earlier than the other. Without a time, only another day is certain.</summary>
    public bool IsBefore(HistoryDate other) => IsDay || other.IsDay ? Day < other.Day : At < other.At;

    /// <summary>What a person or a spreadsheet wrote, in London time if it has no offset; or what is wrong with it.</summary>
    public static (HistoryDate? Date, string? Fault) Read(string text)
    {
        if (Instants.TryRead(text, out var instant)) return (new HistoryDate(instant.ToUniversalTime(), false), null);
        if (Hinted(text) is { } hint) return (null, hint);
        if (DayFirst().Match(text) is { Success: true } british)
            return Of(Number(british, "y"), Number(british, "m"), Number(british, "d"), british);
        if (YearFirst().Match(text) is { Success: true } iso) return Of(Number(iso, "y"), Number(iso, "m"), Number(iso, "d"), iso);
        if (MonthNamed().Match(text) is { Success: true } named)
        {
            var month = 1 + Array.IndexOf(Months, named.Groups["m"].Value[..3].ToLowerInvariant());
            return Of(Number(named, "y"), month, Number(named, "d"), named);
        }

        return (null, Expected);
    }

    private static string? Hinted(string text) =>
        ShortYear().IsMatch(text) ? "Write the year with four digits, such as 04/03/2022 (day first)."
        : Serial().IsMatch(text) ? "This is a spreadsheet's own number of a day. Format the column as a date, yyyy-mm-dd, and "
            + "save the file again."
        : text.Length > 0 && text.All(letter => letter == '#') ? "The spreadsheet's column was too narrow for its date. Make "
            + "it wider and save the file again."
        : null;

    private static (HistoryDate?, string?) Of(int year, int month, int day, Match match)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            var isMonthFirst = month > 12 && day is > 0 and <= 12;
            return (null, isMonthFirst ? MonthFirst : "There is no such day in the calendar. " + Expected);
        }

        var date = new DateOnly(year, month, day);
        if (!match.Groups["h"].Success) return (new HistoryDate(CallBackCalendar.StartOf(date), true), null);

        var (hour, minute, second) = (Number(match, "h"), Number(match, "min"), match.Groups["s"].Success ? Number(match, "s") : 0);
        if (hour > 23 || minute > 59 || second > 59) return (null, "There is no such time of day; the last is 23:59.");
        var time = new TimeOnly(hour, minute, second);
        var local = date.ToDateTime(time);
        if (CallBackCalendar.London.IsInvalidTime(local))
            return (null, "London's clocks were put forward over this hour: there was no such time that night. Add Z or "
                + "+01:00 to say which instant is meant.");
        if (CallBackCalendar.London.IsAmbiguousTime(local))
            return (null, "London's clocks showed this time twice that night. Add +01:00 for the first, Z for the second, as "
                + "in 2022-10-30T01:30:00Z.");
        return (new HistoryDate(CallBackCalendar.At(date, time), false), null);
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private const string Time = @"([T ](?<h>[0-9]{1,2}):(?<min>[0-9]{2})(:(?<s>[0-9]{2}))?)?\z";
    private const string MonthNames =
        "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t(ember)?)?|oct(ober)?|nov(ember)?|dec(ember)?)";

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})" + Time, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<d>[0-9]{1,2})(?<sign>[/.-])(?<m>[0-9]{1,2})\k<sign>(?<y>[0-9]{4})" + Time, RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DayFirst();

    [GeneratedRegex("^(?<d>[0-9]{1,2})[ -](?<m>" + MonthNames + ")[ -](?<y>[0-9]{4})" + Time,
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MonthNamed();

    [GeneratedRegex(@"^[0-9]{1,2}[/. -]([0-9]{1,2}|[A-Za-z]{3,9})[/. -][0-9]{2}( .*)?\z", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortYear();

    [GeneratedRegex(@"^[0-9]{5}([.,][0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Serial();
}

using CsCheck;
using LocalAzure.Functions;
using Vcas.Domain.Calendar;
using VcasFunctions.Households;
using VcasFunctions.Offers;

namespace Fuzz.Parsers;

/// <summary>Phone numbers, schedules, and the call-back calendar over every instant that a request can carry.</summary>
internal static class TimesAndNumbers
{
    private static readonly CallBackCalendar Calendar = Given.Settings.Calendar;

    private static readonly Gen<DateTimeOffset> Instants = Gen.Select(
        Gen.Long[new DateTime(2000, 1, 1).Ticks, new DateTime(2150, 1, 1).Ticks], Gen.Int[-14 * 60, 14 * 60],
        (ticks, offset) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(offset)));

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of("phone", Mutations.Texts([
            "07700 900123", "+44 7700 900123", "tel:+447700900123;ext=1", "0044(0)7700-900123", "٠٧٧٠٠٩٠٠١٢٣",
        ], "+", "(0)", "ext.", "x1", ";", "0800 FLOWERS"), text =>
        {
            if (PhoneNumberReader.TryRead(text, out var e164)
                && (e164[0] != '+' || e164.Length is < 8 or > 16 || !e164[1..].All(char.IsAsciiDigit)))
                throw new InvalidDataException($"{e164} is not E.164.");
        }),
        Parser.Of("schedule", Mutations.Texts([
            "0 7 * * * *", "*/5 * * * *", "0 0 9-17/2 1,15 JAN-DEC MON#1", "0 0 0 29 2 *", "0 0 0 L-3 * *", "01:30:00",
            "10675199.02:48:05.4775807",
        ], "*", "/", "-", "L", "W", "#", ",", "?", "@hourly", " "), text =>
        {
            try
            {
                var schedule = Schedule.Parse("Sweep", text, CallBackCalendar.London);
                foreach (var instant in new[] { Given.Monday, new(2026, 3, 29, 0, 59, 59, TimeSpan.Zero), DateTimeOffset.MaxValue })
                {
                    if (schedule.After(instant) is { } next && next <= instant)
                        throw new InvalidDataException("The next occurrence is not after.");
                }
            }
            catch (FunctionException)
            {
                // What stops the start, with the function's name.
            }
        }),
        Parser.Of("calendar", Gen.Select(Instants, Gen.Int[0, 365], Gen.Int[0, 90]), input =>
        {
            var (instant, days, workingDays) = input;
            var due = Calendar.DueAfter(instant, days);
            if (due < instant.AddDays(days) || !Calendar.IsCallMoment(due))
                throw new InvalidDataException("Too early, or outside the hours.");
            var later = Calendar.AddWorkingDays(instant, workingDays);
            if (later < instant || !Calendar.IsCallMoment(later))
                throw new InvalidDataException("Working days led back, or outside the hours.");
            if (CallBackCalendar.StartOf(CallBackCalendar.DateOf(instant)) > instant)
                throw new InvalidDataException("A day begins after one of its instants.");
        }),
        Parser.Of(
            "safe-times",
            Gen.Select(Instants, Gen.Select(Gen.Int[0, 6].Array[1, 7], Gen.Int[0, 1438], Gen.Int[1, 1439]).Array[0, 14]),
            input =>
            {
                var (instant, windows) = input;
                var written = SafeTimesText.Write([.. windows.Select(window => new Vcas.Domain.Households.SafeTime(
                    [.. window.Item1.Distinct().Select(day => (DayOfWeek)day)],
                    TimeOnly.MinValue.AddMinutes(window.Item2),
                    TimeOnly.MinValue.AddMinutes(window.Item3)))]);
                SafeTimesText.At(written, instant);
            }),
    ];
}

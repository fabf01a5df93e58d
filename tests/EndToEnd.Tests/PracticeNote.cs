using Vcas.Domain.Households;

namespace EndToEnd.Tests;

/// <summary>
/// The 120 households of the practice note (College of Policing, Durham Constabulary, 9 July 2024): 33 offers in 2022 with 12
/// accepted at once and 3 at the call-back; 87 from 2023 to March 2024 with 16 and 9. The note gives the counts alone; the dates
/// here are spread over weekdays, weekends and nights, across clock changes and holidays.
/// </summary>
internal static class PracticeNote
{
    private static readonly TimeSpan[] HoursOfDay =
        [new(6, 15, 0), new(22, 40, 0), new(14, 5, 0), new(0, 30, 0), new(9, 0, 0), new(17, 0, 0), new(5, 55, 0), new(11, 20, 0)];

    /// <summary>The households, oldest first.</summary>
    public static IReadOnlyList<NotedHousehold> Households { get; } =
        [.. Period(new DateOnly(2022, 1, 3), everyDays: 11, offers: 33, atOffer: 12, atCallBack: 3, seed: 1),
         .. Period(new DateOnly(2023, 1, 2), everyDays: 5.2, offers: 87, atOffer: 16, atCallBack: 9, seed: 1000)];

    private static IEnumerable<NotedHousehold> Period(DateOnly start, double everyDays, int offers, int atOffer, int atCallBack, int seed)
    {
        var declined = 0;
        for (var number = 0; number < offers; number++)
        {
            var day = start.AddDays((int)(number * everyDays));
            var offeredAt = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) + HoursOfDay[number % HoursOfDay.Length];
            // Spread evenly over the period: household n accepts at once where the running share steps up.
            var accepts = (number + 1) * atOffer / offers > number * atOffer / offers;
            var course = Course.AcceptedAtOffer;
            if (!accepts)
            {
                var decliners = offers - atOffer;
                course = (declined + 1) * atCallBack / decliners > declined * atCallBack / decliners ? Course.AcceptedAtCallBack
                    : (declined % 5) switch
                    {
                        0 => Course.NotReached,
                        1 => Course.HeldThenDeclined,
                        2 => Course.CalledLaterThenDeclined,
                        _ => Course.Declined,
                    };
                declined++;
            }

            yield return new NotedHousehold(
                new Guid(seed + number, 0x4e4f, 0x4007, 0x80, 0, 0, 0, 0, 0, 0, (byte)number),
                offeredAt,
                course,
                $"07700 900{(seed / 10) + number:D3}");
        }
    }
}

/// <summary>What becomes of a household.</summary>
internal enum Course
{
    AcceptedAtOffer,
    AcceptedAtCallBack,
    Declined,
    NotReached,
    HeldThenDeclined,
    CalledLaterThenDeclined,
}

/// <summary>One household of the note.</summary>
internal sealed record NotedHousehold(Guid Id, DateTimeOffset OfferedAt, Course Course, string Phone)
{
    /// <summary>What its caller records at the attempt of this number, from 0.</summary>
    public CallOutcome OutcomeOf(int attempt) => (Course, attempt) switch
    {
        (Course.AcceptedAtCallBack, 0) when Id.ToByteArray()[15] % 2 == 1 => CallOutcome.NoAnswer,
        (Course.AcceptedAtCallBack, _) => CallOutcome.Accepted,
        (Course.NotReached, _) => CallOutcome.NoAnswer,
        (Course.HeldThenDeclined, 0) => CallOutcome.UnsafeToCall,
        (Course.CalledLaterThenDeclined, 0) => CallOutcome.CallLater,
        _ => CallOutcome.Declined,
    };
}

using System.Globalization;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace Vcas.Domain.Tests;

/// <summary>What most tests start from: one team, office hours, a partner who was reached at the door.</summary>
internal static class Given
{
    public static readonly CallBackCalendar Calendar = new(CallHours.OfficeHours, BankHolidays.EnglandAndWales);
    public static readonly CallBackPolicy Policy = new();
    public static readonly Team Team = new("OCAIT", "Call-backs", null, "supervisor-1");
    public static readonly TeamDirectory Teams = new([Team, new Team("CID North", "Care officers", "officer-7", null)], others: null);
    public static readonly Guid Id = Guid.Parse("7f3a91c2-0000-4000-8000-000000000001");
    public static readonly DateTimeOffset SchemeStart = At("2022-01-01 00:00");

    /// <summary>Tuesday morning; 21 days later is Tuesday 27 June 2023, 09:00 in London.</summary>
    public static readonly DateTimeOffset OfferedAt = At("2023-06-06 05:40");
    public static readonly DateTimeOffset DueAt = At("2023-06-27 08:00");

    public static readonly SafeContact Contact = new(
        "Sam Example",
        "+447700900123",
        VoicemailAllowed: false,
        [new SafeTime([DayOfWeek.Wednesday], new TimeOnly(10, 0), new TimeOnly(12, 0))],
        "bluebell",
        "her sister",
        null,
        null,
        AgeBand.Adult,
        IsGuardian: false);

    public static readonly SafeContact OtherContact = Contact with { Phone = "+447700900456" };

    public static OfferDetails Details(OfferAnswer answer = OfferAnswer.Declined) => new()
    {
        Answer = answer,
        OfferedAt = OfferedAt,
        Team = "OCAIT",
        CrimeReference = "CRI/0001/23",
        Contact = answer == OfferAnswer.DoNotContact ? null : Contact,
    };

    public static OfferDetails OnlyChildren(SafeContact contact) => Details() with
    {
        Members = new HouseholdMembers(
            [new HouseholdMember(Relationship.Child, AgeBand.From12To15), new HouseholdMember(Relationship.Child, AgeBand.Under5)]),
        Contact = contact,
    };

    /// <summary>An instant in UTC.</summary>
    public static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture);

    /// <summary>An instant by the wall clock in London.</summary>
    public static DateTimeOffset London(string wall)
    {
        var local = DateTime.Parse(wall, CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, CallBackCalendar.London.GetUtcOffset(local)).ToUniversalTime();
    }

    public static Moment Moment(DateTimeOffset now) => new(now, Calendar);

    /// <summary>The code of the rule that refuses, or 0 when nothing does.</summary>
    public static int RefusalOf(Func<object> command) => RefusalOf(() => { _ = command(); });

    /// <inheritdoc cref="RefusalOf(Func{object})" />
    public static int RefusalOf(Action command)
    {
        try
        {
            command();
            return 0;
        }
        catch (RuleBrokenException broken)
        {
            return broken.Rule.Code;
        }
    }
}

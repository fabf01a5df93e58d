using Microsoft.Extensions.Options;
using Vcas.Domain.Calendar;
using Vcas.Domain.Households;
using Vcas.Domain.Teams;

namespace VcasFunctions.Settings;

/// <summary>The settings in force, checked and in the domain's own words. A change of configuration makes a new one.</summary>
public sealed class VcasSettings
{
    private readonly IOptionsMonitor<VcasOptions> options;
    private readonly TimeProvider time;
    private Current? current;

    /// <summary>Settings that follow <paramref name="options"/>.</summary>
    public VcasSettings(IOptionsMonitor<VcasOptions> options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        options.OnChange(_ => current = null);
    }

    /// <summary>The force's options as configured.</summary>
    public VcasOptions Options => options.CurrentValue;

    /// <summary>The policy for offers recorded now.</summary>
    public CallBackPolicy Policy => Now.Options.Policy;

    /// <summary>Which teams take part, and who serves each.</summary>
    public TeamDirectory Teams => Now.Teams;

    /// <summary>Call-back hours and working days.</summary>
    public CallBackCalendar Calendar => Now.Calendar;

    /// <summary>The days of the week on which calls are made.</summary>
    public IReadOnlyList<DayOfWeek> CallDays => Now.CallDays;

    /// <summary>The last year whose bank holidays somebody has compared with what is published; later ones are reckoned.</summary>
    public int HolidaysKnownTo => Math.Max(BankHolidays.LastPublished, Now.Options.HolidaysCheckedTo ?? 0);

    /// <summary>Whether that year ends within a year from now: then somebody has to look.</summary>
    public bool HolidaysEndSoon => CallBackCalendar.DateOf(Moment.Now).AddYears(1) > new DateOnly(HolidaysKnownTo, 12, 31);

    /// <summary>When the scheme began, UTC.</summary>
    public DateTimeOffset SchemeStart => CallBackCalendar.StartOf(Now.Options.SchemeStart);

    /// <summary>This moment, as transitions want it.</summary>
    public Moment Moment => new(time.GetUtcNow(), Calendar);

    private Current Now
    {
        get
        {
            var value = options.CurrentValue;
            var known = current;
            return known is not null && ReferenceEquals(known.Options, value) ? known : current = Current.From(value);
        }
    }

    private sealed record Current(VcasOptions Options, TeamDirectory Teams, CallBackCalendar Calendar)
    {
        public IReadOnlyList<DayOfWeek> CallDays => Options.CallHours.Days.Count > 0 ? Options.CallHours.Days : CallHours.OfficeHours.Days;

        public static Current From(VcasOptions options) => new(
            options,
            new TeamDirectory(
                options.Teams.Select(team => TeamOf(team.Key, team.Value)),
                options is { OnlyNamedTeams: false, OtherTeams: { } others } ? TeamOf("*", others) : null),
            new CallBackCalendar(
                new CallHours(
                    options.CallHours.From,
                    options.CallHours.To,
                    options.CallHours.Days.Count > 0 ? options.CallHours.Days : CallHours.OfficeHours.Days),
                BankHolidays.With(options.ExtraHolidays, options.NotHolidays)));

        private static Team TeamOf(string name, TeamOptions options) =>
            new(name, options.CallBackTeam, options.CareOfficer, options.Supervisor);
    }
}

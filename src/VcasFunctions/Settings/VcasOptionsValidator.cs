using Vcas.Domain.Calendar;
using Vcas.Domain.Households;

namespace VcasFunctions.Settings;

/// <summary>Stops the start when the force, its policy, its calendar or its teams are set as they can't be.</summary>
public sealed class VcasOptionsValidator : SettingsValidator<VcasOptions>
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Failures(VcasOptions options)
    {
        var policy = options.Policy;
        if (string.IsNullOrWhiteSpace(options.Force)
            || options.Force.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
            yield return "Vcas:Force must be lower-case letters, digits and hyphens.";
        if (policy.IntervalDays is < 0 or > 365) yield return "Vcas:Policy:IntervalDays must lie between 0 and 365.";
        if (policy.SecondOfferDays is < 1 or > 365) yield return "Vcas:Policy:SecondOfferDays must lie between 1 and 365.";
        if (policy.MaxAttempts is < 1 or > 20) yield return "Vcas:Policy:MaxAttempts must lie between 1 and 20.";
        if (policy.DaysBetweenAttempts is < 0 or > 60) yield return "Vcas:Policy:DaysBetweenAttempts must lie between 0 and 60.";
        if (policy.ReminderDays is < 1 or > 30) yield return "Vcas:Policy:ReminderDays must lie between 1 and 30.";
        if (policy.OverdueDays is < 1 or > 30) yield return "Vcas:Policy:OverdueDays must lie between 1 and 30.";
        if (policy.MaxVisits is < 1 or > 10) yield return "Vcas:Policy:MaxVisits must lie between 1 and 10.";
        if (policy.DaysBetweenVisits is < 0 or > 60) yield return "Vcas:Policy:DaysBetweenVisits must lie between 0 and 60.";
        if (policy.LetterDays is < 1 or > 60) yield return "Vcas:Policy:LetterDays must lie between 1 and 60.";
        if (policy.SafeRouteDays1 < 1 || policy.SafeRouteDays2 <= policy.SafeRouteDays1
            || policy.SafeRouteDays3 <= policy.SafeRouteDays2 || policy.SafeRouteDays3 > 60)
            yield return "Vcas:Policy:SafeRouteDays1, SafeRouteDays2 and SafeRouteDays3 must ascend and lie between 1 and 60.";
        if (policy.AnswerDays is < 1 or > 60) yield return "Vcas:Policy:AnswerDays must lie between 1 and 60.";
        if (policy.WelfareFromHours is < 1 or > 168) yield return "Vcas:Policy:WelfareFromHours must lie between 1 and 168.";
        if (policy.WelfareByHours <= policy.WelfareFromHours || policy.WelfareByHours > 336)
            yield return "Vcas:Policy:WelfareByHours must be more than WelfareFromHours, and 336 at most.";
        if (policy.MeasureHours is < 1 or > 24) yield return "Vcas:Policy:MeasureHours must lie between 1 and 24.";
        if (policy.AcknowledgeMinutes is < 1 or > 1440) yield return "Vcas:Policy:AcknowledgeMinutes must lie between 1 and 1440.";
        if (policy.ReviewDays is < 1 or > 90) yield return "Vcas:Policy:ReviewDays must lie between 1 and 90.";
        if (policy.LongestHoldDays < policy.ReviewDays) yield return "Vcas:Policy:LongestHoldDays must not be less than ReviewDays.";
        if (policy.LateOfferDays is < 1 or > 3650) yield return "Vcas:Policy:LateOfferDays must lie between 1 and 3650.";
        if (options.CallHours.From >= options.CallHours.To) yield return "Vcas:CallHours:From must lie before Vcas:CallHours:To.";
        foreach (var day in options.NotHolidays.Where(day => !BankHolidays.EnglandAndWales.Contains(day)))
            yield return $"Vcas:NotHolidays: {day:yyyy-MM-dd} is no bank holiday. Check the date.";
        foreach (var day in options.NotHolidays.Intersect(options.ExtraHolidays))
            yield return $"Vcas:NotHolidays and Vcas:ExtraHolidays both name {day:yyyy-MM-dd}.";
        if (options.HolidaysCheckedTo is < 2022 or > 2199) yield return "Vcas:HolidaysCheckedTo must be a year from 2022 to 2199.";
        foreach (var failure in TeamSettingsFailures.Of(options)) yield return failure;
        if ((options.OnlyNamedTeams || options.OtherTeams is null) && options.Teams.Count == 0)
            yield return "Vcas:OnlyNamedTeams is set and Vcas:Teams names no team: nobody takes part.";
    }
}

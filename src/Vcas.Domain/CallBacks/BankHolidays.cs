namespace Vcas.Domain.CallBacks;

/// <summary>
/// Bank holidays of England and Wales as published on GOV.UK, 2022 to 2028. A force adds later or special ones by
/// configuration; nothing here has to be rebuilt for that.
/// </summary>
public static class BankHolidays
{
    /// <summary>The published days.</summary>
    public static readonly IReadOnlySet<DateOnly> EnglandAndWales = Days(
        "2022: 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        "2023: 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        "2024: 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        "2025: 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        "2026: 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        "2027: 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        "2028: 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");

    private static HashSet<DateOnly> Days(params string[] years) =>
        [.. years.SelectMany(line => line[6..].Split(' ').Select(day => DateOnly.ParseExact($"{line[..4]}-{day}", "yyyy-MM-dd")))];
}

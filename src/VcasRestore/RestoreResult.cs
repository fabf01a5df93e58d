using System.Globalization;
using Vcas.Domain.Households;

namespace VcasRestore;

/// <summary>What was put back.</summary>
/// <param name="Backup">Which backup.</param>
/// <param name="Later">The later ones that erasures and barred numbers were taken from as well.</param>
/// <param name="KnownUntil">When the newest backup was begun, UTC: what was erased or barred after it is in none.</param>
internal sealed record RestoreResult(string Backup, IReadOnlyList<string> Later, DateTimeOffset KnownUntil)
{
    /// <summary>Rows of numbers that must never be called.</summary>
    public int DoNotCall { get; set; }

    /// <summary>Households that a later backup knew as erased, or as having said never.</summary>
    public int Settled { get; set; }

    /// <summary>Households that said never and are in no backup as that: they are not put back.</summary>
    public IReadOnlyList<string> Withheld { get; set; } = [];

    /// <summary>Rows of everything else.</summary>
    public int Rows { get; set; }

    /// <summary>Households that the sweep will look at.</summary>
    public int Households { get; set; }

    /// <summary>The report for people, with what to do next.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        {Backup} is put back: {Rows} rows, {DoNotCall} of numbers never to be called,
        {Settled} households as later backups know them: erased, or never to be called.
        {Households} households wait for the sweep. {Left}
        Now, before anybody phones:
        1. Repeat what was erased or barred after {KnownUntil:u}: no backup knows of it.
        2. Start the app with the keys of then. It stops by a key's name where they are others.
        3. Let the sweep run (seven minutes past the hour, or by hand): it draws up the lists and starts the waits.
        4. Have the audit verified for the last month.
        """);

    private string Left => Withheld.Count == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{Withheld.Count} said never and stand in no backup as that; they are left out: {string.Join(", ", References)}.");

    private IEnumerable<string> References => Withheld.Select(id => Household.ReferenceOf(Guid.Parse(id, CultureInfo.InvariantCulture)));
}

using System.Globalization;

namespace VcasRestore;

/// <summary>What was put back.</summary>
/// <param name="Backup">Which backup.</param>
/// <param name="Later">The later ones that erasures and barred numbers were taken from as well.</param>
/// <param name="KnownUntil">When the newest backup was begun, UTC: what was erased or barred after it stands in none.</param>
internal sealed record Restored(string Backup, IReadOnlyList<string> Later, DateTimeOffset KnownUntil)
{
    /// <summary>Rows of numbers that must never be called.</summary>
    public int Never { get; set; }

    /// <summary>Households that a later backup knew as erased.</summary>
    public int Erasures { get; set; }

    /// <summary>Rows of everything else.</summary>
    public int Rows { get; set; }

    /// <summary>Households that the sweep will look at.</summary>
    public int Households { get; set; }

    /// <summary>For whoever reads it, with what is to be done next.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        {Backup} is put back: {Rows} rows, {Never} of numbers never to be called, {Erasures} later erasures.
        {Households} households wait for the sweep.
        Now, before anybody phones:
        1. Repeat what was erased or barred after {KnownUntil:u}: no backup knows of it.
        2. Start the app with the keys of then. It stops by a key's name where they are others.
        3. Let the sweep run (seven minutes past the hour, or by hand): it draws up the lists and starts the waits.
        4. Have the audit verified for the last month.
        """);
}

namespace VcasFunctions.Backup;

/// <summary>
/// The nightly backup, section <c>Vcas:Backup</c>. Where it goes is beside it, as for the other services:
/// <c>BackupConnection__serviceUri</c>, or a connection string in <c>BackupConnection</c>.
/// </summary>
public sealed record BackupOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Vcas:Backup";

    /// <summary>Whether a backup is made every night.</summary>
    public bool Enabled { get; init; }

    /// <summary>The container in that account. It is there already: the app may write into it and do nothing else.</summary>
    public string Container { get; init; } = "vcas-backup";
}

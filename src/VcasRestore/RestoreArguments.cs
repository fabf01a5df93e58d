namespace VcasRestore;

/// <summary>A service, by connection string or by address.</summary>
internal sealed record Place(string? Connection, string? Uri);

/// <summary>
/// What the command line and the environment ask for. Connection strings hold keys, so they come by the environment alone.
/// </summary>
/// <param name="From">The account of the backups.</param>
/// <param name="Container">The container there.</param>
/// <param name="To">The account of the tables.</param>
/// <param name="Backup">Which one; the newest whole one when null.</param>
/// <param name="List">Only says which there are.</param>
/// <param name="FillIn">Whether the tables may hold something, which stays.</param>
internal sealed record RestoreArguments(Place From, string Container, Place To, string? Backup, bool List, bool FillIn)
{
    private const string Usage = """
        Usage: VcasRestore --from https://ACCOUNT.blob.core.windows.net --list
               VcasRestore --from https://ACCOUNT.blob.core.windows.net --to https://ACCOUNT.table.core.windows.net
                           [--backup NAME] [--fill-in]

        --container NAME   where it isn't vcas-backup
        --backup NAME      as --list says it; the newest that is whole otherwise
        --fill-in          the tables hold something already: that stays, and what is missing is put beside it

        In place of --from and --to: connection strings in VCAS_BACKUP_CONNECTION and VCAS_TABLES_CONNECTION.
        """;

    /// <summary>Reads the command line and the environment.</summary>
    /// <exception cref="RestoreRefusedException">They don't say what to do.</exception>
    public static RestoreArguments Read(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var (list, fillIn) = (false, false);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--list": list = true; break;
                case "--fill-in": fillIn = true; break;
                case "--from" or "--to" or "--container" or "--backup" when i + 1 < args.Count: texts[args[i]] = args[++i]; break;
                default: throw new RestoreRefusedException(Usage);
            }
        }

        var from = PlaceOf(texts.GetValueOrDefault("--from"), environment("VCAS_BACKUP_CONNECTION"));
        var to = PlaceOf(texts.GetValueOrDefault("--to"), environment("VCAS_TABLES_CONNECTION"));
        if (from is null || (to is null && !list)) throw new RestoreRefusedException(Usage);
        return new RestoreArguments(
            from,
            texts.GetValueOrDefault("--container", "vcas-backup"),
            to ?? new Place(null, null),
            texts.GetValueOrDefault("--backup"),
            list,
            fillIn);
    }

    private static Place? PlaceOf(string? uri, string? connection) =>
        uri is not null && !Uri.IsWellFormedUriString(uri, UriKind.Absolute) ? throw new RestoreRefusedException($"'{uri}' is no address.")
        : uri is not null ? new Place(null, uri)
        : connection is { Length: > 0 } ? new Place(connection, null)
        : null;
}

/// <summary>Nothing was put back, for a reason that is said.</summary>
internal sealed class RestoreRefusedException(string message) : Exception(message);

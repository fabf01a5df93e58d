using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Vcas.Domain.Calendar;
using Vcas.Domain.Teams;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Notifications;

/// <summary>
/// Which teams' supervisors are away, a row a team: whoever stands in is told in their place. All teams without a name in the settings have
/// one supervisor, and so one absence. What was read is believed for a minute.
/// </summary>
public sealed class Absences(VcasTables tables, VcasSettings settings)
{
    private const string Partition = "absence";
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    private Known? known;

    /// <summary>The teams whose supervisor is away today, and for whom somebody stands in.</summary>
    public async Task<AbsentTeams> OfTodayAsync(CancellationToken cancellation)
    {
        var now = settings.Moment.Now;
        // Nothing may last longer because a clock was put back.
        if (known is not { } read || read.At > now || now - read.At >= Believed)
            known = read = new Known(now, await ReadAsync(cancellation));
        var (today, options) = (CallBackCalendar.DateOf(now), settings.Options);
        return new AbsentTeams(
            options, read.Teams.Where(team => team.Value.IsOn(today)).Select(team => team.Key).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A team's absence as it was recorded, unless it is over; null if there is none.</summary>
    public async Task<Absence?> FindAsync(string team, CancellationToken cancellation)
    {
        var found = await tables.Desk.GetEntityIfExistsAsync<TableEntity>(
            Partition, settings.Options.KeyOfTeam(team), cancellationToken: cancellation);
        return found.HasValue && Read(found.Value!) is { } absence && absence.Until >= CallBackCalendar.DateOf(settings.Moment.Now)
            ? absence
            : null;
    }

    /// <summary>Records it, in the place of one that was recorded before.</summary>
    public async Task PutAsync(string team, Absence absence, CancellationToken cancellation)
    {
        await tables.Desk.UpsertEntityAsync(
            new TableEntity(Partition, settings.Options.KeyOfTeam(team))
            {
                ["From"] = absence.From.ToString("O", CultureInfo.InvariantCulture),
                ["Until"] = absence.Until.ToString("O", CultureInfo.InvariantCulture),
            },
            TableUpdateMode.Replace,
            cancellation);
        known = null;
    }

    /// <summary>Takes it away; where there is none, nothing happens.</summary>
    public async Task RemoveAsync(string team, CancellationToken cancellation)
    {
        await tables.Desk.DeleteEntityAsync(Partition, settings.Options.KeyOfTeam(team), ETag.All, cancellation);
        known = null;
    }

    private async Task<IReadOnlyDictionary<string, Absence>> ReadAsync(CancellationToken cancellation)
    {
        var teams = new Dictionary<string, Absence>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in tables.Desk.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (Read(row) is { } absence) teams[row.RowKey] = absence;
        }

        return teams;
    }

    // A row that can't be read is none: its supervisor is told as ever.
    private static Absence? Read(TableEntity row) =>
        DamagedRow.TryRead(row, one => new Absence(DayOf(one, "From"), DayOf(one, "Until")), out var absence) ? absence : null;

    private static DateOnly DayOf(TableEntity row, string column) =>
        DateOnly.ParseExact(row.GetString(column) ?? "", "O", CultureInfo.InvariantCulture);

    private sealed record Known(DateTimeOffset At, IReadOnlyDictionary<string, Absence> Teams);
}

/// <summary>The teams whose supervisor is away.</summary>
/// <param name="options">The teams as they are set.</param>
/// <param name="keys">Those that are away.</param>
public sealed class AbsentTeams(VcasOptions options, IReadOnlySet<string> keys)
{
    /// <summary>Whether a team's supervisor is away. Where nobody stands in any more, they are told all the same.</summary>
    public bool Contains(string team) =>
        keys.Count > 0 && keys.Contains(options.KeyOfTeam(team)) && !string.IsNullOrWhiteSpace(options.OptionsOfTeam(team)?.Deputy);
}

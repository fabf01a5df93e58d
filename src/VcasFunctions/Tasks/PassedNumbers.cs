using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain;
using Vcas.Domain.Offers;
using Vcas.Domain.Teams;
using VcasFunctions.Audit;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.Tasks;

/// <summary>
/// Numbers that front desks passed on, a row a number. Nobody but the call-back team and its supervisors reads them, and each is erased
/// some time after somebody has seen to it.
/// </summary>
public sealed class PassedNumbers(
    VcasTables tables,
    Sealer sealer,
    Keyring keyring,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    ILogger<PassedNumbers> log)
{
    private const string Partition = "number";

    // What nobody ever sees to keeps no number for ever.
    private const int LongestOpen = 6;

    /// <summary>Stores a number; the one that stands where the id was used before.</summary>
    public async Task<(PassedNumber Stored, bool IsNew)> AddAsync(PassedNumber number, CancellationToken cancellation)
    {
        try
        {
            await tables.Desk.AddEntityAsync(number.ToEntity(Partition, sealer, keyring.ActiveId), cancellation);
            return (number, true);
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return (await FindAsync(number.Id, cancellation) ?? number, false);
        }
    }

    /// <summary>One by its id; null if there is none.</summary>
    public async Task<PassedNumber?> FindAsync(Guid id, CancellationToken cancellation) =>
        await EntityAsync(id, cancellation) is { } row ? PassedNumber.Read(tables.Desk, row, sealer) : null;

    /// <summary>Says what became of one.</summary>
    /// <exception cref="RuleBrokenException">Somebody said something else before, or whoever wants no contact was called.</exception>
    public async Task<PassedNumber> CloseAsync(Guid id, PassedNumberOutcome outcome, CancellationToken cancellation)
    {
        while (true)
        {
            var row = (await EntityAsync(id, cancellation))!;
            var number = PassedNumber.Read(tables.Desk, row, sealer);
            Rules.Keep(new PassedNumberMustBeOpen(number.Outcome, outcome), new NoContactMustBeRecorded(number.Said, outcome));
            if (number.Outcome is not null) return number;
            var closed = number with { Outcome = outcome, ClosedAt = settings.Moment.Now };
            if (await TryReplaceAsync(closed, row.ETag, cancellation)) return closed;
        }
    }

    /// <summary>Those to which nobody has seen, as tasks. Their numbers are not even opened.</summary>
    public Task<IReadOnlyList<OpenTask>> TasksAsync(CancellationToken cancellation) => OpenAsync(isUntold: false, cancellation);

    /// <summary>Those of them of which the call-back team was not told yet.</summary>
    public Task<IReadOnlyList<OpenTask>> UntoldAsync(CancellationToken cancellation) => OpenAsync(isUntold: true, cancellation);

    /// <summary>The call-back team was told of one.</summary>
    public async Task NoteToldAsync(Guid id, CancellationToken cancellation)
    {
        while (await EntityAsync(id, cancellation) is { } row)
        {
            var told = PassedNumber.Read(tables.Desk, row, sealer) with { ToldAt = settings.Moment.Now };
            if (await TryReplaceAsync(told, row.ETag, cancellation)) return;
        }
    }

    private async Task<IReadOnlyList<OpenTask>> OpenAsync(bool isUntold, CancellationToken cancellation)
    {
        var (open, neverSaid) = (new List<OpenTask>(), Word.Of(SaidAtDesk.WantsNoContact));
        await foreach (var row in RowsAsync(["RowKey", "Said", "At", "Team", "CallBackTeam", "ClosedAt", "ToldAt"], cancellation))
        {
            if (row.Value<DateTimeOffset?>("ClosedAt") is not null || !Guid.TryParseExact(row.RowKey, "D", out var id)) continue;
            if (isUntold && row.Value<DateTimeOffset?>("ToldAt") is not null) continue;
            var kind = row.Value<string>("Said") == neverSaid ? TaskKind.NeverPassedOn : TaskKind.NumberPassedOn;
            open.Add(new OpenTask(kind, id, row.Value<DateTimeOffset?>("At") ?? settings.Moment.Now)
            {
                Team = row.Value<string>("Team") ?? "",
                CallBackTeam = row.Value<string>("CallBackTeam"),
            });
        }

        return open;
    }

    /// <summary>Erases those whose time is over.</summary>
    public async Task EraseDueAsync(CancellationToken cancellation)
    {
        var (days, now, erased) = (retention.CurrentValue.PassedNumberDays, settings.Moment.Now, 0);
        await foreach (var row in RowsAsync(["PartitionKey", "RowKey", "At", "ClosedAt"], cancellation))
        {
            var closedAt = row.Value<DateTimeOffset?>("ClosedAt");
            var end = closedAt?.AddDays(days) ?? row.Value<DateTimeOffset?>("At")?.AddDays(days * LongestOpen);
            if (end is null || end > now) continue;
            if (closedAt is null) log.LogWarning("A number that was passed on is erased, and nobody has seen to it");
            await tables.Desk.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            erased++;
        }

        if (erased > 0) log.LogInformation("{Erased} numbers that were passed on were erased after their time", erased);
    }

    /// <summary>Seals again what an earlier key still seals, so that it can be taken away.</summary>
    public async Task RenewSealsAsync(CancellationToken cancellation)
    {
        var active = keyring.ActiveId;
        await foreach (var row in RowsAsync(select: null, cancellation))
        {
            if (row.Value<string>("KeyId") != active)
                await TryReplaceAsync(PassedNumber.Read(tables.Desk, row, sealer), row.ETag, cancellation);
        }
    }

    // Whoever was quicker has changed it, and is looked at again.
    private async Task<bool> TryReplaceAsync(PassedNumber number, ETag seen, CancellationToken cancellation)
    {
        try
        {
            await tables.Desk.UpdateEntityAsync(
                number.ToEntity(Partition, sealer, keyring.ActiveId), seen, TableUpdateMode.Replace, cancellation);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }

    private async Task<TableEntity?> EntityAsync(Guid id, CancellationToken cancellation)
    {
        var found = await tables.Desk.GetEntityIfExistsAsync<TableEntity>(Partition, id.ToString("D"), cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private AsyncPageable<TableEntity> RowsAsync(IEnumerable<string>? select, CancellationToken cancellation) =>
        tables.Desk.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), null, select, cancellation);
}

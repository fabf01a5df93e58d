using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vcas.Domain.Calendar;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Sealing;
using VcasFunctions.Settings;
using VcasFunctions.Tables;

namespace VcasFunctions.People;

/// <summary>
/// Callers and supervisors who have signed in, a row a person: so that calls can be assigned by name also where the directory isn't read.
/// Who isn't seen again is erased some time after.
/// </summary>
public sealed class SeenPeople(
    VcasTables tables,
    Sealer sealer,
    Keyring keyring,
    IOptionsMonitor<RetentionOptions> retention,
    VcasSettings settings,
    TimeProvider time,
    ILogger<SeenPeople> log)
{
    private const string Partition = "person";

    // Whoever signs in is not kept waiting for this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, SeenPerson> noted = new();

    /// <summary>
    /// Notes that somebody has signed in: once a day, and when their name or teams have changed. That it could not be noted is no reason to
    /// send anybody away.
    /// </summary>
    public async Task NoteAsync(Person person, Membership membership, CancellationToken cancellation)
    {
        if (PersonName.Of(person.Name) is not { } name || !Guid.TryParseExact(person.Id, "D", out var id)) return;
        // Whose groups are not known has teams that nobody can tell.
        if (person.HasTooManyGroups || !IsOfUse(person, membership)) return;
        var seen = new SeenPerson
        {
            Id = id,
            Name = name,
            CallBackTeams = [.. membership.CallBackTeams.Order(StringComparer.Ordinal)],
            LastSeen = CallBackCalendar.DateOf(settings.Moment.Now),
        };
        if (noted.TryGetValue(id, out var before) && IsSame(before, seen)) return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await tables.Desk.UpsertEntityAsync(
                seen.ToEntity(Partition, sealer, keyring.ActiveId), TableUpdateMode.Replace, either.Token);
            noted[id] = seen;
        }
        catch (Exception failure) when (failure is RequestFailedException or OperationCanceledException or HttpRequestException)
        {
            if (cancellation.IsCancellationRequested) throw;
            log.LogWarning("That somebody signed in could not be noted ({Failure})", failure.GetType().Name);
        }
    }

    /// <summary>All that are known. A row that can't be read is nobody.</summary>
    public async Task<IReadOnlyList<SeenPerson>> ListAsync(CancellationToken cancellation)
    {
        var people = new List<SeenPerson>();
        await foreach (var row in RowsAsync(select: null, cancellation))
        {
            if (DamagedRow.TryRead(row, one => SeenPerson.Read(one, sealer), out var person)) people.Add(person);
        }

        return people;
    }

    /// <summary>Erases those who were not seen for as long as the settings say.</summary>
    public async Task EraseDueAsync(CancellationToken cancellation)
    {
        var first = CallBackCalendar.DateOf(settings.Moment.Now).AddDays(-retention.CurrentValue.SeenPersonDays);
        var erased = 0;
        await foreach (var row in RowsAsync(["PartitionKey", "RowKey", "LastSeen"], cancellation))
        {
            // Whose day can't be read would otherwise stay for ever; who is here still is noted again tomorrow.
            if (DamagedRow.TryRead(row, one => (object)SeenPerson.DayOf(one), out var day) && (DateOnly)day >= first) continue;
            await tables.Desk.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            erased++;
        }

        if (erased > 0) log.LogInformation("{Erased} people who had not signed in for long were erased", erased);
    }

    /// <summary>Seals again what an earlier key still seals, so that it can be taken away.</summary>
    public async Task RenewSealsAsync(CancellationToken cancellation)
    {
        var active = keyring.ActiveId;
        await foreach (var row in RowsAsync(select: null, cancellation))
        {
            if (row.Value<string>("KeyId") == active) continue;
            var renewed = DamagedRow.Named(tables.Desk, row, one => SeenPerson.Read(one, sealer)).ToEntity(Partition, sealer, active);
            try
            {
                await tables.Desk.UpdateEntityAsync(renewed, row.ETag, TableUpdateMode.Replace, cancellation);
            }
            catch (RequestFailedException changed) when (changed.Status is 404 or 412)
            {
                // Whoever signed in meanwhile has sealed it anew.
            }
        }
    }

    // Who calls for a team, and who is set as a team's supervisor or deputy: nobody else's name is ever shown.
    private bool IsOfUse(Person person, Membership membership) =>
        (membership.CallBackTeams.Count > 0 && (person.Roles.Contains(Role.Caller) || person.Roles.Contains(Role.Supervisor)))
        || (person.Roles.Contains(Role.Supervisor)
            && PeopleReach.TeamsOf(settings.Options).Any(team => membership.Supervises(team.Name)));

    private static bool IsSame(SeenPerson one, SeenPerson other) =>
        (one.Name, one.LastSeen) == (other.Name, other.LastSeen) && one.CallBackTeams.SequenceEqual(other.CallBackTeams);

    private AsyncPageable<TableEntity> RowsAsync(IEnumerable<string>? select, CancellationToken cancellation) =>
        tables.Desk.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), null, select, cancellation);
}

using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Audit;
using Vcas.Domain.Households;
using Vcas.Domain.Reporting;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Households;

/// <summary>
/// How a household is in its table: one partition a household, so that its state, its outbox and its trail change together or not
/// at all. Row <c>offer</c> holds the state and, sealed, the people; rows <c>event-000001</c>… hold the trail.
/// </summary>
internal static class HouseholdRow
{
    /// <summary>Where the offer's revision stands, beside what has to be opened.</summary>
    internal const string RevisionColumn = "Revision";

    private const string PersonalDataColumn = "Persons";

    private static readonly Dictionary<string, Type> EventTypes = typeof(HouseholdEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(HouseholdEvent)))
        .ToDictionary(type => Camel(type.Name), StringComparer.Ordinal);

    private static readonly Dictionary<Type, string> EventNames = EventTypes.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string PartitionOf(Guid id) => id.ToString("D");

    public static TableEntity Of(Household household, DataKey? key, string requestHash, string chainHead, DateTimeOffset changedAt) =>
        household.Erasure is not null || key is null
            // Removing the data key also makes old copies of the row unreadable.
            ? new TableEntity(PartitionOf(household.Id), VcasTables.OfferRow)
            {
                ["State"] = JsonSerializer.Serialize(PersonalData.RemovedFrom(household), Json.Stored),
                ["Chain"] = chainHead,
                [RevisionColumn] = household.Revision,
                ["ChangedAt"] = changedAt,
            }
            : new TableEntity(PartitionOf(household.Id), VcasTables.OfferRow)
            {
                ["State"] = JsonSerializer.Serialize(PersonalData.RemovedFrom(household), Json.Stored),
                [PersonalDataColumn] = Sealer.Seal(
                key, household.Id, PersonalDataColumn, JsonSerializer.SerializeToUtf8Bytes(PersonalData.Of(household), Json.Stored)),
                ["DataKey"] = key.Wrapped,
                ["KeyId"] = key.KeyId,
                ["RequestHash"] = requestHash,
                ["Chain"] = chainHead,
                [RevisionColumn] = household.Revision,
                ["ChangedAt"] = changedAt,
            };

    public static StoredHousehold Read(TableEntity entity, Sealer sealer)
    {
        var household = JsonSerializer.Deserialize<Household>(entity.GetString("State"), Json.Stored)!;
        // Version 0.1.0 wrote neither.
        var (chainHead, changedAt) = (
            entity.GetString("Chain") ?? "", entity.GetDateTimeOffset("ChangedAt") ?? entity.Timestamp ?? DateTimeOffset.MinValue);
        if (household.Erasure is not null) return new StoredHousehold(household, null, "", chainHead, changedAt, entity.ETag);
        var key = sealer.OpenKey(household.Id, entity.GetString("KeyId"), entity.GetBinary("DataKey"));
        var personalData = JsonSerializer.Deserialize<PersonalData>(
            Sealer.Open(key, household.Id, PersonalDataColumn, entity.GetBinary(PersonalDataColumn)), Json.Stored)!;
        return new StoredHousehold(
            personalData.AddedTo(household), key, entity.GetString("RequestHash"), chainHead, changedAt, entity.ETag);
    }

    /// <summary>The entries that a transition adds to the trail, chained to the one before them.</summary>
    public static IReadOnlyList<AuditRow> EventsOf(Transition transition, Actor actor, DateTimeOffset at, AuditChain chain, string head)
    {
        var rows = new List<AuditRow>();
        foreach (var happened in transition.Events)
        {
            var number = transition.Household.Revision - transition.Events.Count + rows.Count + 1;
            var row = AuditRow.Of(
                PartitionOf(transition.Household.Id), AuditRow.Events, number, at, actor, KindOf(happened), EventNames[happened.GetType()]);
            var isDisclosure = row.Kind == AuditKind.Disclosure;
            rows.Add(chain.After(rows.Count > 0 ? rows[^1].Hash : head, row with
            {
                // VCAS is another controller, so the lawful basis is stored with what VCAS was told.
                To = isDisclosure ? Actor.Vcas.Role : null,
                Why = happened is HouseholdErased erased ? Word.Of(erased.Reason)
                    : isDisclosure ? LawNote.GroundOf(transition.Household) : null,
                Data = JsonSerializer.Serialize(PersonalData.RemovedFrom(happened), happened.GetType(), Json.Stored),
            }));
        }

        return rows;
    }

    public static bool IsEvent(TableEntity entity) => AuditRow.IsOne(entity, AuditRow.Events);

    public static TrailEntry ReadTrail(TableEntity entity) => new(
        NumberOf(entity),
        entity.GetDateTimeOffset("At")!.Value,
        entity.GetString("By"),
        entity.GetString("Event"),
        JsonSerializer.Deserialize<JsonElement>(entity.GetString("Data")));

    public static RecordedEvent ReadEvent(TableEntity entity) => new(
        entity.GetDateTimeOffset("At")!.Value,
        (HouseholdEvent)JsonSerializer.Deserialize(entity.GetString("Data"), EventTypes[entity.GetString("Event")], Json.Stored)!);

    /// <summary>What tells one request from another: the same fields with the same values, however they were written.</summary>
    public static string HashOf<T>(T request) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Stored)));

    private static AuditKind KindOf(HouseholdEvent happened) => happened switch
    {
        OfferRecorded => AuditKind.Collection,
        ReferralSent or WithdrawalSent => AuditKind.Disclosure,
        HouseholdErased => AuditKind.Erasure,
        _ => AuditKind.Alteration,
    };

    private static int NumberOf(TableEntity entity) => int.Parse(entity.RowKey.AsSpan(AuditRow.Events.Length));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>A household as it was read, with what a change needs.</summary>
/// <param name="Household">The household.</param>
/// <param name="Key">The household's data key; null once it is erased.</param>
/// <param name="RequestHash">Of the request that recorded it, keyed.</param>
/// <param name="Chain">The hash of the trail's last entry.</param>
/// <param name="ChangedAt">When the last entry was written, UTC.</param>
/// <param name="ETag">Of the version that was read.</param>
public sealed record StoredHousehold(
    Household Household, DataKey? Key, string RequestHash, string Chain, DateTimeOffset ChangedAt, ETag ETag)
{
    /// <summary>Whether the request of this hash recorded it.</summary>
    public bool WasRecordedBy(string requestHash) => Key is not null && RequestHash == Key.Hash(requestHash);
}

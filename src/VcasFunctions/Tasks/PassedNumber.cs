using Azure.Data.Tables;
using Vcas.Domain;
using Vcas.Domain.Teams;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.Tasks;

/// <summary>A number that somebody passed on to the call-back team. Personal data: its number is stored sealed.</summary>
public sealed record PassedNumber
{
    private const string PhoneColumn = "Phone";

    /// <summary>Made by the client, so that a retry passes nothing on twice.</summary>
    public required Guid Id { get; init; }

    /// <summary>The number, as E.164.</summary>
    public required string Phone { get; init; }

    /// <summary>What was said.</summary>
    public required SaidAtDesk Said { get; init; }

    /// <summary>Whether they said that it is safe to call them at this number; null where nobody asked.</summary>
    public bool? SafeToCall { get; init; }

    /// <summary>Who passed it on: a directory id.</summary>
    public required string By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The team whose household it probably is, or that passed it on.</summary>
    public required string Team { get; init; }

    /// <summary>The team that sees to it.</summary>
    public required string CallBackTeam { get; init; }

    /// <summary>When the call-back team was told of it, UTC; null while nobody could be.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When somebody said what became of it, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What became of it.</summary>
    public PassedNumberOutcome? Outcome { get; init; }

    /// <summary>Whether it was passed on in the same words by the same person.</summary>
    public bool IsSameAs(PassedNumber other) =>
        (Phone, Said, SafeToCall, By) == (other.Phone, other.Said, other.SafeToCall, other.By);

    /// <summary>Says nothing of the number, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(PassedNumber);

    internal TableEntity ToEntity(string partition, Sealer sealer, string keyId) => new(partition, Id.ToString("D"))
    {
        [PhoneColumn] = sealer.SealListed(Id, PhoneColumn, Phone),
        // By this it is seen which rows still need a key.
        ["KeyId"] = keyId,
        ["Said"] = Word.Of(Said),
        ["SafeToCall"] = SafeToCall,
        ["By"] = By,
        ["At"] = At,
        ["Team"] = Team,
        ["CallBackTeam"] = CallBackTeam,
        ["ToldAt"] = ToldAt,
        ["ClosedAt"] = ClosedAt,
        ["Outcome"] = Outcome is { } outcome ? Word.Of(outcome) : null,
    };

    internal static PassedNumber Read(TableClient table, TableEntity entity, Sealer sealer) => DamagedRow.Named(table, entity, row =>
    {
        var id = Guid.Parse(row.RowKey);
        return new PassedNumber
        {
            Id = id,
            Phone = sealer.OpenListed(id, PhoneColumn, row.GetString(PhoneColumn)),
            Said = WordOf<SaidAtDesk>(row.GetString("Said")),
            SafeToCall = row.GetBoolean("SafeToCall"),
            By = row.GetString("By"),
            At = row.GetDateTimeOffset("At")!.Value,
            Team = row.GetString("Team"),
            CallBackTeam = row.GetString("CallBackTeam"),
            ToldAt = row.GetDateTimeOffset("ToldAt"),
            ClosedAt = row.GetDateTimeOffset("ClosedAt"),
            Outcome = row.GetString("Outcome") is { } outcome ? WordOf<PassedNumberOutcome>(outcome) : null,
        };
    });

    private static T WordOf<T>(string? text) where T : struct, Enum =>
        Word.TryRead<T>(text, out var value) ? value : throw new FormatException($"No {typeof(T).Name} has this word.");
}

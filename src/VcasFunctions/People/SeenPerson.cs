using System.Globalization;
using Azure.Data.Tables;
using VcasFunctions.Sealing;
using VcasFunctions.Tables;

namespace VcasFunctions.People;

/// <summary>Somebody who has signed in. Personal data: the name is stored sealed.</summary>
public sealed record SeenPerson
{
    private const string NameColumn = "Name";

    /// <summary>The directory's object id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name that their token gave.</summary>
    public required string Name { get; init; }

    /// <summary>The call-back teams that were theirs.</summary>
    public required IReadOnlyList<string> CallBackTeams { get; init; }

    /// <summary>The last day on which they were seen, London.</summary>
    public required DateOnly LastSeen { get; init; }

    /// <summary>The id as it is compared everywhere.</summary>
    public string IdText => Id.ToString("D");

    /// <summary>Says nothing of who it is, so that no log, trace or exception can.</summary>
    public override string ToString() => nameof(SeenPerson);

    internal static DateOnly DayOf(TableEntity row) =>
        DateOnly.ParseExact(row.GetString("LastSeen") ?? "", "O", CultureInfo.InvariantCulture);

    internal TableEntity ToEntity(string partition, Sealer sealer, string keyId) => new(partition, IdText)
    {
        [NameColumn] = sealer.SealListed(Id, NameColumn, Name),
        // By this it is seen which rows still need a key.
        ["KeyId"] = keyId,
        ["CallBackTeams"] = WordList.Write(CallBackTeams),
        ["LastSeen"] = LastSeen.ToString("O", CultureInfo.InvariantCulture),
    };

    internal static SeenPerson Read(TableEntity row, Sealer sealer)
    {
        var id = Guid.ParseExact(row.RowKey, "D");
        return new SeenPerson
        {
            Id = id,
            Name = sealer.OpenListed(id, NameColumn, row.GetString(NameColumn)),
            CallBackTeams = WordList.Read(row.GetString("CallBackTeams")),
            LastSeen = DayOf(row),
        };
    }
}

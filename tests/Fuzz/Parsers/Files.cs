using CsCheck;
using VcasFunctions.Reporting;

namespace Fuzz.Parsers;

/// <summary>Files that people upload.</summary>
internal static class Files
{
    private static readonly byte[][] Histories =
    [
        "reference,offeredAt,team,answer,callBack,calledAt\r\nR1,2022-03-04,north,declined,accepted,2022-03-25\r\n\"R,2\",2022-03-04T10:00:00Z,,accepted,,\r\n"u8.ToArray(),
        "answer,offeredAt,reference\nnot asked,2023-03-26,R3\n"u8.ToArray(),
        "reference,offeredAt,answer\nR1,2022-03-04,declined\nR1,2022-03-04,declined\n"u8.ToArray(),
    ];

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of(
            "history-csv",
            Mutations.Bytes(Histories, [.. ", \" \"\" \r \n ; declined, reference, ,,,, offeredAt".Split(' ').Select(System.Text.Encoding.UTF8.GetBytes)]),
            file => Requests.Refused(() => HistoryFile.ReadAsync(new MemoryStream(file), Given.Settings, Given.Sealer, CancellationToken.None).GetAwaiter().GetResult())),
    ];
}

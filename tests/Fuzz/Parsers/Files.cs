using CsCheck;
using VcasFunctions.Reporting;

namespace Fuzz.Parsers;

/// <summary>Files that people upload.</summary>
internal static class Files
{
    private static readonly byte[][] Histories =
    [
        [
            .. "reference,offeredAt,team,answer,callBack,calledAt\r\n"u8,
            .. "R1,2022-03-04,north,declined,accepted,2022-03-25\r\n\"R,2\",2022-03-04T10:00:00Z,,accepted,,\r\n"u8,
        ],
        "answer,offeredAt,reference\nnotAsked,2023-03-26 01:30,R3\n"u8.ToArray(),
        "sep=;\r\nreference;offeredAt;answer;;\r\n0019;04/03/2022 6:15;declined;;\r\n19;4-Mar-2022;accepted;x;\r\n"u8.ToArray(),
        [
            .. System.Text.Encoding.Unicode.Preamble,
            .. System.Text.Encoding.Unicode.GetBytes("reference\tofferedAt\tanswer\rR1\t2022-03-04\tdeclined\r"),
        ],
        "reference,offeredAt,answer\nR1,2022-03-04,declined\nR1,2022-03-04,declined\n"u8.ToArray(),
    ];

    public static readonly IReadOnlyList<Parser> Parsers =
    [
        Parser.Of(
            "history-csv",
            Mutations.Bytes(Histories, [.. ", \" \"\" \r \n ; declined, reference, ,,,, offeredAt sep=; 29/02/2023 1.2E+9".Split(' ')
                .Select(System.Text.Encoding.UTF8.GetBytes)]),
            file => Requests.Refused(() =>
                HistoryFile.ReadAsync(new MemoryStream(file), Given.Settings, Given.Sealer, CancellationToken.None)
                    .GetAwaiter().GetResult())),
    ];
}

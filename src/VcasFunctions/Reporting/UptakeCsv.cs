using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http;
using Vcas.Domain;
using Vcas.Domain.Reporting;
using VcasFunctions.Http;

namespace VcasFunctions.Reporting;

/// <summary>The report as a file, RFC 4180.</summary>
internal static class UptakeCsv
{
    /// <summary>
    /// As it may be published: <c>few</c> or <c>withheld</c> replaces what is not published; the last line is the total.
    /// </summary>
    public static IResult Of(PublishedTable table) => Write(csv =>
    {
        csv.WriteField("group");
        foreach (var column in Publication.Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach (var line in table.Lines.Append(table.Total))
        {
            csv.WriteField(line.Group);
            foreach (var column in Publication.Columns)
            {
                csv.WriteField(line.Hidden.TryGetValue(column, out var hiding) ? Word.Of(hiding)
                    : line.Figures.TryGetValue(column, out var figure) ? figure.ToString(CultureInfo.InvariantCulture) : "");
            }

            csv.NextRecord();
        }
    });

    /// <summary>All figures, with no small number hidden.</summary>
    public static IResult Of(IReadOnlyList<UptakeLine> lines) => Write(csv =>
    {
        csv.Context.RegisterClassMap<UptakeLineMap>();
        csv.WriteRecords(lines);
    });

    private static IResult Write(Action<CsvWriter> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            NewLine = "\r\n",
            // A team's name that begins like a formula must not become one in a spreadsheet.
            InjectionOptions = InjectionOptions.Escape,
            PrepareHeaderForMatch = header => header.Header,
        }))
        {
            write(csv);
        }

        return ApiResults.Text(text.ToString(), "text/csv; charset=utf-8");
    }

    private sealed class UptakeLineMap : ClassMap<UptakeLine>
    {
        public UptakeLineMap()
        {
            AutoMap(CultureInfo.InvariantCulture);
            foreach (var member in MemberMaps) member.Name(Word.Camel(member.Data.Member!.Name));
        }
    }
}

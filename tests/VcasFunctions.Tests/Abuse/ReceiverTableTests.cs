using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VcasFunctions.Tests.Contracts;
using VcasReceiver;

namespace VcasFunctions.Tests.Abuse;

/// <summary>What the force typed into any field of a referral is a text in the table that VCAS opens, and never calculated.</summary>
public sealed class ReceiverTableTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-24T10:42:08Z", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vcas-table-");

    [Theory]
    [InlineData("+447700900868", "07700 900868")]
    [InlineData("+441632960042", "01632 960042")]
    [InlineData("+33123456789", "00 33123456789")]
    public void A_number_stands_in_the_table_as_it_is_dialled_and_the_reference_as_the_force_says_it(string phone, string dialled)
    {
        var id = Guid.NewGuid();
        var message = Contract.Example("referral.made.v1", id);
        message["data"]!["contact"]!["phone"] = phone;
        // A sender may begin its text with the mark of UTF-8.
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(message.ToJsonString())];
        var read = ReferralContract.Load().Read(new Incoming(body, "application/cloudevents+json", null)).Message!;
        using var store = ReferralStore.Open(Path.Combine(folder.FullName, "vcas.db"));
        store.Take(read, Now, []);
        var table = Encoding.UTF8.GetString(CsvExport.Write(store.All(Now)));
        Assert.Contains($",{dialled},", table, StringComparison.Ordinal);
        Assert.DoesNotContain(",'", table, StringComparison.Ordinal);
        Assert.Contains($"{Vcas.Domain.Households.Household.ReferenceOf(id)},{id}", table, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Spreadsheet.Formulas), MemberType = typeof(Spreadsheet))]
    public async Task A_formula_in_any_field_of_a_referral_is_none_in_VCASs_table(string formula)
    {
        var read = ReferralContract.Load()
            .Read(new Incoming(
                Encoding.UTF8.GetBytes(Contract.ExampleText("referral.made.v1")), "application/cloudevents+json", null)).Message!;
        var data = JsonNode.Parse(read.Data)!;
        string[] fields = ["name", "phone", "codeWord", "whoElseMayAnswer", "interpreterLanguage", "accessibilityNeeds"];
        foreach (var field in fields) data["contact"]![field] = formula;
        data["crimeReference"] = formula;
        data["referredBy"]!["team"] = formula;

        using var store = ReferralStore.Open(Path.Combine(folder.FullName, "vcas.db"));
        store.Take(read with { Data = data.ToJsonString() }, Now, []);
        var table = Encoding.UTF8.GetString(CsvExport.Write(store.All(Now)));

        var cells = await Spreadsheet.MustRunNothingAsync(table);
        Assert.Equal(fields.Length + 2, cells.Count(cell => cell == $"'{formula}"));
    }
}

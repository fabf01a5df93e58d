using VcasFunctions.Audit;
using VcasFunctions.Retention;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Documents;

/// <summary>The table of what is kept is about the tables and periods that there are.</summary>
public sealed class RetentionTableTests
{
    private static readonly IReadOnlyList<string> Rows = ReadRows();

    [Fact]
    public void Every_period_stands_in_it_with_its_default()
    {
        var defaults = new RetentionOptions();
        foreach (var period in typeof(RetentionOptions).GetProperties().Where(property => property.PropertyType != typeof(string)))
        {
            var said = period.GetValue(defaults) is int days ? $"`{period.Name}` ({days})" : $"`{period.Name}` (as `ClosedDays`)";
            Assert.True(Rows.Count(row => row.Contains(said, StringComparison.Ordinal)) == 1, $"{said} must stand in one row.");
        }
    }

    [Fact]
    public void Every_kind_of_household_has_a_row_of_its_own_whose_period_is_the_one_that_the_night_goes_by()
    {
        foreach (var kind in Enum.GetValues<RetentionClass>())
        {
            // With a period of its own alone, whatever the others are.
            var options = new RetentionOptions
            {
                ErrorDays = 1,
                ClosedDays = 2,
                ReferredDays = 3,
                DeclinedDays = 4,
                NotReachedDays = 5,
                DoNotContactDays = 6,
                DiedDays = 7,
                WithdrawnDays = 8,
            };
            var setting = typeof(RetentionOptions).GetProperties()
                .Single(property => property.Name.EndsWith("Days", StringComparison.Ordinal)
                    && property.GetValue(options) is int days && days == options.Days(kind)).Name;
            Assert.Equal($"{kind}Days", setting);
            Assert.Single(Rows, row => row.Contains($"`{setting}` (", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_table_stands_in_it_and_no_row_is_without_a_why_and_an_end()
    {
        var tables = new VcasTables(new Azure.Data.Tables.TableServiceClient(
            new Uri("https://example.org"), new Azure.Data.Tables.TableSharedKeyCredential("example", "AAAA")));
        foreach (var table in tables.InBackupOrder)
            Assert.Contains(Rows, row => row.Split('|')[3].Contains($"`{table.Name}`", StringComparison.Ordinal));
        Assert.All(Rows, row => Assert.All(row.Split('|')[1..^1], cell => Assert.False(string.IsNullOrWhiteSpace(cell), row)));
    }

    private static List<string> ReadRows()
    {
        var page = File.ReadAllText(Path.Combine(Golden.Root, "docs/data-protection.md"));
        var section = page.Split("## What is kept, why, how long, and what ends it")[1].Split("\n## ")[0];
        return [.. section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
    }
}

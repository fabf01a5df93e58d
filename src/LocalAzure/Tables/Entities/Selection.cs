using System.Text;

namespace LocalAzure.Tables.Entities;

/// <summary>The properties that a caller asked for; all of them when it named none.</summary>
internal sealed class Selection
{
    public static readonly Selection All = new(names: null);

    private readonly byte[][]? names;

    private Selection(byte[][]? names) => this.names = names;

    /// <summary>The genuine client joins the names with commas, so one text may name several.</summary>
    public static Selection Of(IEnumerable<string>? select)
    {
        if (select is null) return All;
        var wanted = string.Join(',', select).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return wanted.Length == 0 || wanted.Contains("*", StringComparer.Ordinal)
            ? All
            : new Selection([.. wanted.Select(Encoding.UTF8.GetBytes)]);
    }

    public bool Has(ReadOnlySpan<byte> name)
    {
        if (names is null) return true;
        foreach (var known in names)
        {
            if (name.SequenceEqual(known)) return true;
        }

        return false;
    }
}

namespace VcasFunctions.Tables;

/// <summary>Several words, days or ids in one column: the tables have no columns of many values. None of them holds a blank.</summary>
internal static class WordList
{
    /// <summary>As they are in the column.</summary>
    public static string Write(IEnumerable<string> words) => string.Join(' ', words);

    /// <summary>As they were written; none if there is no column.</summary>
    public static IReadOnlyList<string> Read(string? column) =>
        (column ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

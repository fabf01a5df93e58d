using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Vcas.Domain.Tests.Architecture;

/// <summary>
/// The domain's folders stand on floors, and each knows lower ones alone: what a household is, is read without what can be done to it.
/// </summary>
public sealed partial class FloorTests
{
    private const int Patience = 1000;

    // From the ground up. What stands on one floor doesn't know its neighbours.
    private static readonly string[][] Floors =
    [
        ["Audit", "Calendar", "Teams"],
        ["Households"],
        ["Referrals", "Reporting"],
        ["Offers"],
        ["CallBacks"],
    ];

    private static readonly Dictionary<string, int> FloorOf =
        Floors.SelectMany((folders, floor) => folders.Select(folder => (folder, floor))).ToDictionary(at => at.folder, at => at.floor);

    private static readonly HashSet<string> Types =
        [.. typeof(IRule).Assembly.GetTypes().Where(type => !type.IsNested).Select(type => $"{type.Namespace}.{type.Name}")];

    [Fact]
    public void Each_folder_stands_on_a_floor() => Assert.Equal(Folders().Select(Path.GetFileName).Order(), FloorOf.Keys.Order());

    [Fact]
    public void No_line_names_a_folder_that_does_not_stand_lower()
    {
        var wrong =
            from folder in Folders()
            let own = Path.GetFileName(folder)
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            from known in Known(line.Text)
            where known != own && FloorOf[known] >= FloorOf[own]
            select $"{own}/{Path.GetFileName(file)}:{line.Number} names {known}, which stands no lower.";
        Assert.Empty(wrong);
    }

    [Fact]
    public void What_all_folders_share_knows_none_of_them() => Assert.Empty(
        from file in Directory.EnumerateFiles(Domain(), "*.cs")
        from line in File.ReadLines(file)
        from known in Known(line)
        select $"{Path.GetFileName(file)} names {known}.");

    [Theory]
    [InlineData("using Vcas.Domain.Offers;", "Offers")]
    [InlineData("    public Households.LawfulBasis Basis { get; init; }", "Households")]
    [InlineData("/// <see cref=\"Reporting.Recount\"/>", null)]
    [InlineData("    Offers.Add(1);", null)]
    public void A_line_s_folder_is_found_however_it_is_named(string line, string? folder) =>
        Assert.Equal(folder is null ? [] : [folder], Known(line).Distinct());

    private static string Domain([CallerFilePath] string test = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "..", "src", "Vcas.Domain"));

    private static IEnumerable<string> Folders() => Directory.EnumerateDirectories(Domain())
        .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"));

    private static IEnumerable<string> Known(string line)
    {
        if (line.TrimStart().StartsWith("//", StringComparison.Ordinal)) yield break;
        foreach (Match full in FullName().Matches(line))
        {
            if (FloorOf.ContainsKey(full.Groups["folder"].Value)) yield return full.Groups["folder"].Value;
        }

        foreach (Match half in HalfName().Matches(line))
        {
            var (folder, type) = (half.Groups["folder"].Value, half.Groups["type"].Value);
            if (FloorOf.ContainsKey(folder) && Types.Contains($"Vcas.Domain.{folder}.{type}")) yield return folder;
        }
    }

    [GeneratedRegex(@"(?<!namespace )\bVcas\.Domain\.(?<folder>\w+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])(?<folder>\w+)\.(?<type>\w+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex HalfName();
}

using System.Text.RegularExpressions;

namespace VcasFunctions.Tests.Architecture;

/// <summary>
/// The app's folders stand on floors, and each knows lower ones alone: whoever reads a folder need not read what stands above it.
/// </summary>
public sealed partial class FloorTests
{
    private const int Patience = 1000;

    // From the ground up. What stands on one floor doesn't know its neighbours.
    private static readonly string[][] Floors =
    [
        ["WriteOnceStorage", "Problems", "Settings", "Tables", "Telemetry"],
        ["Access", "Http", "Sealing"],
        ["Audit"],
        ["Backup", "Households"],
        ["Notifications", "Offers", "Reporting"],
        ["CallBacks", "Dangers", "People", "Referrals", "Retention", "Sweep", "Tasks"],
        ["Health", "Limits", "Nightly", "Timekeeping"],
        ["Description"],
        ["Console"],
    ];

    private static readonly string App = Path.Combine(Golden.Root, "src", "VcasFunctions");

    private static readonly Dictionary<string, int> FloorOf =
        Floors.SelectMany((folders, floor) => folders.Select(folder => (folder, floor))).ToDictionary(at => at.folder, at => at.floor);

    // A name with its folder before it needs no using.
    private static readonly HashSet<string> Types =
        [.. typeof(VcasApplication).Assembly.GetTypes().Where(type => !type.IsNested).Select(type => $"{type.Namespace}.{type.Name}")];

    [Fact]
    public void Each_folder_stands_on_a_floor() => Assert.Equal(Folders().Order(), FloorOf.Keys.Order());

    [Fact]
    public void No_line_names_a_folder_that_does_not_stand_lower()
    {
        var wrong = (
            from folder in Folders()
            from file in Directory.EnumerateFiles(Path.Combine(App, folder), "*.cs", SearchOption.AllDirectories)
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            from known in Known(line.Text)
            where known != folder && FloorOf[known] >= FloorOf[folder]
            select $"{Path.GetRelativePath(Golden.Root, file)}:{line.Number} names {known}, which stands no lower than {folder}.").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("using VcasFunctions.Offers;", "Offers")]
    [InlineData("using static VcasFunctions.Access.Role;", "Access")]
    [InlineData("using Mine = VcasFunctions.Console.ConsoleFile;", "Console")]
    [InlineData("    return new Sweep.HouseholdRepair(store);", "Sweep")]
    [InlineData("using Vcas.Domain.Offers;", null)]
    [InlineData("    Offers.Add(1);", null)]
    public void A_line_s_folder_is_found_however_it_is_named(string line, string? folder) =>
        Assert.Equal(folder is null ? [] : [folder], Known(line).Distinct());

    private static IEnumerable<string> Folders() => Directory.EnumerateDirectories(App)
        .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any())
        .Select(folder => Path.GetFileName(folder));

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
            if (FloorOf.ContainsKey(folder) && Types.Contains($"VcasFunctions.{folder}.{type}")) yield return folder;
        }
    }

    [GeneratedRegex(@"\bVcasFunctions\.(?<folder>\w+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])(?<folder>\w+)\.(?<type>\w+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex HalfName();
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace VcasFunctions.ConsoleTests;

/// <summary>The modules of the pages that need no browser, each by its own tests: <c>node --test tests/Console.Tests/unit</c>.</summary>
[Trait("Needs", "Node")]
public sealed partial class UnitTests
{
    [Fact]
    public async Task The_modules_that_need_no_browser_pass_their_own_tests()
    {
        var files = Directory.GetFiles(Sources.Path("tests/Console.Tests/unit"), "*.test.mjs");
        var cancellation = TestContext.Current.CancellationToken;
        using var node = Process.Start(new ProcessStartInfo("node", ["--test", "--test-reporter=tap", .. files])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (said, complained) = (node.StandardOutput.ReadToEndAsync(cancellation), node.StandardError.ReadToEndAsync(cancellation));
        await node.WaitForExitAsync(cancellation);
        Assert.True(node.ExitCode == 0, $"{await said}\n{await complained}");
        Assert.True(int.Parse(Passed().Match(await said).Groups["count"].Value, CultureInfo.InvariantCulture) >= 60, await said);
    }

    [GeneratedRegex("^# pass (?<count>[0-9]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Passed();
}

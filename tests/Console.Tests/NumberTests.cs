using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VcasFunctions.ConsoleTests;

/// <summary>The pages' side of the one rule for phone numbers: the same table of examples as the service's, run by Node.</summary>
[Trait("Needs", "Node")]
public sealed class NumberTests
{
    [Fact]
    public async Task The_pages_read_and_refuse_the_same_numbers_for_the_same_reasons_as_the_service()
    {
        var examples = JsonNode.Parse(await File.ReadAllTextAsync(Sources.Path("tests/Shared/phone-numbers.json"), Cancellation))!
            .AsArray();
        var read = await RunAsync("examples.map(({ written }) => readNumber(written))", examples);
        Assert.Equal(examples.Count, read.Count);
        Assert.All(examples.Zip(read), pair =>
        {
            var (example, found) = (pair.First!, pair.Second!);
            // What costs extra abroad the service alone can know.
            if ((bool?)example["serviceAlone"] == true) return;
            Assert.Equal(
                $"{example["written"]}: {(string?)example["e164"] ?? (string?)example["fault"]}",
                $"{example["written"]}: {(string?)found["e164"] ?? (string?)found["fault"]}");
        });
        Assert.All(
            read.Select(one => (string?)one!["fault"]).OfType<string>().Distinct(),
            fault => Assert.NotEmpty(Sources.Text($"fields.phone.{fault}")));
    }

    [Fact]
    public async Task A_number_is_read_back_in_groups_that_can_be_spoken()
    {
        string[] numbers =
        [
            "+447700900123", "+442079460958", "+441214960123", "+441134960123", "+441632960001", "+44120412345", "+443069990123",
            "+448081570123", "+33123456789", "+353851234567",
        ];
        var spoken = await RunAsync("examples.map(inGroups)", new JsonArray([.. numbers.Select(number => (JsonNode)number)]));
        Assert.Equal(
            [
                "07700 900 123", "020 7946 0958", "0121 496 0123", "0113 496 0123", "01632 960 001", "01204 12345", "0306 999 0123",
                "0808 157 0123", "+33 123 456 789", "+353 851 234 567",
            ],
            spoken.Select(one => (string)one!));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<JsonArray> RunAsync(string expression, JsonArray examples)
    {
        var module = new Uri(Sources.Path("src/VcasFunctions/Console/web/numbers.js")).AbsoluteUri;
        var script = $$"""
            const { inGroups, readNumber } = await import({{JsonSerializer.Serialize(module)}});
            let text = '';
            for await (const piece of process.stdin.setEncoding('utf8')) text += piece;
            const examples = JSON.parse(text);
            console.log(JSON.stringify({{expression}}));
            """;
        var start = new ProcessStartInfo(
            "node", ["--no-warnings", "--experimental-default-type=module", "--input-type=module", "--eval", script])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var (output, messages) = (node.StandardOutput.ReadToEndAsync(Cancellation), node.StandardError.ReadToEndAsync(Cancellation));
        await node.StandardInput.WriteAsync(examples.ToJsonString());
        node.StandardInput.Close();
        await node.WaitForExitAsync(Cancellation);
        Assert.True(node.ExitCode == 0, await messages);
        return JsonNode.Parse(await output)!.AsArray();
    }
}

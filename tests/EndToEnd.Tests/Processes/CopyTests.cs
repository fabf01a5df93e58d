using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shared;

namespace EndToEnd.Tests.Processes;

/// <summary>The real app as a process: a copy that is taken while it works opens, and what stops its start is told in a sentence.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), "vcas-copies", Path.GetRandomFileName());

    public CopyTests() => Directory.CreateDirectory(Data);

    private string Data => Path.Combine(root, "data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Copies_that_are_taken_by_the_command_while_offers_come_in_are_started_from()
    {
        var recorded = new List<Guid>();
        using var enough = new CancellationTokenSource();
        var copies = new List<(string Folder, int Known)>();
        await using (var app = await AppProcess.StartAsync(Data, FreePorts.Next(), FreePorts.Next(), Cancellation))
        {
            var recording = Task.Run(
                async () =>
                {
                    while (!enough.IsCancellationRequested)
                    {
                        var id = Guid.NewGuid();
                        await RecordAsync(app, id);
                        lock (recorded) recorded.Add(id);
                    }
                },
                Cancellation);
            for (var copy = 0; copy < 3; copy++)
            {
                await Eventually.HoldsAsync(
                    () => Task.FromResult(Known() > (copy + 1) * 5 || recording.IsFaulted), "offers to come in", Cancellation);
                var (folder, known) = (Path.Combine(root, $"copy-{copy}"), Known());
                var (exit, output, errors) = await RunAsync($"--LocalAzure:Data={Data}", "--copy", folder);
                Assert.True(exit == 0, errors);
                Assert.Contains($"Copied to {folder}: local.db, ", output, StringComparison.Ordinal);
                copies.Add((folder, known));
            }

            await enough.CancelAsync();
            await recording;
        }

        foreach (var (folder, known) in copies)
        {
            await using var again = await AppProcess.StartAsync(folder, FreePorts.Next(), FreePorts.Next(), Cancellation);
            foreach (var id in recorded.Take(known))
            {
                using var answer = await again.Http.GetAsync(new Uri($"api/offers/{id}?reason=ownRecord", UriKind.Relative), Cancellation);
                Assert.Contains("+447700900123", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
            }
        }

        int Known()
        {
            lock (recorded) return recorded.Count;
        }
    }

    [Theory]
    [InlineData("damaged", "local.db' is damaged: ")]
    [InlineData("another vault", "Vcas:Sealing:HashKey is not the key that this data was written with.")]
    [InlineData("no key at rest", "The key 'at-rest' in ")]
    public async Task What_stops_its_start_is_told_in_a_sentence(string what, string sentence)
    {
        await using (var app = await AppProcess.StartAsync(Data, FreePorts.Next(), FreePorts.Next(), Cancellation))
            await RecordAsync(app, Guid.NewGuid());
        if (what == "damaged")
        {
            // What was written last would make it whole again.
            foreach (var latest in Directory.GetFiles(Data, "local.db-*")) File.Delete(latest);
            await File.WriteAllBytesAsync(Path.Combine(Data, "local.db"), new byte[100_000], Cancellation);
        }
        else
        {
            var vault = Path.Combine(Data, "vault.json");
            var keys = JsonNode.Parse(await File.ReadAllTextAsync(vault, Cancellation))!.AsObject();
            File.Delete(vault);
            if (keys.Remove("at-rest") && what == "no key at rest") await File.WriteAllTextAsync(vault, keys.ToJsonString(), Cancellation);
        }

        var (exit, _, errors) = await RunAsync($"--LocalAzure:Data={Data}", "--LocalAzure:Http:Port=0", "--LocalAzure:ServiceBus:Port=0");
        Assert.Equal(1, exit);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    private static async Task RecordAsync(AppProcess app, Guid id)
    {
        var offer = new { answer = "declined", contact = new { name = "Alex Example", phone = "07700 900123" } };
        using var answer = await app.Http.PutAsJsonAsync(new Uri($"api/offers/{id}", UriKind.Relative), offer, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "VcasLocal.dll"), .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}

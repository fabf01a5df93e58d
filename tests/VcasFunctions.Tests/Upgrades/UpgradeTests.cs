using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Shared;
using VcasFunctions.Http;

namespace VcasFunctions.Tests.Upgrades;

/// <summary>
/// Households that were waiting, due, held and referred when an earlier version stopped. Its whole data folder (rows, lists,
/// histories, timers, a message on the queue; invented people, keys of its own) is kept beside this file, is put in place, and this
/// version lives their weeks to the end. VCAS_WRITE_UPGRADES=1 records the folder of the present version; those of released
/// versions stay as they are.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class UpgradeTests
{
    private const string Version = "0.1.0";

    private static readonly string Folder = Path.Combine(Golden.Root, "tests", "VcasFunctions.Tests", "Upgrades");
    private static readonly DateTimeOffset Stopped = Given.Monday.AddHours(5);
    private static readonly DateTimeOffset Due = new(2024, 4, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Households_that_an_earlier_version_left_waiting_are_called_and_referred(string version)
    {
        Assert.Contains(Version, Directory.GetDirectories(Folder).Select(Path.GetFileName));
        var data = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        DataFolder.Restore(Path.Combine(Folder, version), data);
        try
        {
            await using var app = await RunningApp.StartAsync(new FakeTimeProvider(Stopped), data);
            using var api = new Api(app);
            await using var vcas = new VcasSide(app);
            Assert.Equal(["waiting", "held", "due", "waiting", "referred", "due"], await StatesAsync(api));
            Assert.Equal("Alex Example", (await api.GetAsync($"offers/{Household(1)}"))["contact.name"]);

            // The one not reached comes again after two working days; the one held goes on being held until a person releases it.
            await app.AdvanceToAsync(Given.Monday.AddDays(2).AddMinutes(1), Cancellation);
            Assert.Equal(["waiting", "held", "due", "due", "referred", "due"], await StatesAsync(api));
            await app.AdvanceToAsync(Given.Monday.AddDays(7).AddMinutes(1), Cancellation);
            Assert.Equal("held", await api.StateAsync(Household(2)));
            Assert.Equal("waiting", (await api.SendAsync("DELETE", $"call-backs/{Household(2)}/hold")).Must(200)["state"]);

            // Three weeks, to the minute, though the version changed between.
            await app.AdvanceToAsync(Due.AddMinutes(-1), Cancellation);
            Assert.Equal(["waiting", "waiting"], (await StatesAsync(api))[..2]);
            await app.AdvanceToAsync(Due.AddMinutes(1), Cancellation);
            Assert.Equal(["due", "due"], (await StatesAsync(api))[..2]);

            foreach (var number in new[] { 1, 2, 3, 4, 6 }) (await api.AttemptAsync(Household(number), "accepted")).Must(200);
            // Nobody undoes them.
            await app.AdvanceAsync(TimeSpan.FromSeconds(20), Cancellation);
            var sent = await vcas.TakeAsync();
            // The sixth message is the one that the earlier version had laid on the queue.
            Assert.Equal(
                Enumerable.Range(1, 6).Select(number => $"{Household(number)}/made"), sent.Select(message => message.MessageId).Order());
            foreach (var number in Enumerable.Range(1, 6)) await vcas.AnswerAsync(Household(number), "accepted");
            foreach (var number in Enumerable.Range(1, 6))
                Assert.Equal("accepted", (await api.GetAsync($"offers/{Household(number)}"))["referral.state"]);

            // Nothing was repaired on the way: each kept its own time. What the sweep would find now, it finds in order.
            Assert.Equal(0, (await api.GetAsync("call-backs?state=due")).Json.GetProperty("total").GetInt32());
            var trail = (await api.GetAsync($"offers/{Household(1)}")).Json
                .GetProperty("trail").EnumerateArray().Select(entry => entry.GetProperty("event").GetString());
            Assert.Equal(["offerRecorded", "callBackDue", "attemptRecorded", "offerAccepted", "referralSent", "referralAnswered"], trail);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task The_present_version_leaves_such_a_folder()
    {
        var data = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        try
        {
            await using (var app = await RunningApp.StartAsync(Given.Clock(), data))
            {
                using var api = new Api(app);
                await LeaveAsync(app, api);
                Assert.Equal(["waiting", "held", "due", "waiting", "referred", "due"], await StatesAsync(api));
            }

            var to = Environment.GetEnvironmentVariable("VCAS_WRITE_UPGRADES") == "1"
                ? Path.Combine(Folder, Version)
                : Path.Combine(data, "written");
            DataFolder.Write(data, to);
            Assert.Contains(
                "OfferOrchestration", await File.ReadAllTextAsync(Path.Combine(to, "local.sql"), Cancellation), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task LeaveAsync(RunningApp app, Api api)
    {
        foreach (var (number, answer, daysAgo) in new[]
        {
            (1, "declined", 0), (2, "declined", 0), (3, "declined", 30), (4, "declined", 30), (5, "accepted", 0), (6, "declined", 30),
        })
        {
            await api.RecordAsync(
                new JsonObject
                {
                    ["answer"] = answer,
                    ["offeredAt"] = Given.Monday.AddDays(-daysAgo).ToString("O"),
                    ["offeredAtConfirmed"] = true,
                    ["household"] = JsonNode.Parse(
                        """{"people":[{"relationship":"partner","ageBand":"adult"},{"relationship":"child","ageBand":"from5To11"}]}"""),
                    ["contact"] = new JsonObject
                    {
                        ["name"] = "Alex Example",
                        ["phone"] = $"07700 90010{number}",
                        ["codeWord"] = "lighthouse",
                    },
                    ["risks"] = new JsonArray("suspectMayReturn"),
                },
                Household(number));
        }

        await app.WhenIdleAsync(Cancellation);
        (await api.PutAsync($"call-backs/{Household(2)}/hold", new { reason = "bailChanged", reviewAt = Given.Monday.AddDays(7) }))
            .Must(200);
        (await api.AttemptAsync(Household(4), "noAnswer")).Must(200);
        await app.AdvanceToAsync(Stopped, Cancellation);
    }

    private static async Task<List<string?>> StatesAsync(Api api)
    {
        var states = new List<string?>();
        foreach (var number in Enumerable.Range(1, 6)) states.Add(await api.StateAsync(Household(number)));
        return states;
    }

    private static Guid Household(int number) => new($"1000000{number}-0000-4000-8000-00000000000{number}");
}

using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using VcasFunctions.Tables;

namespace VcasFunctions.Tests.Sealing;

/// <summary>
/// Whoever copies the tables or the file that they lie in, with everything that was ever written to it, reads nothing of a person.
/// </summary>
[Trait("Pace", "Slow")]
public sealed class NothingReadableAtRestTests
{
    // Of the contact, the household, the case at VCAS, an import; each is found nowhere by chance.
    private static readonly string[] Secrets =
    [
        "Quillivant", "900741", "900742", "900743", "xylobrand", "Neighbour Vosper", "textrelayzeta", "pa-Guru", "CRIX/777", "VCASREF-88",
        "IMPORTREF-99", "DC Trevanion",
        "suspectAtAddress", "selfHarm", "from12To15", "0935-1147", "09:35",
        "Nurse Umberleigh", "umber.surgery", "vosper@example.org", "Yardarm Library",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_main_job_no_copy_of_the_data_holds_a_name_a_number_or_a_code_word()
    {
        var folder = Path.Combine(Path.GetTempPath(), "vcas-tests", Path.GetRandomFileName());
        try
        {
            await using (var app = await RunningApp.StartAsync(Given.Clock(), folder, settings: RunningApp.SweptDaily))
            {
                using var api = new Api(app);
                await using var vcas = new VcasSide(app);
                var accepted = await api.RecordAsync(Offer("accepted", "900741"));
                var declined = await api.RecordAsync(Offer("declined", "900742"));
                await api.RecordAsync(new JsonObject { ["answer"] = "doNotContact", ["contact"] = Contact("900743") });
                await app.AdvanceToAsync(new DateTimeOffset(2024, 4, 2, 8, 30, 0, TimeSpan.Zero), Cancellation);
                (await api.PutAsync($"offers/{declined}/contact", Contact("900741"))).Must(200);
                (await api.AttemptAsync(declined, "noAnswer")).Must(200);
                await vcas.SendAsync(
                    $$$"""
                    {"id":"a-1","type":"uk.police.vcas.referral.accepted.v1","source":"/vcas","subject":"{{{accepted}}}",
                     "time":"2024-03-12T09:00:00Z","data":{"referralId":"{{{accepted}}}","caseReference":"VCASREF-88"}}
                    """);
                // A poisoned answer stays behind as a dead letter, with what it holds.
                await vcas.SendAsync("""{"id":"Quillivant","type":"uk.police.vcas.referral.accepted.v1","data":{"name":"Quillivant"}}""");
                (await api.SendAsync("POST", "history", "reference,offeredAt,answer\nIMPORTREF-99,2022-03-04,declined\n", "text/csv"))
                    .Must(200);

                // The proof that there is something to find.
                var seen = (await api.GetAsync($"offers/{accepted}")).Must(200).Text + (await api.GetAsync("referrals")).Must(200).Text;
                foreach (var secret in new[] { "Quillivant", "xylobrand", "CRIX/777", "DC Trevanion", "VCASREF-88", "selfHarm" })
                    Assert.Contains(secret, seen, StringComparison.Ordinal);
                Assert.NotEmpty(await RowsMustHoldNothingAsync(app));
                // The referral and the poisoned answer lie on the queues at this moment.
                Assert.Equal(1, app.Azure.Broker.Count("referrals").Active);
                Assert.Equal(1, app.Azure.Broker.Count("referral-answers-dead").Active);
                MustHoldNothing(folder);
            }

            MustHoldNothing(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void MustHoldNothing(string folder)
    {
        var files = Directory.GetFiles(folder).Where(file => Path.GetFileName(file) is { } name
            && name.StartsWith("local.db", StringComparison.Ordinal)
            && !name.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var (secret, written) in Secrets.SelectMany(Forms))
                Assert.True(bytes.AsSpan().IndexOf(written) < 0, $"{secret} can be read in {Path.GetFileName(file)}.");
        }
    }

    // As text of either kind, and as Base64 in each of the three places in which it may begin, without the ends that neighbours change.
    private static IEnumerable<(string Secret, byte[] Written)> Forms(string secret)
    {
        yield return (secret, Encoding.UTF8.GetBytes(secret));
        yield return (secret, Encoding.Unicode.GetBytes(secret));
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(secret)]);
            var inner = encoded.TrimEnd('=')[(before == 0 ? 0 : before + 1)..^1];
            if (inner.Length >= 6) yield return (secret, Encoding.ASCII.GetBytes(inner));
        }
    }

    private static async Task<IReadOnlyList<TableEntity>> RowsMustHoldNothingAsync(RunningApp app)
    {
        var rows = new List<TableEntity>();
        var service = app.Services.GetRequiredService<TableServiceClient>();
        await foreach (var table in service.QueryAsync(cancellationToken: Cancellation))
        {
            await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                rows.Add(row);
                foreach (var (column, value) in row)
                {
                    var bytes = value as byte[] ?? Encoding.UTF8.GetBytes($"{value}");
                    foreach (var (secret, written) in Secrets.SelectMany(Forms))
                        Assert.True(bytes.AsSpan().IndexOf(written) < 0, $"{secret} can be read in {table.Name}, column {column}.");
                }
            }
        }

        Assert.Contains(rows, row => row.PartitionKey.Length > 0);
        return rows;
    }

    private static JsonObject Offer(string answer, string number) => new()
    {
        ["answer"] = answer,
        ["crimeReference"] = "CRIX/777",
        ["officerInCase"] = "DC Trevanion, extension 4471",
        ["household"] = new JsonObject
        {
            ["people"] = new JsonArray(
                new JsonObject { ["relationship"] = "partner", ["ageBand"] = "adult" },
                new JsonObject { ["relationship"] = "child", ["ageBand"] = "from12To15" }),
        },
        ["risks"] = new JsonArray("suspectAtAddress", "selfHarm"),
        ["contact"] = Contact(number),
    };

    private static JsonObject Contact(string number) => new()
    {
        ["name"] = "Alex Quillivant",
        ["routes"] = new JsonArray(
            new JsonObject
            {
                ["kind"] = "phone",
                ["phone"] = $"07700 {number}",
                ["confirmedInPerson"] = true,
                ["safeTimes"] = new JsonArray(new JsonObject { ["from"] = "09:35", ["to"] = "11:47" }),
            },
            new JsonObject { ["kind"] = "professional", ["professional"] = "Nurse Umberleigh", ["reachedBy"] = "umber.surgery" },
            new JsonObject { ["kind"] = "email", ["email"] = "vosper@example.org", ["confirmedInPerson"] = true },
            new JsonObject { ["kind"] = "inPerson", ["place"] = "Yardarm Library", ["confirmedInPerson"] = true }),
        ["codeWord"] = "xylobrand",
        ["whoElseMayAnswer"] = "Neighbour Vosper",
        ["accessibilityNeeds"] = "textrelayzeta",
        ["interpreterLanguage"] = "pa-Guru",
    };
}

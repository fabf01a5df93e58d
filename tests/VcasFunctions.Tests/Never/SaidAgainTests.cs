using Azure;
using Shared;

namespace VcasFunctions.Tests.Never;

/// <summary>"Never" was stored, and what follows from it was not: whoever says it again and is told that it is recorded is right.</summary>
public sealed class SaidAgainTests
{
    [Fact]
    [Trait("Tables", "Local")]
    public async Task A_number_is_shown_to_nobody_once_the_repeated_request_is_confirmed()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock(), settings: RunningApp.SweptDaily);
        using var api = new Api(app);
        var number = Given.Number();
        var (silent, other) = (await api.RecordAsync(Given.Declined(number)), await api.RecordAsync(Given.Declined(number)));
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        var isStored = false;
        app.Azure.Tables.BeforeCall = operation =>
        {
            if (isStored) throw new RequestFailedException(503, "The tables are out of reach.");
            isStored = operation == "SubmitTransaction";
            return ValueTask.CompletedTask;
        };
        var never = new { attemptId = Guid.NewGuid(), outcome = "doNotContact", direction = "incoming" };
        Assert.NotEqual(200, (await api.PostAsync($"call-backs/{silent}/attempts", never)).Status);
        Assert.True(isStored);
        app.Azure.Tables.BeforeCall = null;

        (await api.PostAsync($"call-backs/{silent}/attempts", never)).Must(200);

        var seen = (await api.GetAsync($"offers/{other}")).Must(200);
        Assert.Equal("neverToBeCalled", seen["hold.reason"]);
        Assert.DoesNotContain("\"phone\":", seen.Text, StringComparison.Ordinal);
    }
}

using System.Runtime.CompilerServices;
using Shared;

namespace VcasFunctions.Tests.Settings;

/// <summary>An app that was stopped is let go: nothing that outlives it holds it.</summary>
public sealed class LettingGoTests
{
    [Fact]
    public async Task A_stopped_app_is_collected()
    {
        var stopped = await StartUseAndStopAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Task.FromResult(!stopped.IsAlive);
            },
            "the stopped app to be collected",
            TestContext.Current.CancellationToken);
    }

    // In a method of its own, so that no register of the test's holds the app.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartUseAndStopAsync()
    {
        await using var app = await RunningApp.StartAsync(Given.Clock());
        using var api = new Api(app);
        var id = await new Households(app, api).DueAsync();
        (await api.AttemptAsync(id, "accepted")).Must(200);
        await app.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(app.Azure.Graph.Inbox());
        return new WeakReference(app.Services);
    }
}

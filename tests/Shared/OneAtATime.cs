using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(Shared.OneAtATime))]

namespace Shared;

/// <summary>
/// <c>dotnet test</c> begins as many projects at once as the machine has processors, and no file can tell it otherwise. Each of ours
/// uses two, and some build or publish the app, which one process at a time may do. So each waits for its turn. <c>./test</c> orders
/// them itself.
/// </summary>
public sealed class OneAtATime : ITestPipelineStartup
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private FileStream? turn;

    /// <inheritdoc/>
    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        // How it talks with the processes that it has started.
        if (!Environment.GetCommandLineArgs().Contains("--dotnet-test-pipe", StringComparer.Ordinal)) return;
        while ((turn = Take()) is null) await Task.Delay(Between, TimeProvider.System);
    }

    /// <inheritdoc/>
    public ValueTask StopAsync() => turn?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static FileStream? Take([CallerFilePath] string here = "")
    {
        // In a folder that no commit holds. The system gives the turn back when a process ends, however it ends.
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "obj");
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, "turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

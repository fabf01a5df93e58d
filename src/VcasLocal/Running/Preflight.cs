using System.Net;
using System.Net.Sockets;
using LocalAzure.Storage;

namespace VcasLocal.Running;

/// <summary>
/// What is checked before anything is touched: the ports are free, the data is nobody's, what is to be started has been built. It ends
/// with one sentence, and with everything as it was.
/// </summary>
internal static class Preflight
{
    private const string Untouched = "so nothing was started and nothing was changed.";
    private static readonly string[] Stores = ["local.db", "vcas.db"];
    private static readonly string[] Kept = [".lock", ".holder"];
    private const string Anchors = "kept";

    /// <summary>Checks, and begins with empty data where that was asked for and is nobody's.</summary>
    /// <exception cref="CannotStartException">Something is in the way.</exception>
    public static void Check(RunOptions options)
    {
        MustBeFree("HTTP_PORT", options.HttpPort);
        MustBeFree("BUS_PORT", options.BusPort);
        if (options.VcasPort is { } page) MustBeFree("VCAS_PORT", page);
        if (!File.Exists(options.Receiver))
            throw new CannotStartException($"VCAS's side has not been built, {Untouched} ./run builds it; {options.Receiver} is missing.");
        using var owned = TakeData(options);
        MustNotBeVcass(options);
        if (options.Fresh) Empty(options.Data);
    }

    /// <summary>Whether this process could listen there.</summary>
    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The sentence about a port that is another program's.</summary>
    public static CannotStartException Taken(string variable, int port, Exception? inner = null)
    {
        var other = Enumerable.Range(port + 1, 100).FirstOrDefault(next => next <= IPEndPoint.MaxPort && IsFree(next));
        return new CannotStartException(
            $"Port {port} is taken by another program, {Untouched} Choose another: {variable}={other} ./run", inner: inner);
    }

    /// <summary>The sentence about a data folder that another process has.</summary>
    public static CannotStartException InUse(string data, string holder) => new(
        $"The data folder {data} is in use by {holder}, {Untouched} "
        + "Stop that one first (Ctrl-C where it runs), or use another folder: DATA=other ./run");

    private static void MustBeFree(string variable, int port)
    {
        if (port != 0 && !IsFree(port)) throw Taken(variable, port);
    }

    private static Ownership TakeData(RunOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Data);
            return Ownership.TryTake(Path.Combine(options.Data, Stores[0]), out var holder) ?? throw InUse(options.Data, holder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"The data folder {options.Data} can't be made or written to, {Untouched} Use another: DATA=other ./run", inner: refused);
        }
    }

    // VCAS's program may be running by itself on the store in this folder.
    private static void MustNotBeVcass(RunOptions options)
    {
        var file = Path.Combine(options.Data, Stores[1] + ".lock");
        if (!File.Exists(file)) return;
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw InUse(options.Data, "a VcasReceiver");
        }
    }

    // The locks stay: whoever deleted one could own a folder together with anyone who has it open. So do the keys, which are no data.
    private static void Empty(string data)
    {
        try
        {
            foreach (var file in Directory.GetFiles(data).Where(IsData)) File.Delete(file);
            // Copies of the audit's anchors, which would speak of days that are gone.
            if (Directory.Exists(Path.Combine(data, Anchors))) Directory.Delete(Path.Combine(data, Anchors), recursive: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The data in {data} can't be deleted: {refused.Message}", inner: refused);
        }
    }

    private static bool IsData(string file)
    {
        var name = Path.GetFileName(file);
        return Array.Exists(Stores, store => name.StartsWith(store, StringComparison.Ordinal))
            && !Array.Exists(Kept, kept => name.EndsWith(kept, StringComparison.Ordinal));
    }
}

using System.Collections.Concurrent;

namespace VcasFunctions.Sweep;

/// <summary>What a sweep found to repair.</summary>
/// <param name="Households">Looked at.</param>
/// <param name="Relisted">Stood in a wrong list.</param>
/// <param name="Restarted">Had nobody to keep time for them, or one that had missed a change or was stuck.</param>
/// <param name="CaughtUp">Had let their time pass.</param>
/// <param name="Notified">Had a notification that had not left.</param>
/// <param name="PassedOn">Were to be called by a team that is no more.</param>
/// <param name="Failed">Could not be repaired this time.</param>
public sealed record RepairResult(int Households, int Relisted, int Restarted, int CaughtUp, int Notified, int PassedOn, int Failed)
{
    /// <summary>Whether there was anything.</summary>
    public bool Any => Relisted + Restarted + CaughtUp + Notified + PassedOn + Failed > 0;
}

/// <summary>Counts from several threads.</summary>
internal sealed class RepairCounts
{
    private int relisted;
    private int restarted;
    private int caughtUp;
    private int notified;
    private int passedOn;
    private readonly ConcurrentBag<Guid> failed = [];
    private readonly ConcurrentBag<Guid> ahead = [];

    public void Relisted() => Interlocked.Increment(ref relisted);
    public void Restarted() => Interlocked.Increment(ref restarted);
    public void CaughtUp() => Interlocked.Increment(ref caughtUp);
    public void Notified() => Interlocked.Increment(ref notified);
    public void PassedOn() => Interlocked.Increment(ref passedOn);
    public void Failed(Guid household) => failed.Add(household);

    public void Ahead(Guid household) => ahead.Add(household);

    /// <summary>The households whose dates were reckoned by a clock that ran ahead.</summary>
    public IReadOnlyCollection<Guid> DatedAhead => ahead;

    /// <summary>The households that could not be repaired.</summary>
    public IReadOnlyCollection<Guid> Unrepaired => failed;

    public RepairResult Sum(int households) => new(households, relisted, restarted, caughtUp, notified, passedOn, failed.Count);
}

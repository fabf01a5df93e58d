using System.Collections.Concurrent;

namespace VcasFunctions.Sweep;

/// <summary>What a sweep found to mend.</summary>
/// <param name="Households">Looked at.</param>
/// <param name="Relisted">Stood in a wrong list.</param>
/// <param name="Restarted">Had nobody to keep time for them, or one that had missed a change or was stuck.</param>
/// <param name="CaughtUp">Had let their time pass.</param>
/// <param name="Told">Had a notification that had not left.</param>
/// <param name="PassedOn">Were to be called by a team that is no more.</param>
/// <param name="Failed">Could not be mended this time.</param>
public sealed record Mended(int Households, int Relisted, int Restarted, int CaughtUp, int Told, int PassedOn, int Failed)
{
    /// <summary>Whether there was anything.</summary>
    public bool Any => Relisted + Restarted + CaughtUp + Told + PassedOn + Failed > 0;
}

/// <summary>Counts from several threads.</summary>
internal sealed class MendedCounts
{
    private int relisted;
    private int restarted;
    private int caughtUp;
    private int told;
    private int passedOn;
    private readonly ConcurrentBag<Guid> failed = [];
    private readonly ConcurrentBag<Guid> ahead = [];

    public void Relisted() => Interlocked.Increment(ref relisted);
    public void Restarted() => Interlocked.Increment(ref restarted);
    public void CaughtUp() => Interlocked.Increment(ref caughtUp);
    public void Told() => Interlocked.Increment(ref told);
    public void PassedOn() => Interlocked.Increment(ref passedOn);
    public void Failed(Guid household) => failed.Add(household);

    public void Ahead(Guid household) => ahead.Add(household);

    /// <summary>The households whose dates were reckoned by a clock that ran ahead.</summary>
    public IReadOnlyCollection<Guid> DatedAhead => ahead;

    /// <summary>The households that could not be mended.</summary>
    public IReadOnlyCollection<Guid> Unmended => failed;

    public Mended Sum(int households) => new(households, relisted, restarted, caughtUp, told, passedOn, failed.Count);
}

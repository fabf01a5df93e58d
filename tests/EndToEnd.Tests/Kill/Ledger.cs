using System.Collections.Concurrent;

namespace EndToEnd.Tests.Kill;

/// <summary>The clients' own book: what they sent, and what they were told was done.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, SentOffer> offers = new();
    private readonly ConcurrentQueue<SentOffer> unanswered = new();
    private readonly List<Guid> callable = [];
    private TaskCompletionSource? awaited;
    private int left;

    /// <summary>Every offer that was ever sent, answered or not.</summary>
    public IEnumerable<SentOffer> Offers => offers.Values;

    /// <summary>How many.</summary>
    public int Count => offers.Count;

    /// <summary>Answers that can't be right, as they came.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>The instant that the app's clock was last told to be.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Notes that the app has answered somebody.</summary>
    public void Answered()
    {
        TaskCompletionSource? reached;
        lock (callable)
        {
            if (awaited is null || --left > 0) return;
            (reached, awaited) = (awaited, null);
        }

        reached.TrySetResult();
    }

    /// <summary>Waits until the app has answered so many times more.</summary>
    public Task UntilAnsweredAsync(int answers, CancellationToken cancellation)
    {
        lock (callable)
        {
            (left, awaited) = (answers, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return awaited.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Writes an offer down before it is sent.</summary>
    public void Add(SentOffer offer)
    {
        offers[offer.Id] = offer;
        if (offer.Answer is not ("declined" or "notAsked")) return;
        lock (callable) callable.Add(offer.Id);
    }

    /// <summary>An offer for which no answer came: somebody sends it again.</summary>
    public void LeaveUnanswered(SentOffer offer) => unanswered.Enqueue(offer);

    /// <summary>One that was left unanswered, for whoever sends it again.</summary>
    public SentOffer? TakeUnanswered() => unanswered.TryDequeue(out var offer) ? offer : null;

    /// <summary>An offer of this id.</summary>
    public SentOffer Find(Guid id) => offers[id];

    /// <summary>Some household that may be called back or accept; null while there is none.</summary>
    public SentOffer? AnyCallable(Random random)
    {
        lock (callable) return callable.Count == 0 ? null : offers[callable[random.Next(callable.Count)]];
    }
}

/// <summary>An offer as a client sent it, and what was acknowledged about it.</summary>
internal sealed record SentOffer(Guid Id, string Answer, string Phone, string Name, string Team, string CrimeReference)
{
    /// <summary>201 or 200 came back.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>An acceptance was answered with 200.</summary>
    public bool HasAccepted { get; set; }

    /// <summary>A withdrawal was answered with 200.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>Attempts that were answered with 200.</summary>
    public ConcurrentBag<Guid> Attempts { get; } = [];

    /// <summary>What is sent; the same each time.</summary>
    public object Body => new
    {
        answer = Answer,
        team = Team,
        crimeReference = CrimeReference,
        contact = Answer == "doNotContact" ? null : new { name = Name, phone = Phone },
    };
}

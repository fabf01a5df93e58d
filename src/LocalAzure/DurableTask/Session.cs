using P = Microsoft.DurableTask.Protobuf;

namespace LocalAzure.DurableTask;

/// <summary>A message that came straight from memory, and whom to tell once it is stored or dropped.</summary>
internal readonly record struct Mail(P.HistoryEvent Message, Action? Settled);

/// <summary>
/// An execution that has something to do. It is here only as long as that lasts, or as long as activities of it are running
/// and its history is held for their results; an orchestration that waits has none.
/// </summary>
internal sealed class Session(long execution)
{
    private readonly Lock gate = new();
    private List<Mail> mail = [];
    private bool lookIntoInbox;
    private bool scheduled;
    private bool retired;

    public long Execution { get; } = execution;

    /// <summary>How far it has got, as of the last commit; null: it has to be read.</summary>
    public Progress? Held { get; set; }

    /// <summary>Activities of it that this process runs.</summary>
    public int ActivitiesInFlight { get; set; }

    /// <summary>Takes in news. False: the session is over, ask for a new one.</summary>
    /// <param name="item">A message from memory, or null for news in the inbox.</param>
    /// <param name="schedule">Whether the caller must see to it that the session is run.</param>
    public bool TryAdd(Mail? item, out bool schedule)
    {
        lock (gate)
        {
            schedule = false;
            if (retired) return false;
            if (item is { } message) mail.Add(message);
            else lookIntoInbox = true;
            if (scheduled) return true;
            scheduled = schedule = true;
            return true;
        }
    }

    /// <summary>
    /// Takes what has come. False: nothing has, and the session rests, or is over if <paramref name="mayRest"/> is false.
    /// </summary>
    public bool TryTake(bool mayRest, out List<Mail> taken, out bool inbox)
    {
        lock (gate)
        {
            (taken, inbox) = (mail, lookIntoInbox);
            if (mail.Count == 0 && !lookIntoInbox)
            {
                scheduled = false;
                retired = !mayRest;
                return false;
            }

            mail = [];
            lookIntoInbox = false;
            return true;
        }
    }

    /// <summary>Puts back what could not be stored, before anything that has come since.</summary>
    public void PutBack(List<Mail> taken)
    {
        lock (gate)
        {
            mail = [.. taken, .. mail];
            lookIntoInbox = true;
        }
    }

    /// <summary>Ends the session whatever has come; gives what it had.</summary>
    public List<Mail> Retire()
    {
        lock (gate)
        {
            retired = true;
            return mail;
        }
    }
}

using LocalAzure.Identity;
using LocalAzure.Storage;

namespace LocalAzure;

/// <summary>What can be set about the stand-in: section <c>LocalAzure</c> of the configuration.</summary>
public sealed class LocalAzureOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "LocalAzure";

    /// <summary>The folder of <c>local.db</c>, relative to the current directory unless rooted.</summary>
    public string Data { get; set; } = "data";

    /// <summary>
    /// A setting of the app that names a folder for what is written once and kept, in place of a container in which nothing can be
    /// changed; its value is then <c>kept</c> beside <c>local.db</c>. None if it is empty.
    /// </summary>
    public string? KeptFolderSetting { get; set; }

    /// <summary>How a commit is made to last.</summary>
    public Durability Durability { get; set; } = Durability.Full;

    /// <summary>Whether <c>/local/</c> answers, to look inside while it runs.</summary>
    public bool Console { get; set; } = true;

    /// <summary>The HTTP side.</summary>
    public LocalHttpOptions Http { get; set; } = new();

    /// <summary>The embedded broker.</summary>
    public LocalServiceBusOptions ServiceBus { get; set; } = new();

    /// <summary>The clock that this process lives by.</summary>
    public LocalClockOptions Clock { get; set; } = new();

    /// <summary>The stand-in for Microsoft Graph.</summary>
    public LocalGraphOptions Graph { get; set; } = new();

    /// <summary>The issuer of tokens.</summary>
    public LocalIdentityOptions Identity { get; set; } = new();

    /// <summary>The name of the assembly that holds the functions; the one that the builder was given when null.</summary>
    public string? FunctionsAssembly { get; set; }

    /// <summary>The classes that hold the functions, for a test that brings its own; the whole assembly when empty.</summary>
    public IList<Type> FunctionTypes { get; } = [];
}

/// <summary>The HTTP side.</summary>
public sealed class LocalHttpOptions
{
    /// <summary>The port on 127.0.0.1; 0 for any free one.</summary>
    public int Port { get; set; } = 7071;
}

/// <summary>The embedded broker.</summary>
public sealed class LocalServiceBusOptions
{
    /// <summary>The port on 127.0.0.1; 0 for any free one.</summary>
    public int Port { get; set; } = 5672;

    /// <summary>The queues that exist.</summary>
    public IList<LocalQueueOptions> Queues { get; set; } = [];
}

/// <summary>A queue of the embedded broker. What isn't set is as the service gives it to a new queue.</summary>
public sealed class LocalQueueOptions
{
    /// <summary>The queue's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>How long a received message is locked; 5 minutes at most.</summary>
    public TimeSpan? LockDuration { get; set; }

    /// <summary>Deliveries before a message is dead-lettered.</summary>
    public int? MaxDeliveryCount { get; set; }

    /// <summary>How long a message lives unless it says less itself.</summary>
    public TimeSpan? DefaultMessageTimeToLive { get; set; }

    /// <summary>Whether an expired message is dead-lettered rather than dropped.</summary>
    public bool? DeadLetteringOnMessageExpiration { get; set; }

    /// <summary>The queue to which dead letters go on; null if they stay in the queue's own dead-letter queue.</summary>
    public string? ForwardDeadLetteredMessagesTo { get; set; }

    /// <summary>Within which the same message id is dropped as a duplicate; null for no detection.</summary>
    public TimeSpan? DuplicateDetectionHistoryTimeWindow { get; set; }
}

/// <summary>The clock that this process lives by.</summary>
public sealed class LocalClockOptions
{
    /// <summary>The instant at which a new data folder begins; the real one when null.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>Virtual seconds in a real one: 1 is real time, 30240 lets 21 days pass in a minute.</summary>
    public double Speed { get; set; } = 1;
}

/// <summary>The stand-in for Microsoft Graph.</summary>
public sealed class LocalGraphOptions
{
    /// <summary>
    /// Users (their ids) for whom the Teams app isn't installed: Graph answers 403, and says nothing if they are one of many. Groups
    /// whose members may not be read: 403.
    /// </summary>
    public IList<string> NotInstalled { get; set; } = [];

    /// <summary>Users and groups (their ids) that don't exist: Graph answers 404.</summary>
    public IList<string> Unknown { get; set; } = [];

    /// <summary>
    /// Who is in which group, by their ids. In a group that isn't named are those whom <see cref="LocalAzureOptions.Identity"/> signs in
    /// with it; where nobody is, it has one member, of the group's own id.
    /// </summary>
    public IDictionary<string, IList<string>> Groups { get; set; } = new Dictionary<string, IList<string>>(
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that the directory shows, by their ids, beside those of <see cref="LocalAzureOptions.Identity"/>.</summary>
    public IDictionary<string, string> Names { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether names may not be read: then the directory gives people by their ids alone, as it does to an app without consent to read
    /// users.
    /// </summary>
    public bool HidesNames { get; set; }
}

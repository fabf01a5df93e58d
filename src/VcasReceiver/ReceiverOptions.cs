using System.Globalization;
using Azure.Identity;

namespace VcasReceiver;

/// <summary>What the stand-in for VCAS's case workers decides.</summary>
public enum Decision
{
    /// <summary>Every referral is accepted.</summary>
    Accept,

    /// <summary>Every referral is rejected, with one reason.</summary>
    Reject,

    /// <summary>Only the receipt is sent; nobody decides.</summary>
    Hold,
}

/// <summary>How referrals are answered.</summary>
/// <param name="Decision">What is decided.</param>
/// <param name="RejectReason">The coded reason; null unless rejecting.</param>
/// <param name="DecideAfter">From receiving to deciding.</param>
/// <param name="CloseAfter">From accepting to closing as completed; null never closes.</param>
public sealed record AnswerPolicy(Decision Decision, string? RejectReason, TimeSpan DecideAfter, TimeSpan? CloseAfter);

/// <summary>The page on this computer.</summary>
/// <param name="Port">On 127.0.0.1; 0 takes any that is free.</param>
/// <param name="Key">What opens it; a new one at each start if it is null.</param>
/// <param name="AnswerDays">Within how many working days the force expects a decision.</param>
public sealed record PageOptions(int Port, string? Key, int AnswerDays = PageOptions.UsualAnswerDays)
{
    /// <summary>What the force expects unless something else was agreed.</summary>
    public const int UsualAnswerDays = 2;
}

/// <summary>A setting that stops the start. The message names the setting, and repeats no secret.</summary>
public sealed class BadSettingException(string setting, string problem) : Exception($"{setting}: {problem}")
{
    /// <summary>The setting as it is written on the command line.</summary>
    public string Setting { get; } = setting;
}

/// <summary>Everything that can be set, from arguments first and the environment second.</summary>
/// <param name="Bus">Where the queues are.</param>
/// <param name="Store">Path of the SQLite file; made when missing.</param>
/// <param name="Answers">How referrals are answered.</param>
/// <param name="ShowPeople">Prints names and numbers: for invented people only.</param>
/// <param name="Page">Where people read and answer referrals; null for no page.</param>
/// <param name="EndsWithInput">Ends when its standard input does.</param>
public sealed record ReceiverOptions(
    BusAddress Bus, string Store, AnswerPolicy Answers, bool ShowPeople, PageOptions? Page = null, bool EndsWithInput = false)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help = """
        VcasReceiver receives referrals from a Service Bus queue, stores them, and answers them.

          --namespace     VCAS_NAMESPACE     host of the namespace, such as force.servicebus.windows.net; this program is known there by
                                             its identity in Entra ID (managed identity, or AZURE_TENANT_ID, AZURE_CLIENT_ID and
                                             AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH)
          --connection    VCAS_CONNECTION    instead: connection string with a key (the environment keeps it out of the process list)
          --referrals     VCAS_REFERRALS     queue to receive from            [referrals]
          --answers       VCAS_ANSWERS       queue to answer to               [referral-answers]
          --store         VCAS_STORE         SQLite file                      [vcas.db]
          --page          VCAS_PAGE          port of a page on this computer (127.0.0.1) to read and answer referrals  [no page]
          --page-key      VCAS_PAGE_KEY      what opens the page, 20 characters or more  [made at each start, and printed]
          --answer-days   VCAS_ANSWER_DAYS   working days within which the force expects a decision: the page shows it   [2]
          --answer        VCAS_ANSWER        accept, reject:<reason> or hold  [accept; with a page hold: people decide]
          --accept-after  VCAS_ACCEPT_AFTER  from receiving to deciding: 0s, 90s, 5m, 2h, 1d   [0s]
          --close-after   VCAS_CLOSE_AFTER   from accepting to closing as completed            [never]
          --with-input    VCAS_WITH_INPUT    true ends it when its standard input ends: for a program that runs it as its own   [false]
          --show-people   VCAS_SHOW_PEOPLE   true prints names and numbers: for invented people only   [false]

        VcasReceiver export --store vcas.db --to referrals.csv    writes what is stored as CSV, and ends

        VcasReceiver take-in --store vcas.db --file referrals.p7m --certificate vcas.pem    takes in a file that the force handed over while
                                             the queue stood still, and ends; the PEM file holds the certificate and its private key. What
                                             comes by the queue later is known again, and the answers go out when it is back.

        Ends with 0 when stopped (Ctrl-C, SIGTERM), 2 for a bad setting or file, 3 when the store can't be used.
        """;

    private const int MostAnswerDays = 60;

    private static readonly string[] Known =
        [
            "--namespace", "--connection", "--referrals", "--answers", "--store", "--answer", "--accept-after", "--close-after",
            "--show-people", "--page", "--page-key", "--answer-days", "--with-input",
        ];

    private static readonly string[] Switches = ["--show-people", "--with-input"];

    private static readonly string[] RejectReasons =
        ["atCapacity", "outOfArea", "notEligible", "duplicate", "unableToContact", "insufficientInformation", "other"];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="BadSettingException">One is missing, unknown, or can't be read.</exception>
    public static ReceiverOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(environment);
        var given = Given(arguments);
        var page = Page();
        return new ReceiverOptions(
            Bus(Queue("--referrals", "referrals"), Queue("--answers", "referral-answers")),
            Setting("--store") ?? "vcas.db",
            Policy(),
            Switch("--show-people"),
            page,
            Switch("--with-input"));

        string? Setting(string name) =>
            given.TryGetValue(name, out var value) ? value
            : environment("VCAS_" + name[2..].ToUpperInvariant().Replace('-', '_')) is { Length: > 0 } set ? set
            : null;

        BusAddress Bus(string referrals, string answers) => (Setting("--namespace"), Setting("--connection")) switch
        {
            (null, null) => throw new BadSettingException("--connection", "is missing (or set VCAS_CONNECTION); or give --namespace."),
            ({ }, { }) => throw new BadSettingException("--namespace", "can't be given together with --connection."),
            ({ } host, null) => BusAddress.OfNamespace(host, new DefaultAzureCredential(), referrals, answers),
            (null, { } connection) => BusAddress.Parse(connection, referrals, answers),
        };

        string Queue(string name, string byDefault) => Setting(name) switch
        {
            null => byDefault,
            var queue when queue.Length <= 260 && queue.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/') => queue,
            _ => throw new BadSettingException(name, "must be the name of a queue: letters, digits, '.', '-', '_', '/'."),
        };

        PageOptions? Page()
        {
            var key = Setting("--page-key");
            if (key is { Length: < 20 } || key?.All(char.IsAsciiLetterOrDigit) == false)
                throw new BadSettingException("--page-key", "must have 20 letters and digits or more.");
            var days = PageOptions.UsualAnswerDays;
            if (Setting("--answer-days") is { } agreed
                && (!int.TryParse(agreed, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days is < 1 or > MostAnswerDays))
                throw new BadSettingException("--answer-days", $"must be a whole number from 1 to {MostAnswerDays}.");
            if (Setting("--page") is not { } text) return null;
            return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? new PageOptions(port, key, days)
                : throw new BadSettingException("--page", "must be a port, such as 5080.");
        }

        AnswerPolicy Policy()
        {
            var after = Duration("--accept-after") ?? TimeSpan.Zero;
            var close = Duration("--close-after");
            return Setting("--answer") switch
            {
                null when page is not null => new AnswerPolicy(Decision.Hold, null, after, null),
                null or "accept" => new AnswerPolicy(Decision.Accept, null, after, close),
                "hold" => new AnswerPolicy(Decision.Hold, null, after, null),
                var answer when answer.StartsWith("reject:", StringComparison.Ordinal) && RejectReasons.Contains(answer[7..]) =>
                    new AnswerPolicy(Decision.Reject, answer[7..], after, null),
                _ => throw new BadSettingException(
                    "--answer", $"must be accept, hold or reject:<reason>, the reason one of {string.Join(", ", RejectReasons)}."),
            };
        }

        TimeSpan? Duration(string name)
        {
            if (Setting(name) is not { } text) return null;
            var seconds = text[^1..] switch { "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => 0 };
            if (seconds > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 3650)
                return TimeSpan.FromSeconds((long)count * seconds);
            throw new BadSettingException(name, "must be a whole number up to 3650 with s, m, h or d, such as 90s.");
        }

        bool Switch(string name) => Setting(name) switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw new BadSettingException(name, "must be true or false."),
        };
    }

    private static Dictionary<string, string> Given(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            // What isn't a setting's name may be a secret in the wrong place: it is not repeated.
            if (!Known.Contains(name)) throw new BadSettingException($"argument {i + 1}", "isn't a setting of this program; see --help.");
            var isSwitch = Switches.Contains(name) && (i + 1 == arguments.Count || arguments[i + 1] is not ("true" or "false"));
            if (!isSwitch && (i + 1 == arguments.Count || arguments[i + 1].Length == 0))
                throw new BadSettingException(name, "has no value.");
            if (!given.TryAdd(name, isSwitch ? "true" : arguments[++i])) throw new BadSettingException(name, "is given twice.");
        }

        return given;
    }
}

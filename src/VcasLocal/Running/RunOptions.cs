using System.Globalization;

namespace VcasLocal.Running;

/// <summary>What was asked of <c>./run</c>, by its arguments and by the environment.</summary>
internal sealed record RunOptions
{
    public const string Usage = """
        Usage: ./run [--fast] [--fresh] [--seed], or ./run --copy FOLDER
          --fast   21 days pass in a minute, and VCAS answers by itself
          --fresh  begins with empty data
          --seed   brings ten invented households in different states
          --copy   copies the data to that folder, also while it runs, and ends
        In the environment: HTTP_PORT, BUS_PORT and VCAS_PORT for other ports than 7071, 5672 and 5080 (0: any free one), DATA for
        another folder than data.
        """;

    private const int UsualHttpPort = 7071;
    private const int UsualBusPort = 5672;

    // 21 days in a minute.
    private const int FastSpeed = 21 * 24 * 60;

    // What people look at here are the pages. A clock that is moved on by weeks would fill the screen with what each day of them
    // brought, and what hinders a start is said in a sentence.
    private static readonly (string Name, string Value)[] Quiet =
    [
        ("Logging:LogLevel:VcasFunctions", "Warning"),
        ("Logging:LogLevel:VcasFunctions.Offers.RecordOffer", "Information"),
        ("Logging:LogLevel:VcasFunctions.Notifications.HouseholdNotices", "Error"),
        ("Logging:LogLevel:VcasFunctions.Sweep", "Error"),
        ("Logging:LogLevel:Host.Results", "Warning"),
        ("Logging:LogLevel:Microsoft.Extensions.Hosting", "None"),
        ("Logging:Console:FormatterName", "simple"),
        ("Logging:Console:FormatterOptions:SingleLine", "true"),
    ];

    /// <summary>21 days pass in a minute.</summary>
    public bool Fast { get; private init; }

    /// <summary>Begins with empty data.</summary>
    public bool Fresh { get; private init; }

    /// <summary>Brings invented households.</summary>
    public bool Seed { get; private init; }

    /// <summary>The built program of VCAS's side.</summary>
    public required string Receiver { get; init; }

    /// <summary>The folder of all data, in full.</summary>
    public required string Data { get; init; }

    /// <summary>The port of the app; 0 for any.</summary>
    public required int HttpPort { get; init; }

    /// <summary>The port of its Service Bus; 0 for any.</summary>
    public required int BusPort { get; init; }

    /// <summary>The port of VCAS's page; 0 for any, null if nobody chose one.</summary>
    public int? VcasPort { get; init; }

    /// <summary>Reads the command line and the environment.</summary>
    /// <exception cref="CannotStartException">One can't be understood; says which.</exception>
    public static RunOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var (fast, fresh, seed, receiver) = (false, false, false, Path.Combine(AppContext.BaseDirectory, "VcasReceiver.dll"));
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--fast": fast = true; break;
                case "--fresh": fresh = true; break;
                case "--seed": seed = true; break;
                // Said by the script, which knows where it was built.
                case "--receiver" when i + 1 < arguments.Count: receiver = arguments[++i]; break;
                default: throw new CannotStartException(Usage, CannotStartException.NotUnderstood);
            }
        }

        var (http, bus, vcas) = (Port("HTTP_PORT") ?? UsualHttpPort, Port("BUS_PORT") ?? UsualBusPort, Port("VCAS_PORT"));
        var chosen = new[] { http, bus, vcas ?? 0 }.Where(port => port != 0).ToList();
        if (chosen.Distinct().Count() < chosen.Count)
            throw new CannotStartException("HTTP_PORT, BUS_PORT and VCAS_PORT must differ.", CannotStartException.NotUnderstood);
        return new RunOptions
        {
            Fast = fast,
            Fresh = fresh,
            Seed = seed,
            Receiver = Path.GetFullPath(receiver),
            Data = Path.GetFullPath(environment("DATA") is { Length: > 0 } folder ? folder : "data"),
            HttpPort = http,
            BusPort = bus,
            VcasPort = vcas,
        };

        int? Port(string name)
        {
            if (environment(name) is not { Length: > 0 } text) return null;
            return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? port
                : throw new CannotStartException(
                    $"{name} must be a port, a number from 0 to 65535 (0: any free one).", CannotStartException.NotUnderstood);
        }
    }

    /// <summary>The app's settings for it. What the environment sets by itself goes before what is only convenient here.</summary>
    public IEnumerable<string> Settings(Func<string, string?> environment)
    {
        yield return $"--LocalAzure:Data={Data}";
        yield return $"--LocalAzure:Http:Port={HttpPort}";
        yield return $"--LocalAzure:ServiceBus:Port={BusPort}";
        yield return $"--LocalAzure:Clock:Speed={(Fast ? FastSpeed : 1)}";
        IEnumerable<(string Name, string Value)> convenient = Quiet;
        if (Fast)
        {
            // A minute is two thousandths of a second then: VCAS's answers are looked for every six hours, which is more often than
            // every second. And a phone's clock doesn't run along: what it dates now would soon be an offer of long ago.
            convenient = convenient
                .Append(("Vcas:Referrals:AnswersSchedule", "0 0 */6 * * *"))
                .Append(("Vcas:Policy:LateOfferDays", "3650"));
        }

        foreach (var (name, value) in convenient)
        {
            if (environment(name.Replace(":", "__", StringComparison.Ordinal)) is { Length: > 0 }) continue;
            yield return $"--{name}={value}";
        }
    }
}

using Benchmarks.Offers;

// With --baseline FOLDER (where another build's Benchmarks.dll lies) the two builds are measured in turns, in one run.
var (command, baseline) = Build.Read(args);

switch (command)
{
    case ["http"]:
        await Benchmarks.Http.HttpBenchmark.RunAsync();
        break;
    case ["tables"]:
        await Benchmarks.Tables.TablesBenchmark.RunAsync();
        break;
    case ["engine", .. var size]:
        await Benchmarks.Engine.EngineBenchmark.RunAsync(size is [var thousands] ? int.Parse(thousands) : 1_000);
        break;
    case ["bus", ..]:
        await Benchmarks.Bus.BusBenchmark.RunAsync();
        break;
    case ["sign-in"]:
        await Benchmarks.Access.SignInBenchmark.RunAsync();
        break;
    case ["offers", .. var rounds]:
        await OffersBenchmark.RunAsync(
            rounds is [var turns, ..] ? int.Parse(turns) : 7,
            rounds is [_, var stored] ? int.Parse(stored) : OffersBenchmark.Stored,
            baseline);
        break;
    case ["waiting", .. var households]:
        await WaitingBenchmark.WaitAsync(households is [var number] ? int.Parse(number) : 100_000, baseline);
        break;
    case ["due", .. var given]:
        await WaitingBenchmark.FallDueAsync(given.Length > 0 ? int.Parse(given[0]) : 10_000, given.Skip(1).ToArray(), baseline);
        break;
    case ["page", .. var due]:
        await PageBenchmark.RunAsync(due is [var calls] ? int.Parse(calls) : 26_000, baseline);
        break;
    case ["serve-app", var folder, .. var settings]:
        await ServedApp.RunAsync(folder, settings);
        break;
    case ["serve-floor", var folder]:
        await PlainFloor.RunAsync(folder);
        break;
    default:
        await Console.Error.WriteLineAsync(
            "Say which: http, tables, engine, bus, sign-in, offers [rounds [stored before]], waiting [households], "
            + "due [call-backs [settings]], page [call-backs]. "
            + "offers, waiting, due and page take --baseline FOLDER: another build's Benchmarks.dll, measured in turns with this one.");
        break;
}

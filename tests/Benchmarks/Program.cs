switch (args)
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
        await Benchmarks.Offers.OffersBenchmark.RunAsync(rounds is [var turns] ? int.Parse(turns) : 7);
        break;
    case ["waiting", .. var households]:
        await Benchmarks.Offers.WaitingBenchmark.WaitAsync(households is [var number] ? int.Parse(number) : 100_000);
        break;
    case ["due", .. var given]:
        await Benchmarks.Offers.WaitingBenchmark.FallDueAsync(given.Length > 0 ? int.Parse(given[0]) : 10_000, given.Skip(1).ToArray());
        break;
    case ["serve-app", var folder, .. var settings]:
        await Benchmarks.Offers.ServedApp.RunAsync(folder, settings);
        break;
    case ["serve-floor", var folder]:
        await Benchmarks.Offers.PlainFloor.RunAsync(folder);
        break;
    default:
        await Console.Error.WriteLineAsync("Say which: http, tables, engine, bus, sign-in, offers [rounds], waiting [households], due [call-backs [settings]].");
        break;
}

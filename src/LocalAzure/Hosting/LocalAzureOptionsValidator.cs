using LocalAzure.Identity;
using Microsoft.Extensions.Options;

namespace LocalAzure.Hosting;

/// <summary>
/// What is wrong with the stand-in's own settings, all at once and each by its name, before anything starts: later it would be an
/// exception in the middle of somebody's request.
/// </summary>
internal sealed class LocalAzureOptionsValidator : IValidateOptions<LocalAzureOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalAzureOptions options)
    {
        string[] failures = [.. Ports(options), .. Clock(options.Clock), .. Queues(options.ServiceBus), .. Identity(options.Identity)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Ports(LocalAzureOptions options)
    {
        if (!IsPort(options.Http.Port)) yield return Wrong("Http:Port", "must be a port: 0 to 65535");
        if (!IsPort(options.ServiceBus.Port)) yield return Wrong("ServiceBus:Port", "must be a port: 0 to 65535");
    }

    private static IEnumerable<string> Clock(LocalClockOptions clock)
    {
        if (!double.IsFinite(clock.Speed) || clock.Speed <= 0)
            yield return Wrong("Clock:Speed", "must be a number above 0: virtual seconds in a real one");
    }

    private static IEnumerable<string> Queues(LocalServiceBusOptions bus)
    {
        for (var number = 0; number < bus.Queues.Count; number++)
        {
            if (string.IsNullOrWhiteSpace(bus.Queues[number].Name)) yield return Wrong($"ServiceBus:Queues:{number}:Name", "is missing");
        }

        foreach (var twice in Repeated(bus.Queues.Select(queue => queue.Name)))
            yield return Wrong("ServiceBus:Queues", $"names {twice} twice");
    }

    private static IEnumerable<string> Identity(LocalIdentityOptions identity)
    {
        if (identity.People.Count == 0) yield break;
        if (string.IsNullOrWhiteSpace(identity.TenantId)) yield return Wrong("Identity:TenantId", "is missing");
        if (string.IsNullOrWhiteSpace(identity.Audience)) yield return Wrong("Identity:Audience", "is missing");
        if (identity.TokenMinutes <= 0) yield return Wrong("Identity:TokenMinutes", "must be above 0");
        foreach (var (person, _) in identity.People.Where(person => string.IsNullOrWhiteSpace(person.Value.Id)))
            yield return Wrong($"Identity:People:{person}:Id", "is missing: a token says by it who somebody is");
        // By the id a code finds the person whose token it is redeemed for.
        foreach (var twice in Repeated(identity.People.Values.Select(person => person.Id)))
            yield return Wrong("Identity:People", $"gives two people the id {twice}");
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names
        .Where(name => !string.IsNullOrWhiteSpace(name))
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(same => same.Count() > 1)
        .Select(same => same.Key);

    private static bool IsPort(int port) => port is >= 0 and <= 65535;

    private static string Wrong(string setting, string what) => $"{LocalAzureOptions.Section}:{setting} {what}.";
}

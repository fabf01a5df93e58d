using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Calendar;
using Vcas.Domain.CallBacks;
using VcasFunctions.Access;
using VcasFunctions.Households;
using VcasFunctions.Http;
using VcasFunctions.Offers;
using VcasFunctions.Problems;

namespace VcasFunctions.CallBacks;

/// <summary>Opens call-back hours for one household, whose safe hours the team's never meet.</summary>
public sealed class OpenCallHours(HouseholdCommands commands)
{
    /// <summary><c>PUT /api/call-backs/{offerId}/call-hours</c></summary>
    [Function(nameof(OpenCallHours))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/call-backs/{offerId}/call-hours")] HttpRequest request,
        string offerId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        var id = Id.Of(offerId, nameof(offerId));
        var hours = (await Body.ReadAsync<CallHoursRequest>(request, cancellation)).Read();
        return ApiResults.Json(OfferView.Of(
            await commands.ApplyAsync(
                durable, id, (household, moment) => household.OpenCallHours(hours, moment), RequestAccess.Of(request), cancellation)));
    }
}

/// <summary>Call-back hours of one household, Europe/London.</summary>
public sealed record CallHoursRequest
{
    /// <summary>When the hours begin, London time.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>When the hours end; later than they begin.</summary>
    public TimeOnly? To { get; init; }

    /// <summary>The days of the week.</summary>
    public IReadOnlyList<DayOfWeek>? Days { get; init; }

    internal CallHours Read()
    {
        var (from, to) = (RequiredField.Value(From, "from"), RequiredField.Value(To, "to"));
        if (from >= to) throw new ProblemException(Problem.InvalidFields([new FieldProblem("to", "to must lie after from.")]));
        if (Days is not { Count: > 0 } days)
            throw new ProblemException(Problem.InvalidFields([new FieldProblem("days", "Say on which days of the week.")]));
        return new CallHours(from, to, [.. days.Distinct().Order()]);
    }
}

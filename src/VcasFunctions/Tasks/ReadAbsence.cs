using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Calendar;
using VcasFunctions.Access;
using VcasFunctions.Http;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>Whether a team's supervisor is away. Nothing of a household is in it.</summary>
public sealed class ReadAbsence(Absences absences, VcasSettings settings)
{
    /// <summary><c>GET /api/teams/{team}/absence</c></summary>
    [Function(nameof(ReadAbsence))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/teams/{team}/absence")] HttpRequest request,
        string team,
        CancellationToken cancellation)
    {
        var name = TeamOfAbsence.Of(team, RequestAccess.Of(request), settings);
        return ApiResults.Json(AbsenceView.Of(
            name, await absences.FindAsync(name, cancellation), settings.Options, CallBackCalendar.DateOf(settings.Moment.Now)));
    }
}

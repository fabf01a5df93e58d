using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using Vcas.Domain.Calendar;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>A supervisor is back, or doesn't go.</summary>
public sealed class EndAbsence(Absences absences, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>DELETE /api/teams/{team}/absence</c></summary>
    [Function(nameof(EndAbsence))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/teams/{team}/absence")] HttpRequest request,
        string team,
        CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var name = TeamOfAbsence.Of(team, access, settings);
        await reads.RecordListAsync(
            access.Actor, AuditKind.Alteration, "absenceEnded", new { team = settings.Options.KeyOfTeam(name) }, 1, cancellation);
        await absences.RemoveAsync(name, cancellation);
        return ApiResults.Json(AbsenceView.Of(name, null, settings.Options, CallBackCalendar.DateOf(settings.Moment.Now)));
    }
}

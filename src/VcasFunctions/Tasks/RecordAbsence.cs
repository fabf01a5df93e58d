using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using Vcas.Domain.Calendar;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Http;
using VcasFunctions.Notifications;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>A supervisor says when they are away: meanwhile the deputy is told in their place.</summary>
public sealed class RecordAbsence(Absences absences, ReadLog reads, VcasSettings settings)
{
    /// <summary><c>PUT /api/teams/{team}/absence</c></summary>
    [Function(nameof(RecordAbsence))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/teams/{team}/absence")] HttpRequest request,
        string team,
        CancellationToken cancellation)
    {
        var access = RequestAccess.Of(request);
        var name = TeamOfAbsence.Of(team, access, settings);
        var sent = await Body.ReadAsync<AbsenceRequest>(request, cancellation);
        var (from, until) = (RequiredField.Value(sent.From, "from"), RequiredField.Value(sent.Until, "until"));
        var (options, today) = (settings.Options, CallBackCalendar.DateOf(settings.Moment.Now));
        var absence = Absence.Recorded(name, options.OptionsOfTeam(name)?.Deputy, from, until, today);
        await reads.RecordListAsync(
            access.Actor, AuditKind.Alteration, "absenceRecorded", new { team = options.KeyOfTeam(name), from, until }, 1, cancellation);
        await absences.PutAsync(name, absence, cancellation);
        return ApiResults.Json(AbsenceView.Of(name, absence, options, today));
    }
}

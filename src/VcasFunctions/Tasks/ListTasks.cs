using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Vcas.Domain.Audit;
using Vcas.Domain.Teams;
using VcasFunctions.Access;
using VcasFunctions.Audit;
using VcasFunctions.Http;

namespace VcasFunctions.Tasks;

/// <summary>
/// One list of what waits for a supervisor's decision; callers see the numbers that were passed on to them. Nobody's name, number or risk
/// is in it.
/// </summary>
public sealed class ListTasks(OpenTasks open, TaskStages stages, ReadLog reads)
{
    private const int DefaultPage = 200;
    private const int LargestPage = 1000;

    /// <summary><c>GET /api/tasks?team=&amp;limit=</c></summary>
    [Function(nameof(ListTasks))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tasks")] HttpRequest request, CancellationToken cancellation)
    {
        var query = new Query(request);
        var (team, limit) = (query.Text("team"), query.Number("limit", DefaultPage, LargestPage));
        var access = RequestAccess.Of(request);
        var theirs = (await open.ReadAsync(cancellation)).Tasks
            .Where(task => task.Kind.IsOfNumber()
                ? access.Reaches(task.Team ?? "", task.CallBackTeam, null)
                : access.Supervises(task.Team ?? "", task.CallBackTeam, task.Person))
            .Where(task => team is null || string.Equals(task.Team, team, StringComparison.OrdinalIgnoreCase))
            .ToList();
        IReadOnlyList<TaskView> shown = [.. theirs.Take(limit).Select(task => TaskView.Of(task, stages))];
        // The audit keeps the request for years, so a text that is no team's name is not recorded.
        var asked = new { team = theirs.Count == 0 && team is not null ? "none of these" : team, limit };
        await reads.RecordListAsync(access.Actor, AuditKind.Consultation, "tasksListed", asked, shown.Count, cancellation);
        return ApiResults.Json(new TaskPage(theirs.Count, shown));
    }
}

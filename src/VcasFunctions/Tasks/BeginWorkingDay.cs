using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Vcas.Domain.Calendar;
using VcasFunctions.Households;
using VcasFunctions.Settings;

namespace VcasFunctions.Tasks;

/// <summary>
/// Every hour: where call-back hours are open and nobody was told yet of what the day brings, has them told. A day that begins late,
/// because the app was down, is told of late. So is a number that was passed on and of which nobody could be told.
/// </summary>
public sealed class BeginWorkingDay(MorningMarks marks, NumberNotices numbers, VcasSettings settings)
{
    /// <summary>On the schedule of <c>Vcas:Tasks:Schedule</c>.</summary>
    [Function(nameof(BeginWorkingDay))]
    public async Task RunAsync(
        [TimerTrigger("%Vcas:Tasks:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        await numbers.TellAsync(cancellation);
        var moment = settings.Moment;
        var today = CallBackCalendar.DateOf(moment.Now);
        if (!moment.Calendar.IsCallMoment(moment.Now) || await marks.IsDayDoneAsync(today, cancellation)) return;
        var plan = new MorningPlan($"{today:yyyy-MM-dd}");
        // Where one is there already, it is being told just now.
        await durable.TryStartSingleAsync(nameof(MorningOrchestration), $"morning-{plan.Day}", plan, cancellation);
    }
}

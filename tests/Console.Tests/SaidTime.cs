using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using VcasFunctions.Console;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// The app says another time than its own: that of the page, so that a test about a page moves one clock, or one that a test sets.
/// </summary>
internal sealed class SaidTime(Func<DateTimeOffset?> time) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, then) =>
        {
            http.Response.OnStarting(() =>
            {
                if (time() is { } said && http.Response.Headers.ContainsKey(ServiceStateMiddleware.Time))
                    http.Response.Headers[ServiceStateMiddleware.Time] = said.UtcDateTime.ToString("O");
                return Task.CompletedTask;
            });
            return then(http);
        });
        next(app);
    };
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace VcasFunctions.ConsoleTests;

/// <summary>
/// The app as it was built where npm was not there: its stylesheet is the plain one. The app answers with it, for a browser that is told
/// to ask the test about one file asks it about every file, and keeps none.
/// </summary>
internal sealed class PlainLook : IStartupFilter
{
    private static readonly string Stylesheet = Sources.Path("src/VcasConsole/web/plain.css");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/console/govuk.css", branch => branch.Run(http =>
        {
            http.Response.ContentType = "text/css; charset=utf-8";
            return http.Response.SendFileAsync(Stylesheet);
        }));
        next(app);
    };
}

using System.Reflection;
using LocalAzure.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MvcFromBody = Microsoft.AspNetCore.Mvc.FromBodyAttribute;

namespace LocalAzure.Tests.Functions;

public sealed class DiscoveryTests
{
    [Fact]
    public void The_functions_are_those_of_the_assembly_that_the_builder_is_given()
    {
        var builder = new LocalAzureBuilder(typeof(TestApp).Assembly, []);
        using var host = builder.Build();
        Assert.Equal(typeof(DiscoveryTests).Assembly, host.Services.GetRequiredService<AppAssembly>().Assembly);
    }

    [Fact]
    public void What_an_assembly_s_metadata_lists_is_what_its_types_declare()
    {
        var assembly = typeof(DiscoveryTests).Assembly;
        var declared = assembly.GetTypes().SelectMany(type => type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute), inherit: false)).ToHashSet();
        Assert.NotEmpty(declared);
        Assert.Equal(declared, MarkedMethods.Of(assembly, typeof(FunctionAttribute)).ToHashSet());
        Assert.DoesNotContain(
            MarkedMethods.Of(assembly, typeof(FunctionAttribute)), method => method.Name == nameof(Good.NotForOthers));
    }

    [Theory]
    [InlineData(typeof(Twice), "declared twice")]
    [InlineData(typeof(NoTrigger), "0 triggers")]
    [InlineData(typeof(TwoTriggers), "2 triggers")]
    [InlineData(typeof(AsyncVoid), "async void")]
    [InlineData(typeof(ReturnsValueTask), "ValueTask")]
    [InlineData(typeof(WrongFromBody), "MVC's [FromBody]")]
    [InlineData(typeof(Unfillable), "'timer' of type Uri")]
    [InlineData(typeof(WrongTrigger), "isn't one that is supported")]
    public async Task A_function_that_can_t_run_stops_the_start_and_says_why(Type functions, string why)
    {
        var folder = TestApp.NewFolder();
        using var host = TestApp.Build([functions], null, folder);
        var failure = await Assert.ThrowsAsync<FunctionException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_function_isn_t_found()
    {
        await using var app = await TestApp.StartAsync(typeof(Good), null, null, "--AzureWebJobs.Good.Disabled=1");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.SendAsync("GET", "api/Good")).StatusCode);
    }

    [Fact]
    public async Task An_http_function_without_the_web_application_stops_the_start()
    {
        var builder = new LocalAzureBuilder(typeof(TestApp).Assembly, []);
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalAzureOptions>(options => options.FunctionTypes.Add(typeof(Good)));
        using var host = builder.Build();
        var failure = await Assert.ThrowsAsync<FunctionException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ConfigureFunctionsWebApplication", failure.Message, StringComparison.Ordinal);
    }

    public sealed class Good
    {
        [Function("Good")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("NotForOthers")]
        internal IResult NotForOthers([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    public sealed class Twice
    {
        [Function("Same")]
        public IResult One([HttpTrigger] HttpRequest request) => Results.Ok();

        [Function("SAME")]
        public IResult Two([HttpTrigger] HttpRequest request) => Results.Ok();
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public void Run()
        {
        }
    }

    public sealed class TwoTriggers
    {
        [Function("TwoTriggers")]
        public void Run([HttpTrigger] HttpRequest request, [TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
        }
    }

    public sealed class AsyncVoid
    {
        [Function("AsyncVoid")]
        public async void Run([HttpTrigger] HttpRequest request) => await Task.Yield();
    }

    public sealed class ReturnsValueTask
    {
        [Function("ReturnsValueTask")]
        public ValueTask<IResult> Run([HttpTrigger] HttpRequest request) => new(Results.Ok());
    }

    public sealed class WrongFromBody
    {
        [Function("WrongFromBody")]
        public IResult Run([HttpTrigger] HttpRequest request, [MvcFromBody] string body) => Results.Ok(body);
    }

    public sealed class Unfillable
    {
        [Function("Unfillable")]
        public IResult Run([HttpTrigger] HttpRequest request, Uri timer) => Results.Ok(timer);
    }

    public sealed class WrongTrigger
    {
        [Function("WrongTrigger")]
        public IResult Run([HttpTrigger] string request) => Results.Ok(request);
    }
}

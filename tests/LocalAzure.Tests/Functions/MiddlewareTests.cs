using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalAzure.Tests.Functions;

public sealed class MiddlewareTests
{
    private readonly Log log = [];

    [Fact]
    public async Task Middleware_stands_around_the_function_in_its_order_and_only_where_it_was_asked_to()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.Services.AddSingleton(log);
            builder.UseMiddleware<Outer>();
            builder.UseMiddleware(async (context, next) =>
            {
                log.Enqueue("inner before");
                await next();
                log.Enqueue("inner after");
            });
            builder.UseWhen<OnlyHello>(context => context.FunctionDefinition.Name == "Hello");
        });
        await app.GetAsync("api/Hello");
        Assert.Equal(["outer before Hello", "inner before", "only", "function", "inner after", "outer after"], log);
        log.Clear();
        await app.GetAsync("api/Other");
        Assert.DoesNotContain("only", log);
    }

    [Fact]
    public async Task Middleware_sees_an_async_failure_wrapped_as_the_worker_wraps_it_and_may_answer_instead()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.Services.AddSingleton(log);
            builder.UseMiddleware(async (context, next) =>
            {
                try
                {
                    await next();
                }
                catch (AggregateException failure) when (failure.InnerException is InvalidOperationException)
                {
                    var http = context.GetHttpContext()!;
                    http.Response.StatusCode = StatusCodes.Status409Conflict;
                    await http.Response.WriteAsync("mended");
                }
            });
        });
        var response = await app.SendAsync("GET", "api/Fails");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("mended", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Middleware_may_answer_without_calling_the_function()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.Services.AddSingleton(log);
            builder.UseMiddleware(async (context, next) =>
            {
                var http = context.GetHttpContext()!;
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                await http.Response.WriteAsync("who?");
            });
        });
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SendAsync("GET", "api/Hello")).StatusCode);
        Assert.Empty(log);
    }

    [Fact]
    public async Task Nothing_is_added_once_the_app_is_built()
    {
        var builder = new LocalAzureBuilder(typeof(TestApp).Assembly, []);
        using (builder.Build())
        {
            Assert.Throws<InvalidOperationException>(() => builder.UseMiddleware((_, next) => next()));
            Assert.Throws<InvalidOperationException>(() => builder.Build());
        }

        await Task.CompletedTask;
    }

    public sealed class Log : ConcurrentQueue<string>;

    public sealed class Outer(Log log) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            log.Enqueue($"outer before {context.FunctionDefinition.Name}");
            await next(context);
            log.Enqueue("outer after");
        }
    }

    public sealed class OnlyHello(Log log) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            log.Enqueue("only");
            return next(context);
        }
    }

    public sealed class Functions(Log log)
    {
        [Function("Hello")]
        public IResult Hello([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            log.Enqueue("function");
            return Results.Ok();
        }

        [Function("Other")]
        public IResult Other([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("Fails")]
        public async Task<IResult> Fails([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException("on purpose");
        }
    }
}

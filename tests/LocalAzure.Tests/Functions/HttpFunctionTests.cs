using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace LocalAzure.Tests.Functions;

public sealed class HttpFunctionTests : IClassFixture<HttpFunctionTests.Fixture>
{
    private readonly TestApp app;

    public HttpFunctionTests(Fixture fixture) => app = fixture.App;

    [Fact]
    public async Task A_function_without_a_route_answers_under_its_name_and_the_prefix() =>
        Assert.Equal("plain", await app.GetAsync("api/Plain"));

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task A_function_without_methods_answers_all(string method) =>
        Assert.Equal(HttpStatusCode.OK, (await app.SendAsync(method, "api/Plain")).StatusCode);

    [Fact]
    public async Task A_static_function_is_called_without_an_instance() =>
        Assert.Equal("static", await app.GetAsync("api/Static"));

    [Theory]
    [InlineData("api/things/8c1b3a90-0f0e-4a52-9d0a-1a2b3c4d5e6f/7", "8c1b3a90-0f0e-4a52-9d0a-1a2b3c4d5e6f 7 none")]
    [InlineData(
        "api/things/8c1b3a90-0f0e-4a52-9d0a-1a2b3c4d5e6f/7?note=hello%20there", "8c1b3a90-0f0e-4a52-9d0a-1a2b3c4d5e6f 7 hello there")]
    public async Task Route_and_query_values_become_parameters(string path, string expected) =>
        Assert.Equal(expected, await app.GetAsync(path));

    [Theory]
    [InlineData("GET", "api/things/notaguid/7")]
    [InlineData("GET", "api/things/8c1b3a90-0f0e-4a52-9d0a-1a2b3c4d5e6f/seven")]
    [InlineData("DELETE", "api/things/8c1b3a90-0f0e-4a52-9d0a-1a2b3c4d5e6f/7")]
    [InlineData("GET", "Plain")]
    [InlineData("GET", "api")]
    public async Task Another_path_a_broken_constraint_and_another_method_are_not_found(string method, string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.SendAsync(method, path)).StatusCode);

    [Theory]
    [InlineData("api/optional", "absent")]
    [InlineData("api/optional/here", "here")]
    [InlineData("api/files/a/b/c.txt", "a/b/c.txt")]
    public async Task Optional_and_catch_all_segments_work(string path, string expected) =>
        Assert.Equal(expected, await app.GetAsync(path));

    [Fact]
    public async Task Two_functions_may_share_a_route_by_method()
    {
        Assert.Equal("read", await app.GetAsync("api/shared/1"));
        Assert.Equal(
            "written", await (await app.SendAsync("PUT", "api/shared/1")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_json_body_is_bound()
    {
        var response = await app.SendAsync("POST", "api/Body", new { name = "lamp", count = 3 });
        Assert.Equal("lamp 3", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{\"name\":", "application/json")]
    [InlineData("{\"name\":\"a\",\"count\":\"many\"}", "application/json")]
    [InlineData("name=a", "application/x-www-form-urlencoded")]
    [InlineData("", "application/json")]
    public async Task A_body_that_can_t_be_bound_fails_the_function(string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        var response = await app.Client.PostAsync("api/Body", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_action_result_a_result_and_nothing_are_answers()
    {
        Assert.Equal(HttpStatusCode.Created, (await app.SendAsync("GET", "api/ActionResult")).StatusCode);
        Assert.Equal("""{"name":"lamp","count":1}""", await app.GetAsync("api/ActionResult"));
        Assert.Equal(HttpStatusCode.Accepted, (await app.SendAsync("GET", "api/Result")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.SendAsync("GET", "api/Nothing")).StatusCode);
        Assert.Equal("I'm written", await app.GetAsync("api/Writes"));
    }

    [Fact]
    public async Task A_failing_function_is_a_500_with_nothing_in_it_and_the_next_one_works()
    {
        var response = await app.SendAsync("GET", "api/Fails");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("plain", await app.GetAsync("api/Plain"));
    }

    [Fact]
    public async Task Each_invocation_has_a_scope_of_its_own_that_the_request_shares() =>
        Assert.Equal(["True True", "True True"], [await app.GetAsync("api/Scope"), await app.GetAsync("api/Scope")]);

    [Fact]
    public async Task The_context_knows_the_function_and_the_request()
    {
        var answer = await app.GetAsync("api/Context/5");
        Assert.Equal("Context httpTrigger LocalAzure.Tests.Functions.HttpFunctionTests+Functions.Context 36 5 /api/Context/5 True", answer);
    }

    [Fact]
    public async Task The_host_is_idle_once_every_request_is_answered()
    {
        var gate = app.Host.Services.GetRequiredService<Gate>();
        var request = app.GetAsync("api/Waits");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var idle = app.Local.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.False(idle.IsCompleted, "A request was in flight and the host called itself idle.");
        gate.Open.SetResult();
        Assert.Equal("waited", await request);
        await idle.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Two_hosts_of_one_class_each_bind_a_body_by_their_own_settings()
    {
        // Functions are kept for the next host of the process; what a body is read with belongs to each.
        await using var lenient = await TestApp.StartAsync(typeof(Bodies));
        await using var strict = await TestApp.StartAsync(typeof(Bodies), builder => builder.Services.Configure<JsonOptions>(
            options => options.JsonSerializerOptions.NumberHandling = JsonNumberHandling.Strict));
        var quoted = new { name = "lamp", count = "2" };
        var statuses = new List<HttpStatusCode>();
        foreach (var host in new[] { lenient, strict, lenient })
        {
            using var answer = await host.SendAsync("POST", "api/Bodies", quoted);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.InternalServerError, HttpStatusCode.OK], statuses);
    }

    public sealed class Bodies
    {
        [Function("Bodies")]
        public IResult Read([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Thing thing) =>
            Results.Text($"{thing.Name} {thing.Count}");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.Services.AddSingleton<Gate>();
            builder.Services.AddScoped<Scoped>();
        });

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Scoped
    {
        public int Uses { get; set; }
    }

    public sealed record Thing(string Name, int Count);

    public sealed class Functions(Scoped scoped, Gate gate)
    {
        private bool fresh = true;

        [Function("Static")]
        public static IResult Static([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("static");

        [Function("Plain")]
        public IResult Plain([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("plain");

        [Function("GetThing")]
        public async Task<IActionResult> GetThing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:guid}/{count:int}")] HttpRequest request,
            Guid id,
            int count,
            string? note)
        {
            await Task.Yield();
            return new ContentResult { Content = $"{id} {count} {note ?? "none"}" };
        }

        [Function("Optional")]
        public IResult Optional(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional/{what?}")] HttpRequest request, string what = "absent") =>
            Results.Text(what);

        [Function("Files")]
        public IResult Files(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest request, string path) =>
            Results.Text(path);

        [Function("ReadShared")]
        public IResult ReadShared([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shared/{id}")] HttpRequest request) =>
            Results.Text("read");

        [Function("WriteShared")]
        public IResult WriteShared([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "shared/{id}")] HttpRequest request) =>
            Results.Text("written");

        [Function("Body")]
        public Task<IResult> Body([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Thing thing) =>
            Task.FromResult(Results.Text($"{thing.Name} {thing.Count}"));

        [Function("ActionResult")]
        public IActionResult ActionResult([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            new ObjectResult(new Thing("lamp", 1)) { StatusCode = 201 };

        [Function("Result")]
        public Task<IResult> Result([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            Task.FromResult(Results.Accepted());

        [Function("Nothing")]
        public Task Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Task.CompletedTask;

        [Function("Writes")]
        public Task Writes([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellation) =>
            request.HttpContext.Response.WriteAsync("I'm written", cancellation);

        [Function("Fails")]
        public async Task<IActionResult> Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidOperationException("on purpose");
        }

        [Function("Scope")]
        public IResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
        {
            var first = fresh && ++scoped.Uses == 1;
            fresh = false;
            var same = ReferenceEquals(scoped, request.HttpContext.RequestServices.GetRequiredService<Scoped>())
                && ReferenceEquals(scoped, context.InstanceServices.GetRequiredService<Scoped>());
            return Results.Text($"{first} {same}");
        }

        [Function("Context")]
        public IResult Context(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "Context/{number}")] HttpRequest request,
            FunctionContext context,
            int number)
        {
            var definition = context.FunctionDefinition;
            var sameRequest = ReferenceEquals(context.GetHttpContext(), request.HttpContext)
                && ReferenceEquals(context.Items["HttpRequestContext"], request.HttpContext);
            return Results.Text(
                $"{definition.Name} {definition.InputBindings["request"].Type} {definition.EntryPoint} {context.InvocationId.Length} "
                + $"{number} {request.Path} {sameRequest}");
        }

        [Function("Waits")]
        public async Task<IResult> Waits([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            gate.Entered.SetResult();
            await gate.Open.Task;
            return Results.Text("waited");
        }
    }
}

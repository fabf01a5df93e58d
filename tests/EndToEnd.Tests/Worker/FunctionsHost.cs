using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EndToEnd.Tests.Worker.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared;

namespace EndToEnd.Tests.Worker;

/// <summary>
/// As much of a Functions host as a published app needs to start as a worker process, load its functions and have them called. It
/// keeps no time and stores nothing: a test says what comes next.
/// </summary>
internal sealed class FunctionsHost : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";

    private readonly string folder;
    private readonly ConcurrentDictionary<string, RpcFunctionMetadata> functions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> calls = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly StringBuilder printed = new();
    private readonly HttpClient http = new();

    private WebApplication server = null!;
    private Process worker = null!;
    private IServerStreamWriter<StreamingMessage> stream = null!;
    private string taskHubInput = "";
    private int toLoad;

    private FunctionsHost(string folder) => this.folder = folder;

    /// <summary>The orchestrations that the app asked for.</summary>
    public TaskHub Hub { get; } = new();

    /// <summary>The functions that the worker has loaded, by name.</summary>
    public IReadOnlyDictionary<string, RpcFunctionMetadata> Functions => functions;

    /// <summary>What the worker printed and logged.</summary>
    public string Output
    {
        get
        {
            lock (printed) return printed.ToString();
        }
    }

    /// <summary>Starts the app that was published into a folder, and waits until all its functions are loaded.</summary>
    public static async Task<FunctionsHost> StartAsync(
        string folder, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var host = new FunctionsHost(folder);
        var address = await host.ListenAsync();
        host.taskHubInput = JsonSerializer.Serialize(new
        {
            rpcBaseUrl = address,
            taskHubName = "VcasHub",
            maxGrpcMessageSizeInBytes = int.MaxValue,
            // A time as JSON within the text, quotes and all.
            grpcHttpClientTimeout = "\"00:01:40\"",
        });
        host.Launch(address, settings);
        await Task.WhenAny(host.loaded.Task, host.worker.WaitForExitAsync(cancellation)).WaitAsync(cancellation);
        if (!host.loaded.Task.IsCompleted)
            throw new InvalidOperationException($"The worker ended by itself with {host.worker.ExitCode}:\n{host.Output}");
        // It loads functions over one connection and listens for requests by itself: on a busy machine the one is done before the other.
        await Eventually.HoldsAsync(() => host.IsListeningAsync(cancellation), () => $"the worker to listen:\n{host.Output}", cancellation);
        return host;
    }

    /// <summary>Calls a function as a queue, a timer or an orchestration would.</summary>
    /// <exception cref="InvalidOperationException">It failed; says how.</exception>
    public async Task<string?> InvokeAsync(string function, string input, CancellationToken cancellation)
    {
        var answer = await BeginAsync(function, Guid.NewGuid().ToString(), input).WaitAsync(cancellation);
        return answer.ReturnValue?.String is { Length: > 0 } text ? text : answer.ReturnValue?.Json;
    }

    /// <summary>Forwards a request to the function that answers it; both halves meet in the worker.</summary>
    public async Task<HttpResponseMessage> SendAsync(string function, HttpRequestMessage request, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        var path = request.RequestUri!.OriginalString.Split('?')[0];
        request.RequestUri = new Uri(WorkerAddress, request.RequestUri!);
        request.Headers.Add(InvocationHeader, id);
        var invocation = BeginAsync(function, id, input: null, RouteValues(functions[function], path));
        var answer = await http.SendAsync(request, cancellation);
        await invocation.WaitAsync(cancellation);
        return answer;
    }

    /// <summary>The stream on which the worker and its host talk: the worker is the client.</summary>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        stream = responseStream;
        try
        {
            while (await requestStream.MoveNext(ending.Token)) await HearAsync(requestStream.Current);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The test is over, or the worker has gone.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The worker never closes its stream: the call is ended here, or the server would wait for it.
        await ending.CancelAsync();
        if (!worker.HasExited) worker.Kill(entireProcessTree: true);
        await worker.WaitForExitAsync();
        worker.Dispose();
        await server.DisposeAsync();
        http.Dispose();
        ending.Dispose();
        writing.Dispose();
    }

    private Uri WorkerAddress { get; set; } = null!;

    private async Task<bool> IsListeningAsync(CancellationToken cancellation)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(WorkerAddress.Host, WorkerAddress.Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, on => on.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(this).AddSingleton(Hub);
        server = builder.Build();
        server.MapGrpcService<FunctionsHost>();
        server.MapGrpcService<TaskHub>();
        await server.StartAsync();
        return server.Urls.Single();
    }

    private void Launch(string address, IReadOnlyDictionary<string, string> settings)
    {
        var id = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(folder, "VcasFunctions.dll"), "--functions-uri", address, "--functions-worker-id", id,
                "--functions-request-id", id, "--functions-grpc-max-message-length", "134217728",
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = folder;
        start.Environment["AZURE_FUNCTIONS_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        worker = new Process { StartInfo = start };
        worker.OutputDataReceived += (_, line) => Note(line.Data);
        worker.ErrorDataReceived += (_, line) => Note(line.Data);
        worker.Start();
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
    }

    private async Task HearAsync(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                var init = new WorkerInitRequest { HostVersion = "4.0.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
                await SayAsync(new StreamingMessage { WorkerInitRequest = init });
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                WorkerAddress = new Uri(message.WorkerInitResponse.Capabilities["HttpUri"]);
                await SayAsync(new StreamingMessage { FunctionsMetadataRequest = new() { FunctionAppDirectory = folder } });
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                var found = message.FunctionMetadataResponse.FunctionMetadataResults;
                toLoad = found.Count;
                foreach (var function in found) await LoadAsync(function);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                if (message.FunctionLoadResponse.Result.Status != StatusResult.Types.Status.Success)
                {
                    loaded.TrySetException(Failure("A function was not loaded", message.FunctionLoadResponse.Result));
                }
                else if (--toLoad == 0)
                {
                    loaded.TrySetResult();
                }

                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                var answer = message.InvocationResponse;
                if (calls.TryRemove(answer.InvocationId, out var call)) call.TrySetResult(answer);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                Note(message.RpcLog.Message);
                break;
        }
    }

    private Task LoadAsync(RpcFunctionMetadata function)
    {
        // The host fills in from the raw bindings what the worker looks up by name.
        foreach (var raw in function.RawBindings)
        {
            var binding = JsonDocument.Parse(raw).RootElement;
            function.Bindings[binding.GetProperty("name").GetString()!] = new BindingInfo
            {
                Type = binding.GetProperty("type").GetString()!,
                Direction = Enum.Parse<BindingInfo.Types.Direction>(binding.GetProperty("direction").GetString()!, ignoreCase: true),
            };
        }

        functions[function.Name] = function;
        var request = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
        return SayAsync(new StreamingMessage { FunctionLoadRequest = request });
    }

    // A function is given the parts of its route by name: the host has matched them.
    private static IEnumerable<(string Name, string Value)> RouteValues(RpcFunctionMetadata function, string path)
    {
        var route = function.RawBindings.Select(raw => JsonDocument.Parse(raw).RootElement)
            .First(binding => binding.GetProperty("type").GetString() == "httpTrigger").GetProperty("route").GetString()!;
        return route.Split('/').Zip(path.Split('/'))
            .Where(part => part.First.StartsWith('{'))
            .Select(part => (part.First.Trim('{', '}'), part.Second));
    }

    private async Task<InvocationResponse> BeginAsync(
        string function, string id, string? input, IEnumerable<(string Name, string Value)>? route = null)
    {
        var metadata = functions[function];
        var request = new InvocationRequest { InvocationId = id, FunctionId = metadata.FunctionId, TraceContext = new RpcTraceContext() };
        foreach (var (name, value) in route ?? []) request.TriggerMetadata.Add(name, new TypedData { String = value });
        foreach (var (name, binding) in metadata.Bindings)
        {
            if (DataOf(binding, input) is { } data) request.InputData.Add(new ParameterBinding { Name = name, Data = data });
        }

        var call = calls[id] = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SayAsync(new StreamingMessage { InvocationRequest = request });
        var answer = await call.Task;
        return answer.Result.Status == StatusResult.Types.Status.Success ? answer : throw Failure($"{function} failed", answer.Result);
    }

    private TypedData? DataOf(BindingInfo binding, string? input) => binding.Type switch
    {
        "durableClient" => new TypedData { String = taskHubInput },
        "httpTrigger" => new TypedData { Http = new RpcHttp() },
        "timerTrigger" => new TypedData { Json = input },
        _ => binding.Direction == BindingInfo.Types.Direction.In ? new TypedData { String = input } : null,
    };

    private async Task SayAsync(StreamingMessage message)
    {
        await writing.WaitAsync(ending.Token);
        try
        {
            await stream.WriteAsync(message, ending.Token);
        }
        finally
        {
            writing.Release();
        }
    }

    private InvalidOperationException Failure(string what, StatusResult result) =>
        new($"{what}: {result.Exception?.Message}\n{result.Exception?.StackTrace}\nThe worker printed:\n{Output}");

    private void Note(string? line)
    {
        lock (printed) printed.AppendLine(line);
    }
}

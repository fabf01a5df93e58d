using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NetArchTest.Rules;

namespace VcasFunctions.Tests.Architecture;

/// <summary>Who may know whom, and the few other rules that no compiler holds.</summary>
public sealed partial class ArchitectureTests(SharedApp shared)
{
    private static readonly Assembly App = typeof(VcasApplication).Assembly;
    private static readonly Assembly Domain = typeof(Vcas.Domain.IRule).Assembly;
    private static readonly Assembly Local = typeof(global::LocalAzure.LocalAzureHost).Assembly;

    // Larger than files are by habit, each for one reason.
    private static readonly Dictionary<string, string> LargeOnPurpose = [];

    [Fact]
    public void The_domain_knows_the_base_class_library_alone() =>
        Assert.All(
            Domain.GetReferencedAssemblies(),
            known => Assert.True(known.Name!.StartsWith("System.", StringComparison.Ordinal), $"It knows {known.Name}."));

    // One that can't would be found out at its first call, and the nightly ones at night.
    [Fact]
    public void Every_function_can_be_made_of_what_is_registered() =>
        Assert.All(Functions(), function => Assert.NotNull(ActivatorUtilities.CreateInstance(shared.App.Services, function)));

    [Fact]
    public void Every_function_can_be_made_where_the_worker_s_own_builder_makes_the_app()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddConfiguration(shared.App.Services.GetRequiredService<IConfiguration>());
        builder.Configuration.AddInMemoryCollection([new("TablesConnection", "UseDevelopmentStorage=true")]);
        builder.ConfigureFunctionsWebApplication();
        VcasApplication.Configure(builder, builder.Configuration);
        using var host = builder.Build();
        Assert.All(Functions(), function => Assert.NotNull(ActivatorUtilities.CreateInstance(host.Services, function)));
    }

    [Fact]
    public void LocalAzure_knows_neither_the_app_nor_the_domain_nor_the_receiver() =>
        Assert.DoesNotContain(Local.GetReferencedAssemblies(), known => known.Name!.StartsWith("Vcas", StringComparison.Ordinal));

    [Fact]
    public void The_receiver_references_no_project()
    {
        Assert.Empty(ProjectReferences("VcasReceiver"));
        Assert.DoesNotContain(
            typeof(VcasReceiver.Receiver).Assembly.GetReferencedAssemblies(),
            known => known.Name is "Vcas.Domain" or "VcasFunctions" or "LocalAzure");
    }

    [Fact]
    public void Nobody_declares_a_type_in_one_of_Microsoft_s_namespaces() =>
        Assert.All(Sources("src"), source => Assert.DoesNotMatch(@"(?m)^namespace (Microsoft|Azure|DurableTask)\b", source.Text));

    [Fact]
    public void The_app_stands_on_Microsoft_s_packages_and_few_others()
    {
        string[] others = ["CsvHelper", "OpenTelemetry", "PhoneNumbers"];
        Assert.All(App.GetReferencedAssemblies(), known => Assert.True(
            known.Name is "Vcas.Domain" or "DurableTask.Core"
                || others.Contains(known.Name!.Split('.')[0])
                || known.Name.Split('.')[0] is "System" or "Microsoft" or "Azure",
            $"It knows {known.Name}."));
    }

    [Fact]
    public void The_assemblies_know_each_other_as_the_projects_do()
    {
        static IEnumerable<string> Ours(Assembly assembly) => assembly.GetReferencedAssemblies().Select(known => known.Name!)
            .Where(name => name == "LocalAzure" || name.StartsWith("Vcas", StringComparison.Ordinal)).Order();

        Assert.Empty(Ours(Domain));
        Assert.Empty(Ours(Local));
        Assert.Equal(["Vcas.Domain"], Ours(App));
        Assert.Equal(["LocalAzure", "VcasFunctions"], Ours(typeof(VcasLocal.LocalApplication).Assembly));
        Assert.Equal(["Vcas.Domain", "VcasFunctions"], Ours(typeof(VcasRestore.TablesRestore).Assembly));
        Assert.Empty(Ours(typeof(VcasReceiver.Receiver).Assembly));
    }

    [Fact]
    public void The_projects_reference_each_other_as_the_design_says()
    {
        Assert.Empty(ProjectReferences("Vcas.Domain"));
        Assert.Empty(ProjectReferences("LocalAzure"));
        Assert.Equal(["Vcas.Domain"], ProjectReferences("VcasFunctions"));
        Assert.Equal(["LocalAzure", "VcasFunctions"], ProjectReferences("VcasLocal").Order());
        Assert.Equal(["VcasFunctions"], ProjectReferences("VcasRestore"));
    }

    [Fact]
    public void The_app_asks_nowhere_where_it_runs()
    {
        Assert.All(Sources("src/VcasFunctions"), source => Assert.DoesNotMatch(@"\bLocalAzure\b|^\s*#if", source.Text));
        var result = Types.InAssembly(App).ShouldNot().HaveDependencyOn("LocalAzure").GetResult();
        Assert.True(result.IsSuccessful, $"These know LocalAzure: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void The_domain_keeps_no_clock_of_its_own()
    {
        var result = Types.InAssembly(Domain)
            .ShouldNot().HaveDependencyOnAny("System.TimeProvider", "System.IO", "System.Net", "System.Threading.Tasks.Task").GetResult();
        Assert.True(result.IsSuccessful, $"These do: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void Every_function_bears_its_class_name_and_no_other_does()
    {
        var functions = (
            from type in App.GetTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            select (Type: type.Name, function.Name)).ToList();
        Assert.True(functions.Count >= 27, $"Only {functions.Count} functions were found.");
        Assert.All(functions, function => Assert.Equal(function.Type, function.Name));
        Assert.Equal(functions.Count, functions.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void What_is_replayed_does_nothing_that_differs_from_one_time_to_the_next()
    {
        var replayed = Sources("src/VcasFunctions")
            .Where(source => source.Text.Contains("TaskOrchestrationContext", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ["DigestOrchestration.cs", "MorningOrchestration.cs", "OfferOrchestration.cs", "OrchestrationSteps.cs"],
            replayed.Select(source => Path.GetFileName(source.Path)).Order());
        foreach (var source in replayed)
        {
            var found = Undetermined().Match(source.Text);
            Assert.False(found.Success, $"{source.Path} uses {found.Value}.");
        }
    }

    [Fact]
    public void Nothing_logs_what_an_exception_says()
    {
        // A message may hold what somebody sent; types and places can't.
        foreach (var source in Sources("src/VcasFunctions"))
        {
            Assert.DoesNotMatch(@"Log(Trace|Debug|Information|Warning|Error|Critical)\((failure|exception|e|ex)\b", source.Text);
            Assert.DoesNotMatch(@"\b(failure|exception|ex)\.Message\b", source.Text);
        }
    }

    [Fact]
    public void No_meaning_is_read_from_what_an_exception_says()
    {
        // Its words are for people and change with the next version: its type and its codes are what stays.
        foreach (var source in Sources("src"))
        {
            var found = ReadMessage().Match(source.Text);
            Assert.False(found.Success, $"{source.Path} reads {found.Value}.");
        }
    }

    [Theory]
    [InlineData("if (failure.Message.Contains(\"took too long\"))", true)]
    [InlineData("catch (IOException full) when (full.Message.StartsWith(\"No space\", StringComparison.Ordinal))", true)]
    [InlineData("return failure.Message == \"closed\";", true)]
    [InlineData("return \"closed\" != failure.InnerException!.Message;", true)]
    [InlineData("var kind = Kind().Match(failure.Message);", true)]
    [InlineData("return failure.Message is \"gone\" or \"lost\";", true)]
    [InlineData("return failure.ToString().Contains(\"deadlock\");", true)]
    [InlineData("Console.Error.WriteLine(refused.Message);", false)]
    [InlineData("if (item.Message.TimerFired is { } timer)", false)]
    [InlineData("catch (RequestFailedException changed) when (changed.Status == 412)", false)]
    public void Reading_a_meaning_from_what_an_exception_says_is_found_out(string code, bool isFound) =>
        Assert.Equal(isFound, ReadMessage().IsMatch(code));

    [Fact]
    public void Files_are_small_enough_to_be_read_at_once()
    {
        var large = Sources("src").Where(source => source.Text.Count(letter => letter == '\n') > 300)
            .Select(source => source.Path).ToList();
        Assert.Equal(LargeOnPurpose.Keys.Order(), large.Order());
    }

    private static List<Type> Functions() =>
        [.. App.GetTypes().Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute))))];

    private static IEnumerable<string> ProjectReferences(string project) =>
        XDocument.Load(Path.Combine(Golden.Root, "src", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Golden.Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Golden.Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    [GeneratedRegex(
        @"\.Message\??\.(Contains|StartsWith|EndsWith|IndexOf|Equals)\(|\.Message (==|!=|is "")|"" (==|!=) [\w.!?]+\.Message\b"
        + @"|Match\([\w.!?]+\.Message\b|(failure|exception|ex|error)\.ToString\(\)\.(Contains|StartsWith|EndsWith|IndexOf)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex ReadMessage();

    [GeneratedRegex(
        @"\b(DateTime(Offset)?\.(UtcNow|Now|Today)|TimeProvider|Stopwatch|Environment\.|Guid\.NewGuid|Random\b"
        + @"|Task\.(Run|Delay|Yield|Factory)|Thread\b|ConfigureAwait|CancelAsync|IConfiguration|IOptions|ILogger)",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Undetermined();
}

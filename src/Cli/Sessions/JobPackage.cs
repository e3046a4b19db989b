using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>
/// All that a job of the command line needs to be run, kept with the job: no file is needed to resume it.
/// </summary>
internal sealed class JobPackage
{
    private readonly byte[] _content;
    private FlowSource? _source;
    private readonly string _name;
    private readonly double _timeScale;
    private readonly bool _failFast;
    private readonly IReadOnlyList<string> _assemblies;
    private readonly string _directory;
    private ExecutableFlow? _executable;

    private JobPackage(
        byte[] content, string name, string directory, double timeScale, bool failFast,
        IReadOnlyList<string> assemblies)
    {
        _content = content;
        _name = name;
        _directory = directory;
        _timeScale = timeScale;
        _failFast = failFast;
        _assemblies = assemblies;
        var source = FlowFile.Parse(content, name);
        Inputs = new DeclaredInputs(source.Draft.Name, source.Inputs);
        _source = source;
    }

    /// <summary>What the flow wants to be given.</summary>
    public DeclaredInputs Inputs { get; }

    public static JobPackage FromFile(
        string path, double timeScale = 0, bool failFast = false, IReadOnlyList<string>? assemblies = null) =>
        new(FlowFile.Read(path), path, Environment.CurrentDirectory, timeScale, failFast,
            [.. (assemblies ?? []).Select(Path.GetFullPath)]);

    /// <summary>The package that a job brought along when it was submitted.</summary>
    /// <exception cref="ActorFlowException">The job is not one of the command line.</exception>
    public static JobPackage FromJob(SubmittedJob job)
    {
        if (job.FlowSource is not { } source)
            throw new ActorFlowException(
                $"Job '{job.Id}' runs a flow in code; only the program that submitted it can open it. "
                + "'actorflow list' and 'actorflow show ID --events' need no flow.");
        try
        {
            using var document = JsonDocument.Parse(source.Json);
            return FromJson(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new ActorFlowException(
                $"The flow that job '{job.Id}' was submitted with cannot be read: {e.Message}", e);
        }
    }

    private static JobPackage FromJson(JsonElement root) => new(
        FlowFile.Unpack(new MemoryStream(root.GetProperty("content").GetBytesFromBase64()), "content"),
        TextOf(root.GetProperty("name")),
        TextOf(root.GetProperty("directory")), ScaleOf(root.GetProperty("timeScale")),
        root.GetProperty("failFast").GetBoolean(), [.. root.GetProperty("assemblies").EnumerateArray().Select(TextOf)]);

    private static double ScaleOf(JsonElement value) =>
        value.GetDouble() is >= 0 and <= double.MaxValue and var scale
            ? scale
            : throw new FormatException($"The time scale is {value.GetRawText()}.");

    private static string TextOf(JsonElement value) =>
        value.GetString() ?? throw new FormatException("A text is null.");

    /// <summary>The flow, with what its tasks run.</summary>
    /// <param name="logDirectory">Where the output of shell tasks goes; null for nowhere.</param>
    /// <exception cref="FlowDefinitionException">The flow has faults: all of them are listed.</exception>
    public ExecutableFlow Executable(string? logDirectory = null) => _executable ??= Build(logDirectory);

    private ExecutableFlow Build(string? logDirectory)
    {
        var registry = LoadTasks();
        var (draft, recipes) = (_source!.Draft, _source.Recipes);
        // A job may have a million tasks: what it was made of does not stay in memory beside it.
        _source = null;
        if (_failFast) draft.Policy = draft.Policy with { FailFast = true };
        var bodies = new TaskBody[draft.Tasks.Count];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = BodyOf(draft, draft.Tasks[i], recipes[i], registry, logDirectory);
        return new ExecutableFlow(draft.Build(), bodies) { Source = Pack() };
    }

    private TaskBody BodyOf(
        FlowDraft draft, TaskDraft task, TaskRecipe recipe, TaskRegistry registry, string? logDirectory)
    {
        switch (recipe)
        {
            case TaskRecipe.Shell shell:
                return new ShellTaskBody(shell, _directory, logDirectory);
            case TaskRecipe.Sleep sleep:
                return SleepTaskBody.Of(sleep.Recorded, _timeScale);
            case TaskRecipe.Registered registered:
                if (!registry.TryFind(registered.Name, out var found, out var problem))
                {
                    draft.Faults.Add(new FlowFault(
                        FlowFaultCode.UnknownTask, task.Name, $"Task '{task.Name}': {problem}")
                    {
                        Location = task.Location,
                    });
                    return SleepTaskBody.None;
                }

                CheckParameters(draft, task, found);
                return found.CreateBody();
            default:
                throw new System.Diagnostics.UnreachableException("A recipe has no arm [this is a bug in ActorFlow].");
        }
    }

    private static void CheckParameters(FlowDraft draft, TaskDraft task, RegisteredTask found)
    {
        task.OutputType ??= found.OutputType.Name;
        if (found.Parameters is not { Count: > 0 } parameters) return;
        var bound = task.Inputs.Where(i => i.Parameter.Length > 0).Select(i => i.Parameter).ToList();
        // One value that is no parameter is the whole input.
        if (bound.Count == 1 && !parameters.Any(p =>
            p.Name.Equals(bound[0], StringComparison.OrdinalIgnoreCase))) return;
        foreach (var name in bound)
            if (!parameters.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                Report(FlowFaultCode.UnknownParameter, $"has no parameter '{name}'."
                    + Suggestions.For(name, parameters.Select(p => p.Name)));
        foreach (var parameter in parameters)
            if (parameter.IsRequired && !bound.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
                Report(FlowFaultCode.Unbound,
                    $"needs a value for parameter '{parameter.Name}'; bind it in 'needs' or 'with'.");

        void Report(FlowFaultCode code, string problem)
        {
            var message = $"Task '{task.Name}' ({found.Name}) {problem}";
            draft.Faults.Add(new FlowFault(code, task.Name, message) { Location = task.Location });
        }
    }

    private TaskRegistry LoadTasks()
    {
        var registry = new TaskRegistry();
        foreach (var path in _assemblies)
        {
            if (!File.Exists(path)) throw new ActorFlowException($"There is no assembly '{path}'.");
            try
            {
                registry.AddAssembly(Assembly.LoadFrom(path));
            }
            catch (Exception e) when (e is BadImageFormatException or FileLoadException or ReflectionTypeLoadException)
            {
                throw new ActorFlowException($"'{path}' cannot be loaded as a .NET assembly: {e.Message}", e);
            }
        }

        return registry;
    }

    private Payload Pack()
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("name", _name);
            writer.WriteString("directory", _directory);
            writer.WriteNumber("timeScale", _timeScale);
            writer.WriteBoolean("failFast", _failFast);
            writer.WriteStartArray("assemblies");
            foreach (var path in _assemblies) writer.WriteStringValue(path);
            writer.WriteEndArray();
            writer.WriteBase64String("content", Compress(_content));
            writer.WriteEndObject();
        }

        return Payload.FromJson(json.WrittenMemory);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}

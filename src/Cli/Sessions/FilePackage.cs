using System.IO.Compression;
using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>A flow file: the job keeps all of it, so no file is needed to resume it.</summary>
internal sealed class FilePackage : JobPackage
{
    private readonly byte[] _content;
    private FlowSource? _source;
    private readonly string _name;
    private readonly double _timeScale;
    private readonly bool _failFast;
    private readonly IReadOnlyList<string> _assemblies;
    private readonly string _directory;
    private readonly Dictionary<string, string> _uses;

    private FilePackage(
        byte[] content, string name, string directory, double timeScale, bool failFast,
        IReadOnlyList<string> assemblies, Dictionary<string, string>? uses = null)
    {
        _uses = uses ?? new(StringComparer.Ordinal);
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

    public override DeclaredInputs Inputs { get; }

    public static FilePackage FromFile(
        string path, double timeScale, bool failFast, IReadOnlyList<string>? assemblies) =>
        new(FlowFile.Read(path), path, Environment.CurrentDirectory, timeScale, failFast,
            [.. (assemblies ?? []).Select(Path.GetFullPath)]);

    // The job keeps what was in the file when it was submitted: now it may be another.
    public override JobPackage Anew(string? flow)
    {
        if (flow is not null && FlowTarget.Parse(flow).IsAssembly) return Of(flow, failFast: _failFast);
        var path = flow is null ? Path.Combine(_directory, _name) : Path.GetFullPath(flow);
        if (flow is null && !File.Exists(path))
            throw new ActorFlowException($"The flow file '{path}' is not there any more: name it with --flow.");
        return new FilePackage(FlowFile.Read(path), path, _directory, _timeScale, _failFast, _assemblies);
    }

    public static FilePackage FromJson(JsonElement root) => new(
        FlowFile.Unpack(new MemoryStream(root.GetProperty("content").GetBytesFromBase64()), "content"),
        TextOf(root.GetProperty("name")),
        TextOf(root.GetProperty("directory")), ScaleOf(root.GetProperty("timeScale")),
        root.GetProperty("failFast").GetBoolean(), [.. root.GetProperty("assemblies").EnumerateArray().Select(TextOf)],
        UsesOf(root));

    private static double ScaleOf(JsonElement value) =>
        value.GetDouble() is >= 0 and <= double.MaxValue and var scale
            ? scale
            : throw new FormatException($"The time scale is {value.GetRawText()}.");

    private static Dictionary<string, string>? UsesOf(JsonElement root) => root.TryGetProperty("uses", out var uses)
        ? uses.EnumerateObject().ToDictionary(each => each.Name, each => TextOf(each.Value), StringComparer.Ordinal)
        : null;

    public override Flow Define() => _source!.Draft.Build();

    protected override ExecutableFlow Build(TaskLogFiles? logs)
    {
        var registry = LoadTasks();
        var (draft, recipes) = (_source!.Draft, _source.Recipes);
        // A job may have a million tasks: what it was made of does not stay in memory beside it.
        _source = null;
        if (_failFast) draft.Policy = draft.Policy with { FailFast = true };
        var bodies = new TaskBody[draft.Tasks.Count];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = BodyOf(draft, draft.Tasks[i], recipes[i], registry, logs);
        return new ExecutableFlow(draft.Build(), bodies)
        {
            Source = Pack(Write),
            InputCheck = (_, input) => ReadInput(input, []),
        };
    }

    private TaskBody BodyOf(
        FlowDraft draft, TaskDraft task, TaskRecipe recipe, TaskRegistry registry, TaskLogFiles? logs)
    {
        switch (recipe)
        {
            case TaskRecipe.Shell shell:
                return new ShellTaskBody(shell, _directory, logs);
            case TaskRecipe.Sleep sleep:
                return SleepTaskBody.Of(sleep.Recorded, _timeScale);
            case TaskRecipe.Registered registered:
                // The job goes on with the version that was the latest when it was submitted.
                var wanted = _uses.GetValueOrDefault(registered.Name, registered.Name);
                if (!registry.TryFind(wanted, out var found, out var problem))
                {
                    draft.Faults.Add(new FlowFault(
                        FlowFaultCode.UnknownTask, task.Name, $"Task '{task.Name}': {problem}")
                    {
                        Location = task.Location,
                    });
                    return SleepTaskBody.None;
                }

                _uses[registered.Name] = $"{found.Name}@{found.Version}";
                task.Kind = $"task:{found.Reference}";
                RegisteredParameters.Check(draft, task, found);
                return found.CreateBody();
            default:
                throw new System.Diagnostics.UnreachableException("A recipe has no arm [this is a bug in ActorFlow].");
        }
    }

    private TaskRegistry LoadTasks()
    {
        var registry = new TaskRegistry();
        foreach (var path in _assemblies) registry.AddAssembly(LoadedAssembly.Load(path));
        return registry;
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("name", _name);
        writer.WriteString("directory", _directory);
        writer.WriteNumber("timeScale", _timeScale);
        writer.WriteBoolean("failFast", _failFast);
        writer.WriteStartArray("assemblies");
        foreach (var path in _assemblies) writer.WriteStringValue(path);
        writer.WriteEndArray();
        writer.WriteStartObject("uses");
        foreach (var (name, meant) in _uses) writer.WriteString(name, meant);
        writer.WriteEndObject();
        writer.WriteBase64String("content", Compress(_content));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}

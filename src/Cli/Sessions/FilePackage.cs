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
    private readonly Dictionary<string, string> _uses;
    private readonly FlowFiles _files;
    private MadeServices? _services;

    private FilePackage(
        byte[] content, string name, FlowFiles files, double timeScale, bool failFast,
        IReadOnlyList<string> assemblies, Dictionary<string, string>? uses = null)
    {
        _uses = uses ?? new(StringComparer.Ordinal);
        _files = files;
        _content = content;
        _name = name;
        Directory = files.Directory;
        _timeScale = timeScale;
        _failFast = failFast;
        _assemblies = assemblies;
        var source = FlowFile.Parse(content, name, files);
        Inputs = new DeclaredInputs(source.Draft.Name, source.Inputs);
        Telling = source.Telling;
        _source = source;
    }

    public override DeclaredInputs Inputs { get; }

    public override FlowTelling Telling { get; }

    public override string Directory { get; }

    public override MadeServices? Services => _services;

    public override IReadOnlyList<SeenService> NamedServices => _source is null ? [] : SeenServices.Of(_source);

    public static FilePackage FromFile(
        string path, double timeScale, bool failFast, IReadOnlyList<string>? assemblies) =>
        new(FlowFile.Read(path), path, FlowFiles.OnDisk(Environment.CurrentDirectory), timeScale, failFast,
            [.. (assemblies ?? []).Select(Path.GetFullPath)]);

    // The job keeps what was in the file when it was submitted: now it may be another.
    public override JobPackage Anew(string? flow)
    {
        if (flow is not null && FlowTarget.Parse(flow).IsAssembly) return Of(flow, failFast: _failFast);
        var path = flow is null ? Path.Combine(Directory, _name) : Path.GetFullPath(flow);
        if (flow is null && !File.Exists(path))
            throw new ActorFlowException($"The flow file '{path}' is not there any more: name it with --flow.");
        return new FilePackage(
            FlowFile.Read(path), path, FlowFiles.OnDisk(Directory), _timeScale, _failFast, _assemblies);
    }

    public static FilePackage FromJson(JsonElement root) => new(
        Unpack(root.GetProperty("content")),
        TextOf(root.GetProperty("name")),
        FlowFiles.Kept(TextOf(root.GetProperty("directory")), FilesOf(root)), ScaleOf(root.GetProperty("timeScale")),
        root.GetProperty("failFast").GetBoolean(), [.. root.GetProperty("assemblies").EnumerateArray().Select(TextOf)],
        UsesOf(root));

    private static byte[] Unpack(JsonElement packed) =>
        FlowFile.Unpack(new MemoryStream(packed.GetBytesFromBase64()), "content");

    // Jobs of a flow without other files have none.
    private static Dictionary<string, byte[]> FilesOf(JsonElement root) => root.TryGetProperty("files", out var files)
        ? files.EnumerateObject().ToDictionary(each => each.Name, each => Unpack(each.Value), StringComparer.Ordinal)
        : [];

    private static double ScaleOf(JsonElement value) =>
        value.GetDouble() is >= 0 and <= double.MaxValue and var scale
            ? scale
            : throw new FormatException($"The time scale is {value.GetRawText()}.");

    private static Dictionary<string, string>? UsesOf(JsonElement root) => root.TryGetProperty("uses", out var uses)
        ? uses.EnumerateObject().ToDictionary(each => each.Name, each => TextOf(each.Value), StringComparer.Ordinal)
        : null;

    public override Flow Define() =>
        _source is { } source ? FlowCompiler.Define(source) : Executable().Definition;

    protected override ExecutableFlow Build(TaskLogFiles? logs)
    {
        var assemblies = _assemblies.Select(LoadedAssembly.Load).ToList();
        var compiler = new FlowCompiler
        {
            Directory = Directory,
            TimeScale = _timeScale,
            Registry = TasksOf(assemblies),
            Types = new ServiceTypes(assemblies),
            Uses = _uses,
            Logs = logs,
        };
        _services = compiler.Made;
        var source = _source!;
        // A job may have a million tasks: what it was made of does not stay in memory beside it.
        _source = null;
        if (_failFast) source.Draft.Policy = source.Draft.Policy with { FailFast = true };
        return compiler.Compile(source, () => Pack(Write)).CheckingInput((_, input) => RequireRecorded(input));
    }

    private void RequireRecorded(Payload input)
    {
        ReadInput(input, []);
        FlowInput.RequireRecorded(Inputs, input);
    }

    private static TaskRegistry TasksOf(IEnumerable<System.Reflection.Assembly> assemblies)
    {
        var registry = new TaskRegistry();
        foreach (var assembly in assemblies) registry.AddAssembly(assembly);
        return registry;
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("name", _name);
        writer.WriteString("directory", Directory);
        writer.WriteNumber("timeScale", _timeScale);
        writer.WriteBoolean("failFast", _failFast);
        writer.WriteStartArray("assemblies");
        foreach (var path in _assemblies) writer.WriteStringValue(path);
        writer.WriteEndArray();
        writer.WriteStartObject("uses");
        foreach (var (name, meant) in _uses) writer.WriteString(name, meant);
        writer.WriteEndObject();
        writer.WriteBase64String("content", Compress(_content));
        if (_files.Read.Count == 0) return;
        writer.WriteStartObject("files");
        foreach (var (path, content) in _files.Read) writer.WriteBase64String(path, Compress(content));
        writer.WriteEndObject();
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}

using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>The flows that tasks of a file can run: those under <c>flows</c>, and those that it imports.</summary>
internal sealed class YamlFlows
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json", ".gz"];

    private readonly Dictionary<string, Func<FlowSource?>> _flows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FlowSource?> _read = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly string _ownName;
    private readonly YamlFaults _faults;
    private readonly FlowReading _reading;

    // Under which names there would be what could not be imported; null for a name that nobody knows.
    private readonly List<string?> _missing = [];

    /// <summary>Reads <c>flows</c> and <c>import</c>; the flows themselves when they are asked for.</summary>
    /// <param name="file">The mapping of the file.</param>
    /// <param name="shown">The file's name in messages.</param>
    /// <param name="path">The file.</param>
    /// <param name="ownName">The name of the file's own flow.</param>
    /// <param name="reading">What all files share.</param>
    /// <param name="services">The services of what the file stands in; null for none.</param>
    public YamlFlows(
        YamlFields file, string shown, string path, string ownName, FlowReading reading, ServiceScope? services)
    {
        Shown = shown;
        _path = path;
        _ownName = ownName;
        _faults = file.Faults;
        _reading = reading;
        Services = YamlServices.Read(file, services);
        if (file.Find("flows") is YamlMappingNode mapping)
            foreach (var (key, node) in mapping.Children) AddNamed(key, node);
        else if (file.Find("flows") is { } other) file.Report(other, "'flows' is a mapping of names to flows.");
        Import(file);
    }

    /// <summary>The file's name in messages.</summary>
    public string Shown { get; }

    /// <summary>The services of the file, which all flows in it see; null for none.</summary>
    public ServiceScope? Services { get; }

    /// <summary>Whether there are none, and none are missing.</summary>
    public bool IsEmpty => _flows.Count == 0 && _missing.Count == 0;

    /// <summary>Reads those too that no task runs.</summary>
    public void ReadAll()
    {
        foreach (var name in _flows.Keys) _ = Read(name, out _);
    }

    /// <summary>The flow that a task runs, by name, in a file, or written there; null if it has faults.</summary>
    public FlowSource? Find(YamlNode node, YamlScope scope)
    {
        if (node is YamlMappingNode) return YamlFlow.ReadNested(node, scope.Task, scope.Services, this, _reading);
        if (node is not YamlScalarNode { Value: { Length: > 0 } name } scalar)
        {
            scope.Report(node, "'flow' is the name of a flow, a file, or a mapping with 'tasks'.");
            return null;
        }

        if (_flows.ContainsKey(name))
        {
            var found = Read(name, out var problem);
            if (problem is { Length: > 0 }) scope.Report(node, problem, FlowFaultCode.Cycle);
            return found;
        }

        if (Array.Exists(Extensions, each => name.EndsWith(each, StringComparison.OrdinalIgnoreCase)))
            return OfFile(scalar, scope);
        if (name != _ownName) ReportUnknown(node, name, scope);
        else if (_reading.Once($"Flows run each other in a circle: {name} -> {name}.") is { Length: > 0 } circle)
            scope.Report(node, circle, FlowFaultCode.Cycle);
        return null;
    }

    private void ReportUnknown(YamlNode node, string name, YamlScope scope)
    {
        var hint = scope.Faults.Suggest(name, _flows.Keys);
        // It is told that the file is missing which may have it.
        if (_missing.Exists(missing => missing is null
            ? hint.Length == 0
            : name == missing || name.StartsWith($"{missing}.", StringComparison.Ordinal))) return;
        scope.Report(
            node, $"There is no flow '{name}': it is not under 'flows', is not imported, and names no file.{hint}",
            FlowFaultCode.UnknownFlow);
    }

    /// <summary>The values of a file with a mapping; none if it cannot be read, which is reported.</summary>
    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Values(YamlScalarNode node, YamlFaults faults, string task) =>
        _reading.Values(node, _path, faults, task);

    private FlowSource? OfFile(YamlScalarNode node, YamlScope scope)
    {
        if (_reading.Load(node, _path, scope.Faults, scope.Task) is not { } file) return null;
        if (file.HasFlow) return file.Source;
        scope.Report(node, $"'{node.Value}' has no tasks of its own; import it, and name one of its flows.",
            FlowFaultCode.NoTasks);
        return null;
    }

    private FlowSource? Read(string name, out string? problem)
    {
        problem = null;
        if (_read.TryGetValue(name, out var known)) return known;
        var read = _reading.Enter($"{_path}\n{name}", name, _flows[name], out problem);
        // What is in a circle is told once, where it closes.
        if (problem is null) _read[name] = read;
        return read;
    }

    private void AddNamed(YamlNode key, YamlNode node)
    {
        var name = _faults.Name(key);
        Add(key, name, () => YamlFlow.ReadNested(node, name, Services, this, _reading));
    }

    private void Import(YamlFields file)
    {
        switch (file.Find("import"))
        {
            case null: break;
            case YamlScalarNode one: Import(one, name: null, one); break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) Import(item, name: null, item);
                break;
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children) Import(key, _faults.Name(key), value);
                break;
        }
    }

    private void Import(YamlNode at, string? name, YamlNode node)
    {
        if (node is not YamlScalarNode { Value.Length: > 0 } path)
        {
            _faults.Report(node, "'import' is a file, a list of files, or a mapping of names to files.");
            return;
        }

        if (_reading.Load(path, _path, _faults, task: null) is not { } file)
        {
            _missing.Add(name);
            return;
        }

        var own = name ?? file.Source.Draft.Name;
        if (file.HasFlow) Add(at, own, () => file.Source);
        foreach (var (other, _) in file.Flows?._flows ?? [])
            Add(at, $"{own}.{other}", () => file.Flows!.Read(other, out _));
    }

    private void Add(YamlNode at, string name, Func<FlowSource?> read)
    {
        if (name == _ownName || !_flows.TryAdd(name, read))
            _faults.Report(
                at, $"There are two flows '{name}' here; give one another name.", code: FlowFaultCode.DuplicateName);
    }
}

using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>A file with flows that was read.</summary>
/// <param name="Source">The flow of the file.</param>
/// <param name="Flows">The flows that it names besides; null if it is of a kind that has none.</param>
internal sealed record LoadedFile(FlowSource Source, YamlFlows? Flows)
{
    /// <summary>Whether the flow of the file can be run: a file may be there for its other flows only.</summary>
    public bool HasFlow => Source.Draft.Tasks.Count > 0 || Flows is null || Flows.IsEmpty;
}

/// <summary>What all flows of one reading share: the files, those that are being read, and what was found.</summary>
/// <param name="files">Where files are read from; null if none may be named.</param>
internal sealed class FlowReading(FlowFiles? files)
{
    /// <summary>How deep flows may run others.</summary>
    public const int MostOpen = 32;

    private readonly Dictionary<string, LoadedFile?> _loaded = new(StringComparer.Ordinal);
    private readonly List<(string Key, string Name)> _open = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private long _valueBytes;

    /// <summary>All flows but those of single parts, in the order in which they were read.</summary>
    public List<FlowSource> Found { get; } = [];

    /// <summary>Whether a flow around may replace what tasks give that failed, in a flow that is being read.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Reads something, unless it is being read already or lies too deep.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="problem">Why it was not read; empty if that has been told, null if it was read.</param>
    public T? Enter<T>(string key, string name, Func<T?> read, out string? problem) where T : class
    {
        problem = null;
        var at = _open.FindIndex(each => each.Key == key);
        if (at >= 0)
        {
            var circle = _open.Skip(at).Select(each => each.Name).Append(name);
            problem = Once($"Flows run each other in a circle: {string.Join(" -> ", circle)}.");
            return null;
        }

        if (_open.Count >= MostOpen)
        {
            problem = Once($"Flows run each other more than {MostOpen} deep.");
            return null;
        }

        _open.Add((key, name));
        try
        {
            return read();
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    /// <summary>A message where it is told first, and nothing where it is told again.</summary>
    public string Once(string problem) => _told.Add(problem) ? problem : "";

    /// <summary>The flows of another file; null if it cannot be read, which is reported.</summary>
    /// <param name="node">Where it is named, relative to the file that this stands in.</param>
    /// <param name="from">That file.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="task">The task that names it, if any.</param>
    public LoadedFile? Load(YamlScalarNode node, string from, YamlFaults faults, string? task)
    {
        return Try(node, from, faults, task, (path, shown, content) =>
        {
            if (_loaded.TryGetValue(path, out var known)) return known;
            var read = Enter(path, shown, () => ReadOnce(content, shown, path), out var problem);
            if (problem is { Length: > 0 }) faults.Report(node, problem, task, FlowFaultCode.Cycle);
            if (problem is null) _loaded[path] = read;
            if (read is { HasFlow: false }) faults.Add(read.Source.Draft.Faults);
            return read;
        });
    }

    /// <summary>The values of a file with a mapping; none if it cannot be read, which is reported.</summary>
    /// <inheritdoc cref="Load" path="/param"/>
    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Values(
        YamlScalarNode node, string from, YamlFaults faults, string task)
    {
        var values = Try(node, from, faults, task, (_, shown, content) =>
        {
            // Each task has them for itself.
            _valueBytes += content.Length;
            return _valueBytes <= Limits.PayloadBytes
                ? YamlText.Parse(content, shown, "An input file is a mapping of names to values.")
                : throw new ActorFlowException(
                    $"The input files of all tasks have at most {Limits.PayloadBytes} bytes together, and count for "
                    + "each task that names them.");
        });
        return values is null ? [] : values.Children;
    }

    private T? Try<T>(
        YamlScalarNode node, string from, YamlFaults faults, string? task, Func<string, string, byte[], T?> read)
        where T : class
    {
        if (files is null)
        {
            faults.Report(
                node, $"'{node.Value}' cannot be read: here a flow has one file.", task, FlowFaultCode.UnreadableFile);
            return null;
        }

        try
        {
            var path = files.PathOf(node.Value!, from);
            return read(path, files.Shown(path), files.Content(path));
        }
        catch (FlowDefinitionException e)
        {
            faults.Add(e.Faults);
        }
        catch (Exception e) when (e is ActorFlowException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            faults.Report(node, e.Message, task, FlowFaultCode.UnreadableFile);
        }

        return null;
    }

    // What cannot be read is told where it is named first, and is not read again for all others.
    private LoadedFile ReadOnce(byte[] content, string shown, string path)
    {
        try
        {
            return Read(content, shown, path);
        }
        catch (FlowDefinitionException)
        {
            _loaded[path] = null;
            throw;
        }
    }

    private LoadedFile Read(byte[] content, string shown, string path)
    {
        if (content.AsSpan().StartsWith("\uFEFF"u8)) content = content[3..];
        return WorkflowInstance.IsOne(content)
            ? new LoadedFile(WorkflowInstance.Parse(content, shown), null)
            : YamlFlow.Read(content, shown, path, this);
    }
}

using System.Security.Cryptography;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>
/// Everything that a run of a task depends on, as it is now, compared with how it was at the last run.
/// </summary>
internal sealed class RunInputs
{
    private readonly string _identity;
    private readonly string _inputs;
    private readonly string? _given;
    private readonly IReadOnlyList<string> _writes;
    private readonly Dictionary<string, string?> _upstream;

    /// <summary>Looks at everything.</summary>
    /// <exception cref="RunFileException">A file that was named is not there.</exception>
    public RunInputs(TaskCall call, RunPlan plan, string directory, LastRun? last)
    {
        Directory = directory;
        _given = plan.Directory is null ? null : directory;
        _writes = [.. plan.WritePatterns(call)];
        _identity = plan.Identity;
        _inputs = Convert.ToHexStringLower(SHA256.HashData(plan.Inputs(call)));
        _upstream = call.UpstreamNotes.ToDictionary(
            up => up.Key, up => up.Value?.Stamp, StringComparer.OrdinalIgnoreCase);
        Reads = Marks(call, plan, last);
    }

    /// <summary>The run directory.</summary>
    public string Directory { get; }

    /// <summary>The declared files that the run reads.</summary>
    public IReadOnlyList<FileMark> Reads { get; }

    /// <summary>
    /// Whether something that the task needs, or what it takes from there, is not as it was at its last run.
    /// </summary>
    public bool HaveChangedSince(LastRun? last) =>
        last is null || _inputs != last.Inputs || ChangedUpstream(last) is not null;

    /// <summary>Why the task is to run: the first thing that is not as the last run left it; null if all is.</summary>
    public string? WhyNotUpToDate(LastRun? last)
    {
        if (last is null) return "there was no run before, or its state is lost";
        if (!last.Succeeded) return "the last run did not succeed";
        if (last.Identity != _identity) return "the task is another one, or has another version";
        if (last.Inputs != _inputs) return "its input is another one";
        if (last.Directory != _given) return "its run directory is another one";
        if (ChangedUpstream(last) is { } upstream) return $"'{upstream}' may have changed something";
        return ChangedRead(last) is { } read ? $"input file {read} changed"
            : ChangedWrite(last) is { } written ? $"output file {written} is gone or was changed"
            : MissingWrite() is { } missing ? $"there is no output file '{missing}'"
            : null;
    }

    /// <summary>The state of a run on these inputs.</summary>
    public LastRun ToRun(string job, string stamp, string output) => new()
    {
        Job = job,
        Directory = _given,
        Identity = _identity,
        Inputs = _inputs,
        Stamp = stamp,
        Output = output,
        Upstream = _upstream,
        Reads = Reads,
        Succeeded = true,
    };

    // One that does not name the state it left may have done anything.
    private string? ChangedUpstream(LastRun last)
    {
        foreach (var (name, stamp) in _upstream)
            if (stamp is null || last.Upstream.GetValueOrDefault(name) != stamp) return name;
        return last.Upstream.Keys.FirstOrDefault(name => !_upstream.ContainsKey(name));
    }

    private string? ChangedRead(LastRun last)
    {
        var before = last.Reads.ToDictionary(mark => mark.Path, StringComparer.Ordinal);
        foreach (var mark in Reads)
            if (!before.Remove(mark.Path, out var known) || !known.Matches(mark)) return mark.Path;
        return before.Keys.FirstOrDefault() ?? Changed(last.FurtherReads);
    }

    private static string? ChangedWrite(LastRun last) => Changed(last.Writes);

    // The last run may have been declared to write less.
    private string? MissingWrite() =>
        _writes.FirstOrDefault(pattern => !FileGlob.Find(Directory, pattern).Any(File.Exists));

    private static string? Changed(IReadOnlyList<FileMark> marks) =>
        marks.FirstOrDefault(mark => !mark.Matches(FileMark.Of(mark.Path, mark)))?.Path;

    private static List<FileMark> Marks(TaskCall call, RunPlan plan, LastRun? last)
    {
        var known = (last?.Reads ?? []).ToDictionary(mark => mark.Path, StringComparer.Ordinal);
        var below = Path.GetFullPath(plan.Options.InputDirectory ?? System.IO.Directory.GetCurrentDirectory());
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in plan.ReadPatterns(call))
        {
            foreach (var path in FileGlob.Find(below, pattern))
            {
                if (!File.Exists(path))
                    throw new RunFileException(
                        $"Task '{call.Task.Name}' reads the file {path}, and it is not there. A file that need not be "
                        + "there is named by a pattern.");
                paths.Add(path);
            }
        }

        return [.. paths.Select(path => FileMark.Of(path, known.GetValueOrDefault(path)))];
    }
}

/// <summary>A file that a task was declared to read or write is not there.</summary>
public sealed class RunFileException : ActorFlowException
{
    internal RunFileException(string message) : base(message) { }
}

using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>Scratch directories that are nothing but their names; each must go with its attempt.</summary>
internal sealed class SimulatedScratch : IScratchSpace
{
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _files = new(StringComparer.Ordinal);

    public IEnumerable<string> There => _there;

    public string Create(JobId job, string task, int attempt)
    {
        var path = $"/scratch/{job}/{task}.{attempt}";
        _there.Add(path);
        return path;
    }

    public Task<string> WriteAsync(
        string directory, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = ScratchPath.In(directory, path);
        _files[file] = content.Length;
        return Task.FromResult(file);
    }

    public (IReadOnlyList<KeptFile> Files, int More) List(string directory, int most)
    {
        var files = _files.Where(file => file.Key.StartsWith(directory + "/", StringComparison.Ordinal))
            .Select(file => new KeptFile(file.Key[(directory.Length + 1)..], file.Value)).ToList();
        return ([.. files.Take(most)], Math.Max(0, files.Count - most));
    }

    public void Delete(string directory)
    {
        _there.Remove(directory);
        foreach (var file in _files.Keys.Where(f => f.StartsWith(directory + "/", StringComparison.Ordinal)).ToList())
            _files.Remove(file);
    }
}

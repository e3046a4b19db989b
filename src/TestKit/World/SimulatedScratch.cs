using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>Scratch directories that are nothing but their names; each must go with its attempt.</summary>
internal sealed class SimulatedScratch : IScratchSpace
{
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);

    public IEnumerable<string> There => _there;

    public string Create(JobId job, string task, int attempt)
    {
        var path = $"/scratch/{job}/{task}.{attempt}";
        _there.Add(path);
        return path;
    }

    public void Delete(string directory) => _there.Remove(directory);
}

namespace ActorFlow.Actors;

/// <summary>Port: directories for attempts that want one.</summary>
public interface IScratchSpace
{
    /// <summary>Makes an empty directory for one attempt and names it.</summary>
    string Create(JobId job, string task, int attempt);

    /// <summary>Writes a file in it, with the directories on the way; one that is there is replaced.</summary>
    /// <param name="directory">A directory that was made here.</param>
    /// <param name="path">The path of the file from there.</param>
    /// <param name="content">What is to be in it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The whole path of the file.</returns>
    /// <exception cref="ActorFlowException">The path leads out of the directory.</exception>
    Task<string> WriteAsync(
        string directory, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Lists the files in it, by their paths, and counts those beyond the most that are wanted.</summary>
    (IReadOnlyList<KeptFile> Files, int More) List(string directory, int most);

    /// <summary>Removes it with all that is in it.</summary>
    void Delete(string directory);
}

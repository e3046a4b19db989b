namespace ActorFlow;

/// <summary>What is left of an attempt in the scratch directory that it kept.</summary>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Directory">The directory.</param>
/// <param name="Files">The files in it, by their paths.</param>
/// <param name="More">How many more files there are: <see cref="Limits.KeptFiles"/> are listed.</param>
public sealed record KeptFiles(int Attempt, string Directory, IReadOnlyList<KeptFile> Files, int More);

/// <summary>A file that an attempt has left.</summary>
/// <param name="Path">Its path below the directory, with <c>/</c> between names.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record KeptFile(string Path, long Bytes);

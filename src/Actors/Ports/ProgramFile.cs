namespace ActorFlow.Actors;

/// <summary>Finds programs as a shell does, so that one that is not there is told before anything is started.</summary>
internal static class ProgramFile
{
    /// <summary>What to start: a path as it is, or a name that is somewhere along the path.</summary>
    /// <exception cref="ProcessStartException">There is no such program, or no such directory to run it in.</exception>
    public static string Find(ProcessStart start)
    {
        if (!Directory.Exists(start.Directory))
            throw new ProcessStartException($"There is no directory '{start.Directory}' to run it in.");
        var name = start.FileName;
        if (name.Length == 0) throw new ProcessStartException("The name of the program is empty.");
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(Path.Combine(start.Directory, name))
                ? name
                : throw new ProcessStartException($"There is no program '{name}', seen from '{start.Directory}'.");
        }

        var path = start.Environment.TryGetValue("PATH", out var own)
            ? own
            : Environment.GetEnvironmentVariable("PATH");
        return (path ?? "").Split(':').Any(directory => File.Exists(Path.Combine(start.Directory, directory, name)))
            ? name
            : throw new ProcessStartException($"There is no program '{name}' along PATH, which is '{path}'.");
    }
}

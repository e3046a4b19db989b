namespace ActorFlow.Actors;

/// <summary>Directories and files of tasks that stay from job to job, below one directory.</summary>
/// <param name="root">The directory; made when first needed.</param>
public sealed class RunSpace(string root)
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);

    /// <summary>The directory of a task of a flow.</summary>
    public string DirectoryOf(string flow, string task) =>
        Path.Combine(root, FileNames.Safe(flow), FileNames.Safe(task));

    /// <summary>The file with the state of the last run of a task.</summary>
    public string StateFileOf(string flow, string task) =>
        Path.Combine(root, FileNames.Safe(flow), $"{FileNames.Safe(task)}.run.json");

    /// <summary>Waits until nobody else in this process works on the run of a task.</summary>
    /// <param name="stateFile">The file with its state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Lets the next one in when it is disposed.</returns>
    public async ValueTask<IDisposable> EnterAsync(string stateFile, CancellationToken cancellationToken)
    {
        Gate? gate;
        lock (_gates)
        {
            if (!_gates.TryGetValue(stateFile, out gate)) _gates[stateFile] = gate = new Gate(this, stateFile);
            gate.Users++;
        }

        try
        {
            await gate.Open.WaitAsync(cancellationToken).ConfigureAwait(false);
            return gate;
        }
        catch
        {
            Leave(gate);
            throw;
        }
    }

    // A gate is there as long as somebody is at it: there may be as many tasks as jobs ever had.
    private void Leave(Gate gate)
    {
        lock (_gates)
            if (--gate.Users == 0) _gates.Remove(gate.StateFile);
    }

    private sealed class Gate(RunSpace space, string stateFile) : IDisposable
    {
        public SemaphoreSlim Open { get; } = new(1);

        public string StateFile { get; } = stateFile;

        public int Users { get; set; }

        public void Dispose()
        {
            Open.Release();
            space.Leave(this);
        }
    }
}

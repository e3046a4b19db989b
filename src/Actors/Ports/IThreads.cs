namespace ActorFlow.Actors;

/// <summary>Something that a thread can run.</summary>
public interface IWork
{
    /// <summary>Runs it. Must not throw.</summary>
    void Execute();
}

/// <summary>
/// Port: where supervisors and user code run. The real one has threads; a simulated one has a seeded list.
/// </summary>
/// <remarks>
/// Supervisors and user code never share a queue: user code that blocks every one of its threads holds up no
/// supervisor.
/// </remarks>
public interface IThreads : IDisposable
{
    /// <summary>Runs a supervisor's turn soon, never behind user code.</summary>
    void Supervise(IWork turn);

    /// <summary>Runs a user's callback aside, where it can block nobody.</summary>
    void RunAside(Action callback);

    /// <summary>Makes the workers of a pool.</summary>
    IWorkers StartWorkers(Pool pool);
}

/// <summary>Port: the threads that run the attempts of one pool, by calling <see cref="Pool.TryTake"/>.</summary>
public interface IWorkers
{
    /// <summary>There are attempts to take.</summary>
    /// <param name="ready">How many attempts wait.</param>
    /// <param name="free">
    /// How many more may run at once; a worker that calls between two attempts has its own place.
    /// </param>
    void Wake(int ready, int free);

    /// <summary>A worker is stuck in an attempt that was abandoned: another is to take its place.</summary>
    void Replace();
}

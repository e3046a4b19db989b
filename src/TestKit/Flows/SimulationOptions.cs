using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>What a simulation lets happen to a flow. All of it happens by default.</summary>
public sealed record SimulationOptions
{
    /// <summary>The first seed. The default is 1.</summary>
    public int FirstSeed { get; init; } = 1;

    /// <summary>Whether the process dies now and then, or the machine with all that is not synced.</summary>
    public bool Crashes { get; init; } = true;

    /// <summary>Whether attempts fail, before their code runs or after it.</summary>
    public bool Failures { get; init; } = true;

    /// <summary>Whether attempts take a while, by the virtual clock.</summary>
    public bool Delays { get; init; } = true;

    /// <summary>Whether attempts hang that have a time-out.</summary>
    public bool Hangs { get; init; } = true;

    /// <summary>
    /// What an attempt of a task fails with. The default is <see cref="InjectedFailureException"/>; give what the retry
    /// policies of the flow know.
    /// </summary>
    public Func<FlowTask, Exception> Failure { get; init; } = task => new InjectedFailureException(task.Name);

    /// <summary>
    /// What some tasks do instead of running their code, by name. A <c>*</c> stands for anything: <c>m[*]</c> is every
    /// item of a map. One that gives another type than its task lets the task fail. The default is none.
    /// </summary>
    public IReadOnlyDictionary<string, Func<TaskCall, object?>> Stubs { get; init; } =
        new Dictionary<string, Func<TaskCall, object?>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How long, by the real clock, an attempt may wait for something outside of the simulation. The default is 5
    /// seconds.
    /// </summary>
    public TimeSpan OutsideLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How values are written as JSON: what the engine has as <c>ActorFlowOptions.Json</c>. The default is that of the
    /// engine.
    /// </summary>
    public JsonSerializerOptions? Json { get; init; }

    internal JsonPayloadCodec Codec => new(Json);

    /// <summary>What attempts get as <see cref="TaskContext.Services"/>. The default is nothing.</summary>
    public IServiceProvider? Services { get; init; }
}

/// <summary>A failure that a simulation has brought about.</summary>
public sealed class InjectedFailureException(string task)
    : ActorFlowException($"The simulation lets an attempt of task '{task}' fail.");

/// <summary>A run of a simulation broke an invariant.</summary>
public sealed class FlowSimulationException : ActorFlowException
{
    internal FlowSimulationException(int seed, Exception failure, string story)
        : base($"Seed {seed}: {failure.Message}\nThe shortest run that was found:\n{story}"
            + $"To play the seed again: FlowSimulator.Replay(flow, {seed}, ...)", failure)
    {
        Seed = seed;
        Story = story;
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The shortest run that was found to break an invariant: what happened and what was done to it.</summary>
    public string Story { get; }
}

/// <summary>What a simulation went through.</summary>
/// <param name="Seeds">How many runs there were.</param>
/// <param name="Crashes">How often a process died, in all of them.</param>
/// <param name="Injected">How many attempts failed or hung because the simulation wanted it.</param>
/// <param name="Outcomes">How many jobs ended how.</param>
public sealed record SimulationResult(
    int Seeds, int Crashes, int Injected, IReadOnlyDictionary<JobPhase, int> Outcomes);

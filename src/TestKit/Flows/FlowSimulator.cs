using ActorFlow.Actors;

namespace ActorFlow.TestKit;

/// <summary>
/// Runs a flow through random schedules, failures, hangs and crashes, each run out of one seed, and checks that it
/// keeps its invariants.
/// </summary>
/// <remarks>
/// The whole engine runs on one thread with a virtual clock and a disk that forgets what was not synced. The same seed
/// gives the same run as long as the code of the tasks does: let it take times from the context's clock, and no random
/// numbers of its own. What talks to the world outside is better replaced, by services or by stubs.
/// </remarks>
public static class FlowSimulator
{
    /// <summary>How many runs are spent on shortening one that fails.</summary>
    private const int Attempts = 1000;

    /// <summary>Runs a flow under many seeds.</summary>
    /// <param name="flow">The flow; a typed one has it as its <c>Executable</c>.</param>
    /// <param name="seeds">How many runs.</param>
    /// <param name="input">The job's input; null for none.</param>
    /// <param name="invariant">Throws if the end of a run is not as it must be; called for each.</param>
    /// <param name="options">What is let happen; everything if null.</param>
    /// <returns>What the runs went through.</returns>
    /// <exception cref="FlowSimulationException">A run broke an invariant, of the caller's or the engine's.</exception>
    /// <exception cref="JobRejectedException">The flow cannot read the input.</exception>
    public static SimulationResult Run(
        ExecutableFlow flow, int seeds = 1000, object? input = null, Action<FlowRun>? invariant = null,
        SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        options ??= new SimulationOptions();
        var (crashes, injected) = (0, 0);
        var outcomes = new SortedDictionary<JobPhase, int>();
        for (var seed = options.FirstSeed; seed < options.FirstSeed + seeds; seed++)
        {
            using var run = Live(new Choices(seed));
            if (run.Failure is not null) throw Shortened(seed, run);
            crashes += run.Crashes;
            injected += run.Injected;
            outcomes[run.Outcome] = outcomes.GetValueOrDefault(run.Outcome) + 1;
        }

        return new SimulationResult(seeds, crashes, injected, outcomes);

        FlowSimulation Live(Choices choices) => FlowSimulation.Live(flow, input, invariant, options, choices);

        FlowSimulationException Shortened(int seed, FlowSimulation run)
        {
            var shortest = Shrinker.Shrink(run.Choices.Taken, numbers =>
            {
                using var shorter = Live(new Choices(numbers));
                return shorter.Failure is null ? null : shorter.Choices.Taken;
            }, Attempts);
            using var last = Live(new Choices(shortest));
            return last.Failure is null
                ? new FlowSimulationException(seed, run.Failure!, run.Story)
                : new FlowSimulationException(seed, last.Failure, last.Story);
        }
    }

    /// <summary>Plays one seed again.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="input">The job's input; null for none.</param>
    /// <param name="options">What is let happen: as in the run that is played again.</param>
    /// <returns>All that happened and what was done to it, a line each.</returns>
    /// <exception cref="JobRejectedException">The flow cannot read the input.</exception>
    public static string Replay(
        ExecutableFlow flow, int seed, object? input = null, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        using var run = FlowSimulation.Live(
            flow, input, invariant: null, options ?? new SimulationOptions(), new Choices(seed));
        return run.Story;
    }
}

namespace ActorFlow;

/// <summary>States in the making: in each a flow runs, and what comes of it decides which is next.</summary>
/// <typeparam name="T">What goes from state to state.</typeparam>
public sealed class StateMachine<T>
{
    private readonly List<MachineState<T>> _states = [];

    internal StateMachine() { }

    internal IReadOnlyList<MachineState<T>> States => _states;

    /// <summary>Adds a state; the first is where it starts.</summary>
    /// <param name="name">Its name; the visits are called <c>TASK.name[0]</c>, <c>TASK.name[1]</c>…</param>
    /// <param name="flow">What runs in it, on what came out of the state before.</param>
    public MachineState<T> State(string name, Flow<T, T> flow)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(flow);
        var state = new MachineState<T>(this, name, flow);
        _states.Add(state);
        return state;
    }

    internal IEnumerable<string> Problems()
    {
        if (_states.Count == 0) yield return "has no states; add one at least.";
        foreach (var twice in _states.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return $"has {twice.Count()} states '{twice.Key}'; names must differ.";
        foreach (var state in _states)
        {
            if (state.Name.Length == 0 || state.Name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
                yield return $"has a state '{state.Name}'; a state's name is not empty and has no white space.";
            foreach (var foreign in state.Targets.Where(target => target.Machine != this))
                yield return $"goes from state '{state.Name}' to '{foreign.Name}' of another machine.";
        }
    }
}

/// <summary>A state in the making.</summary>
/// <typeparam name="T">What goes from state to state.</typeparam>
public sealed class MachineState<T>
{
    private readonly List<(Func<T, bool> When, MachineState<T> To)> _ways = [];

    internal MachineState(StateMachine<T> machine, string name, Flow<T, T> flow) =>
        (Machine, Name, Flow) = (machine, name, flow);

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal StateMachine<T> Machine { get; }

    internal Flow<T, T> Flow { get; }

    internal IEnumerable<MachineState<T>> Targets => _ways.Select(way => way.To);

    /// <summary>Goes to another state, or to the same, where a condition holds; the first that holds counts.</summary>
    /// <param name="to">The state.</param>
    /// <param name="when">Looks at what came out of this state.</param>
    public MachineState<T> GoTo(MachineState<T> to, Func<T, bool> when)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(when);
        _ways.Add((when, to));
        return this;
    }

    /// <summary>Goes to a state if none of the conditions before holds.</summary>
    public MachineState<T> GoTo(MachineState<T> to) => GoTo(to, static _ => true);

    /// <summary>The next state; null where no condition holds, and that is the end.</summary>
    internal MachineState<T>? Next(T value)
    {
        foreach (var (when, to) in _ways)
            if (when(value)) return to;
        return null;
    }
}

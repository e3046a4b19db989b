using System.Globalization;

namespace ActorFlow;

/// <content>Tasks that go from state to state.</content>
public sealed partial class FlowBuilder<TIn>
{
    /// <summary>
    /// Adds a task that goes from state to state until none of a state's conditions holds, and gives what came out of
    /// the last.
    /// </summary>
    /// <param name="name">The task's name.</param>
    /// <param name="initial">Where the first state's input comes from.</param>
    /// <param name="define">Adds the states and says how they follow each other.</param>
    /// <param name="maxVisits">More visits than these are a failure. The default is 10,000.</param>
    public TaskHandle<T> States<T>(
        string name, Source<T> initial, Action<StateMachine<T>> define, int maxVisits = MostRounds)
    {
        ArgumentNullException.ThrowIfNull(define);
        var machine = new StateMachine<T>();
        define(machine);
        var states = machine.States;
        var plan = Begin(name, define, 1, $"states:{string.Join(',', states.Select(state => state.Name))}")
            .Bind(initial, out var read);
        foreach (var problem in machine.Problems()) _plan.Report(plan.Fault(FlowFaultCode.BadPolicy, problem));
        RefuseTimeouts(plan, [.. states.Select(state => state.Flow)]);
        return plan.Expanding<T>([.. states.Select(state => state.Flow)], call =>
        {
            if (call.LastStep is not { } step) return Visit(states[0], read(call), 0);
            if (step.IsSkipped) return call.Skip();
            var value = PartResults.ValueOf<T>(call, step.Result);
            var next = states[step.Expansion.Parts[0].Template].Next(value);
            if (next is null) return call.Encode(value);
            if (step.Number + 1 >= maxVisits)
                throw new ActorFlowException(
                    $"Task '{call.Task.Name}' has visited {maxVisits} states and would go on to '{next.Name}'; "
                    + "allow more, or mend the conditions.");
            return Visit(next, value, step.Number + 1);

            Payload Visit(MachineState<T> state, T input, int visit)
            {
                var part = string.Create(CultureInfo.InvariantCulture, $"{state.Name}[{visit}]");
                return call.Expand(Expansions.Once(part, states.IndexOf(state), call.Encode(input), state.Flow));
            }
        });
    }
}

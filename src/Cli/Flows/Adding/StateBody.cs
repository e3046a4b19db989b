using System.Globalization;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>What runs a task that goes from state to state.</summary>
/// <param name="recipe">The states.</param>
/// <param name="flows">What runs in each.</param>
internal sealed class StateBody(TaskRecipe.States recipe, IReadOnlyList<Flow<Payload, Payload>> flows)
{
    /// <summary>Runs the flow of one state after the other.</summary>
    public static TaskBody Of(TaskRecipe.States recipe, IReadOnlyList<Flow<Payload, Payload>> flows) =>
        new ExpandingBody<Payload>(new StateBody(recipe, flows).Step, flows);

    private Payload Step(TaskCall call)
    {
        var scope = ValueScope.Of(call);
        if (call.LastStep is not { } step)
            return Visit(call, 0, JsonValues.Payload(recipe.Initial.Fill(scope)), scope, visits: 0);
        if (step.IsSkipped) return call.Skip();
        var (value, visits) = (step.Result ?? Payload.None, step.Number + 1);
        Tell(scope, value, visits);
        var ways = recipe.All[step.Expansion.Parts[0].Template].Ways;
        if (ways.FirstOrDefault(way => way.Condition?.Holds(scope.Get) != false) is not { To: var next })
            return call.Encode(value);
        if (visits < recipe.MaxVisits) return Visit(call, next, value, scope, visits);
        throw new ActorFlowException(
            $"Task '{call.Task.Name}' has visited {visits} states and would go on to '{recipe.All[next].Name}'; allow "
            + "more by 'max', or mend the conditions.");
    }

    private Payload Visit(TaskCall call, int state, Payload value, ValueScope scope, int visits)
    {
        Tell(scope, value, visits);
        var name = string.Create(CultureInfo.InvariantCulture, $"{recipe.All[state].Name}[{visits}]");
        return call.Expand(Expansions.Once(name, state, recipe.All[state].Use.Input.Of(scope), flows[state]));
    }

    private static void Tell(ValueScope scope, Payload value, int visits) =>
        scope.With(ValueScope.Value, JsonValues.Of(value)).With(ValueScope.Round, JsonValue.Create(visits));
}

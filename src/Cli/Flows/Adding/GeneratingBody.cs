using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Runs a command, has the job run the flow that it printed, and gives the result of that.</summary>
/// <param name="recipe">What the flow is given.</param>
/// <param name="command">Runs the command.</param>
/// <param name="flows">Makes the flow.</param>
internal sealed class GeneratingBody(TaskRecipe.Generated recipe, TaskBody command, GeneratedFlows flows) : TaskBody
{
    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        if (call.LastStep is { } step)
        {
            // It does nothing of its own any more: it has changed what its parts have.
            call.NoteParts();
            return PartResults.ResultOrSkip(call, step);
        }

        var printed = await command.RunAsync(call).ConfigureAwait(false);
        var (flow, source) = Read(call.Task.Name, JsonValues.Text(JsonValues.Of(printed)));
        var input = InputOf(flow.Inputs).Of(ValueScope.Of(call));
        return call.Expand(Expansions.Once(flow.Flow.Name, 0, input, flow.Flow) with { Source = source });
    }

    private (GeneratedFlow Flow, Payload Source) Read(string task, string text)
    {
        try
        {
            return flows.Read(text);
        }
        catch (FlowDefinitionException e)
        {
            throw new ProcessOutputException($"Task '{task}' generates a flow, and what it printed is none that can "
                + $"run (line and column are those of the output). {e.Message}");
        }
    }

    private PartInput InputOf(DeclaredInputs inputs) => new()
    {
        Needs = [.. recipe.Needs.Where(need => inputs.Fields?.Any(field => field.IsNamed(need)) != false)],
        With = recipe.With,
        Flow = inputs,
    };
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Runs a command and a flow for each line that it prints, and gives the list of what came out.</summary>
/// <param name="recipe">What the flow is given.</param>
/// <param name="command">Runs the command.</param>
/// <param name="each">The flow.</param>
internal sealed class StreamingBody(TaskRecipe.Streamed recipe, ShellTaskBody command, Flow<Payload, Payload> each)
    : TaskBody
{
    public override IReadOnlyList<ExecutableFlow> Templates { get; } = [each.Executable];

    public override async ValueTask<Payload> RunAsync(TaskCall call)
    {
        var items = new ItemStream<Payload, Payload>(
            call.Context, each, recipe.Buffer, "its command must print the same lines");
        return JsonValues.List(await items.RunAsync(stop => InputsAsync(call, stop)).ConfigureAwait(false));
    }

    private async IAsyncEnumerable<Payload> InputsAsync(
        TaskCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scope = ValueScope.Of(call);
        var (number, index) = (0, 0);
        await foreach (var line in command.LinesAsync(call, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (recipe.Form == ItemForm.Json && string.IsNullOrWhiteSpace(line)) continue;
            var key = index++.ToString(CultureInfo.InvariantCulture);
            yield return recipe.Each.Input.Of(
                scope.With(ValueScope.Item, ItemOf(line, number, call.Task.Name)).With(ValueScope.Key, key));
        }
    }

    private JsonNode? ItemOf(string line, int number, string task)
    {
        if (recipe.Form == ItemForm.Lines) return JsonValue.Create(line);
        try
        {
            JsonText.RequireTexts(Encoding.UTF8.GetBytes(line));
            return JsonNode.Parse(line);
        }
        catch (JsonException e)
        {
            throw new ProcessOutputException(
                $"Task '{task}' has 'stream: json', but what it printed in line {number} is no JSON: "
                + $"{JsonText.ProblemOf(e)} (column {e.BytePositionInLine + 1})");
        }
    }
}

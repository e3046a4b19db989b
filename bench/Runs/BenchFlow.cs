using ActorFlow.Actors;
using ActorFlow.Bench.Graphs;

namespace ActorFlow.Bench.Runs;

/// <summary>Makes flows of graphs.</summary>
internal static class BenchFlow
{
    /// <summary>A flow with the tasks and edges of a graph, all of which run the same body.</summary>
    public static ExecutableFlow Of(BenchGraph graph, TaskBody body)
    {
        var draft = new FlowDraft(graph.Name);
        for (var number = 0; number < graph.Tasks; number++)
        {
            var task = new TaskDraft($"t{number}") { Kind = "bench" };
            foreach (var need in graph.Upstream(number)) task.Inputs.Add(InputDraft.FromTask("", need));
            draft.Tasks.Add(task);
        }

        return new ExecutableFlow(draft.Build(), new Repeated(body, graph.Tasks));
    }

    private sealed class Repeated(TaskBody body, int count) : IReadOnlyList<TaskBody>
    {
        public int Count => count;

        public TaskBody this[int index] => body;

        public IEnumerator<TaskBody> GetEnumerator() => Enumerable.Repeat(body, count).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

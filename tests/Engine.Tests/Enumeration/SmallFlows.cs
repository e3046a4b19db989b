namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>All flows of a few tasks: every graph, and every trigger rule of every task that needs another.</summary>
internal static class SmallFlows
{
    private const int Rules = 3;

    /// <summary>Every flow of so many tasks, each after what it needs.</summary>
    /// <param name="tasks">How many.</param>
    /// <param name="kindsOfEdge">What a pair of tasks may have: none, a required edge and, of three, an optional one.
    /// </param>
    /// <param name="policy">All but the trigger rule, by the task's number.</param>
    public static IEnumerable<Flow> Of(int tasks, int kindsOfEdge, Func<int, TaskPolicy> policy)
    {
        var pairs = tasks * (tasks - 1) / 2;
        for (var edges = 0; edges < Power(kindsOfEdge, pairs); edges++)
        {
            var draft = Graph(tasks, edges, kindsOfEdge, policy);
            var ruled = draft.Tasks.FindAll(task => task.Inputs.Count > 0);
            for (var rules = 0; rules < Power(Rules, ruled.Count); rules++)
            {
                for (var i = 0; i < ruled.Count; i++)
                    ruled[i].Policy = ruled[i].Policy with { Trigger = (TriggerRule)(rules / Power(Rules, i) % Rules) };
                yield return draft.Build();
            }
        }
    }

    private static FlowDraft Graph(int tasks, int edges, int kindsOfEdge, Func<int, TaskPolicy> policy)
    {
        var draft = new FlowDraft("small");
        for (var task = 0; task < tasks; task++)
        {
            var made = new TaskDraft($"t{task}") { Policy = policy(task) };
            for (var up = 0; up < task; up++, edges /= kindsOfEdge)
                if (edges % kindsOfEdge > 0)
                    made.Inputs.Add(InputDraft.FromTask("", up) with { Required = edges % kindsOfEdge == 1 });
            draft.Tasks.Add(made);
        }

        return draft;
    }

    private static int Power(int number, int exponent) =>
        Enumerable.Repeat(number, exponent).Aggregate(1, (product, factor) => product * factor);
}

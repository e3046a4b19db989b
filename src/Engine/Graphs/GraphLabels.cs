using System.Globalization;
using System.Text;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>What nodes and edges say in every kind of graph, before each kind escapes it in its own way.</summary>
internal static class GraphLabels
{
    /// <summary>The longest constant that is shown whole, in characters.</summary>
    public const int MaxConstant = 40;

    // How tasks that add flows to their job do it: what their kinds begin with.
    private static readonly string[] Ways =
    [
        "map", "matrix", "flow", "try", "choose", "while", "until", "repeat", "states", "generate", "stream",
    ];

    /// <summary>
    /// The lines of a task's node: its name, the flows that it adds, and its trigger rule unless it is the default.
    /// </summary>
    public static IReadOnlyList<string> Of(FlowTask task) => task.MayGrow
        ? [task.Name, AddedBy(task), .. TriggerOf(task)]
        : [task.Name, .. TriggerOf(task)];

    /// <summary>The flows that are drawn beside a flow: those that tasks add and that have several tasks.</summary>
    public static IReadOnlyList<Flow> AddedTo(Flow flow) => [.. flow.WithAdded().Skip(1).Where(IsDrawn)];

    // A flow of one task is that task.
    private static bool IsDrawn(Flow flow) => flow.Tasks.Count > 1;

    private static string AddedBy(FlowTask task)
    {
        var way = task.Kind.Split(':', ' ', ';')[0];
        var names = task.Templates.Select((template, place) => NameOf(task, way, template.Flow, place))
            .OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var shown = Ways.Contains(way, StringComparer.Ordinal) ? way : "may run";
        return names.Count == 0 ? shown : $"{shown}: {ReportText.List(names)}";
    }

    // What has the name of the task is what that says itself; of a choice it is a case, and runs by its place.
    private static string? NameOf(FlowTask task, string way, Flow added, int place)
    {
        if (!added.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase)) return added.Name;
        return way == "choose" ? $"[{place}]" : null;
    }

    private static IEnumerable<string> TriggerOf(FlowTask task) => task.Policy.Trigger switch
    {
        TriggerRule.AllSucceeded => [],
        TriggerRule.AllDone => ["when all done"],
        TriggerRule.AnyFailed => ["when any failed"],
        _ => throw new System.Diagnostics.UnreachableException(
            $"The trigger rule {task.Policy.Trigger} has no arm [this is a bug in ActorFlow]."),
    };

    /// <summary>What an edge hands over: <c>parameter: Type.field</c> as far as known; empty for none.</summary>
    public static string Of(TaskInput input, Flow flow) => input switch
    {
        TaskInput.FromTask { IsOrderOnly: true } => "",
        TaskInput.FromTask { IsOutcome: true } edge => Typed(edge.Parameter, "outcome", edge.Field),
        TaskInput.FromTask edge => Typed(edge.Parameter, flow.Tasks[edge.Task].OutputType, edge.Field),
        TaskInput.FromJob job => Typed(job.Parameter, null, job.Field),
        _ => input.Parameter,
    };

    /// <summary>A constant's value, cut where it gets too long.</summary>
    public static string Of(TaskInput.Constant constant) =>
        CutText.To(MaxConstant, Encoding.UTF8.GetString(PayloadJson.Of(constant.Value).Span));

    /// <summary>Whether a character can be shown as it is: no control, no format, no half of a pair.</summary>
    public static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);

    private static string Typed(string parameter, string? type, string? field)
    {
        var what = field is null ? type : $"{type}.{field}";
        return what is null ? parameter : $"{parameter}: {what}";
    }
}

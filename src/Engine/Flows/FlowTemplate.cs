namespace ActorFlow;

/// <summary>A flow that a task can add to its job while the job runs, any number of times.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Result">The number of the task whose output is the flow's result; null if it has none.</param>
public sealed record FlowTemplate(Flow Flow, int? Result);

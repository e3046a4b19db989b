namespace ActorFlow.Cli;

/// <summary>Compares what a file binds with what a .NET task takes.</summary>
internal static class RegisteredParameters
{
    /// <summary>Reports what the task does not take, and what it takes and is not bound.</summary>
    /// <param name="draft">Where faults go.</param>
    /// <param name="task">The task of the file.</param>
    /// <param name="found">The .NET task that it uses.</param>
    /// <param name="location">Where the file names that; null for where the task is.</param>
    public static void Check(FlowDraft draft, TaskDraft task, RegisteredTask found, string? location)
    {
        task.OutputType ??= found.OutputType.Name;
        task.Description ??= found.Description;
        if (found.Parameters is not { Count: > 0 } parameters) return;
        var names = parameters.Select(parameter => parameter.Name).ToList();
        var bound = task.Inputs.Where(input => input.Parameter.Length > 0)
            .DistinctBy(input => NamedValues.ParameterOf(input.Parameter), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(input => NamedValues.ParameterOf(input.Parameter), StringComparer.OrdinalIgnoreCase);
        var others = bound.Keys.Except(names, StringComparer.OrdinalIgnoreCase).ToList();
        // One value that is no parameter is the whole input; the others go over the fields that it has.
        if (others.Count == 1 && IsWhole(bound[others[0]]) && (bound.Count == 1 || IsNoSlip(others[0]))) return;
        foreach (var name in others)
            Report(
                FlowFaultCode.UnknownParameter, $"has no parameter '{name}'.{Suggestions.For(name, names)}",
                bound[name].Location);
        foreach (var parameter in parameters)
            if (parameter.IsRequired && !bound.ContainsKey(parameter.Name))
                Report(FlowFaultCode.Unbound,
                    $"needs a value for parameter '{parameter.Name}'; bind it in 'needs' or 'with'.",
                    location);

        bool IsNoSlip(string name) => Suggestions.For(name, names).Length == 0;

        void Report(FlowFaultCode code, string problem, string? place)
        {
            var message = $"Task '{task.Name}' ({found.Name}) {problem}";
            draft.Faults.Add(new FlowFault(code, task.Name, message) { Location = place ?? task.Location });
        }
    }

    // A number or a text in a file is no record.
    private static bool IsWhole(InputDraft input) => input.Value is not { } value || value.Json.Span is [(byte)'{', ..];
}

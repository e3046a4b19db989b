using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>Several sources as one list.</summary>
internal sealed class CollectedSource<T>(Source<T>[] sources) : Source<IReadOnlyList<T>>
{
    internal override Func<TaskCall, IReadOnlyList<T>> Bind(TaskPlan task, string parameter)
    {
        var name = Parameters.NameOf(parameter);
        var reads = new Func<TaskCall, T>[sources.Length];
        for (var i = 0; i < reads.Length; i++) reads[i] = sources[i].Bind(task, Parameters.Element(name, i));
        return call =>
        {
            var values = new T[reads.Length];
            for (var i = 0; i < values.Length; i++) values[i] = reads[i](call);
            return values;
        };
    }
}

/// <summary>Several sources as one dictionary.</summary>
internal sealed class NamedSource<T>((string Key, Source<T> Source)[] sources) : Source<IReadOnlyDictionary<string, T>>
{
    internal override Func<TaskCall, IReadOnlyDictionary<string, T>> Bind(TaskPlan task, string parameter)
    {
        var name = Parameters.NameOf(parameter);
        var reads = new List<(string Key, Func<TaskCall, T> Read)>(sources.Length);
        foreach (var (key, source) in sources)
        {
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
            if (string.IsNullOrEmpty(key))
                task.Report(FlowFaultCode.BadName, $"collects a value under an empty key in '{name}'; name it.");
            reads.Add((key, source.Bind(task, Parameters.Part(name, key))));
        }

        return call =>
        {
            var values = new OrderedDictionary<string, T>(reads.Count, StringComparer.Ordinal);
            foreach (var (key, read) in reads) values.Add(key, read(call));
            return values;
        };
    }
}

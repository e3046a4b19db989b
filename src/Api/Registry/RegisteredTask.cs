using System.ComponentModel;
using System.Reflection;
using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow;

/// <summary>A task class that flows in files can name.</summary>
public abstract class RegisteredTask
{
    private protected RegisteredTask(Type type, Type input, Type output, string name, int version)
    {
        TaskType = type;
        Name = name;
        Version = version;
        Description = type.GetCustomAttribute<DescriptionAttribute>()?.Description;
        InputType = input;
        OutputType = output;
        Parameters = NamedInputs.ParametersOf(input);
    }

    /// <summary>The name that it is registered under: its namespace, a dot, and its own name.</summary>
    public string Name { get; }

    /// <summary>Which version of the task it is, from 1. A reference without a version means the latest.</summary>
    public int Version { get; }

    /// <summary>Its name and version: <c>text.count</c>, or <c>text.count@2</c> from version 2 on.</summary>
    public string Reference => Version == 1 ? Name : $"{Name}@{Version}";

    /// <summary>What comes before the last dot of its name; empty if there is none.</summary>
    public string Namespace => Name[..Math.Max(0, Name.LastIndexOf('.'))];

    /// <summary>The class.</summary>
    public Type TaskType { get; }

    /// <summary>What it is for: the <see cref="DescriptionAttribute"/> of its class; null if there is none.</summary>
    public string? Description { get; }

    /// <summary>What it takes.</summary>
    public Type InputType { get; }

    /// <summary>What it gives.</summary>
    public Type OutputType { get; }

    /// <summary>The names of the values that it takes; null if it takes one value, or any.</summary>
    public IReadOnlyList<TaskParameter>? Parameters { get; }

    /// <summary>Makes what a task of a flow runs.</summary>
    public abstract TaskBody CreateBody();

    internal static RegisteredTask? TryMake(Type type, string name, int version)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (!at.IsGenericType || at.GetGenericTypeDefinition() != typeof(TaskOf<,>)) continue;
            var made = typeof(Of<,,>).MakeGenericType([type, .. at.GetGenericArguments()]);
            return (RegisteredTask)Activator.CreateInstance(
                made, BindingFlags.Instance | BindingFlags.Public, null, [name, version], null)!;
        }

        return null;
    }

    private sealed class Of<TTask, TIn, TOut> : RegisteredTask where TTask : TaskOf<TIn, TOut>
    {
        public Of(string name, int version) : base(typeof(TTask), typeof(TIn), typeof(TOut), name, version) { }

        // Each attempt has an instance of its own, made with the services of the attempt.
        public override TaskBody CreateBody() => typeof(TTask).IsSubclassOf(typeof(SyncTask<TIn, TOut>))
            ? new SyncBody<TOut>(call => ((SyncTask<TIn, TOut>)Make(call)).Run(Read(call), call.Context))
            : new AsyncBody<TOut>(call =>
                ((AsyncTask<TIn, TOut>)Make(call)).RunAsync(Read(call), call.Context, call.CancellationToken));

        private static object Make(TaskCall call) => ActivatorUtilities.CreateInstance<TTask>(call.Context.Services);

        private static TIn Read(TaskCall call) => NamedInputs.Read<TIn>(call);
    }
}

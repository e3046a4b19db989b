using System.Reflection;
using ActorFlow.Actors;
using Microsoft.Extensions.DependencyInjection;

namespace ActorFlow;

/// <summary>A task class that flows in files can name.</summary>
public abstract class RegisteredTask
{
    private protected RegisteredTask(Type type, Type input, Type output)
    {
        Name = type.FullName!;
        InputType = input;
        OutputType = output;
        Parameters = NamedInputs.ParametersOf(input);
    }

    /// <summary>The full name of its class.</summary>
    public string Name { get; }

    /// <summary>What it takes.</summary>
    public Type InputType { get; }

    /// <summary>What it gives.</summary>
    public Type OutputType { get; }

    /// <summary>The names of the values that it takes; null if it takes one value, or any.</summary>
    public IReadOnlyList<TaskParameter>? Parameters { get; }

    /// <summary>Makes what a task of a flow runs.</summary>
    public abstract TaskBody CreateBody();

    internal static RegisteredTask? TryMake(Type type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (!at.IsGenericType || at.GetGenericTypeDefinition() != typeof(TaskOf<,>)) continue;
            var made = typeof(Of<,,>).MakeGenericType([type, .. at.GetGenericArguments()]);
            return (RegisteredTask)Activator.CreateInstance(
                made, BindingFlags.Instance | BindingFlags.Public, null, [], null)!;
        }

        return null;
    }

    private sealed class Of<TTask, TIn, TOut> : RegisteredTask where TTask : TaskOf<TIn, TOut>
    {
        public Of() : base(typeof(TTask), typeof(TIn), typeof(TOut)) { }

        // Each attempt has an instance of its own, made with the services of the attempt.
        public override TaskBody CreateBody() => typeof(TTask).IsSubclassOf(typeof(SyncTask<TIn, TOut>))
            ? new SyncBody<TOut>(call => ((SyncTask<TIn, TOut>)Make(call)).Run(Read(call), call.Context))
            : new AsyncBody<TOut>(call =>
                ((AsyncTask<TIn, TOut>)Make(call)).RunAsync(Read(call), call.Context, call.CancellationToken));

        private static object Make(TaskCall call) => ActivatorUtilities.CreateInstance<TTask>(call.Context.Services);

        private static TIn Read(TaskCall call) => NamedInputs.Read<TIn>(call);
    }
}

/// <summary>One value that a task takes by name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be bound.</param>
public sealed record TaskParameter(string Name, Type Type, bool IsRequired);

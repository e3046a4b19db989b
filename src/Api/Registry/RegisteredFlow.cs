using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A flow that a public static property or method of an assembly gives.</summary>
public abstract class RegisteredFlow
{
    private protected RegisteredFlow(string member, ExecutableFlow executable)
    {
        Member = member;
        Executable = executable;
    }

    /// <summary>The flow's name.</summary>
    public string Name => Executable.Definition.Name;

    /// <summary>Where it comes from: the class and the member, as in <c>OrderFlow.Build</c>.</summary>
    public string Member { get; }

    /// <summary>The flow together with what its tasks run.</summary>
    public ExecutableFlow Executable { get; }

    /// <summary>What a job of it takes; null if that is not known.</summary>
    public abstract Type? InputType { get; }

    /// <summary>What a job of it gives; null if nothing.</summary>
    public abstract Type? ResultType { get; }

    /// <summary>The task whose output is the result; null if there is none.</summary>
    public FlowTask? ResultTask { get; private protected init; }

    /// <summary>The names of the values that a job takes; null if it takes one value, or any.</summary>
    public IReadOnlyList<TaskParameter>? Parameters =>
        InputType is null ? null : NamedInputs.ParametersOf(InputType);

    /// <summary>Makes the input of a job of JSON, just as a program would hand it over.</summary>
    /// <exception cref="PayloadException">It does not fit what a job takes.</exception>
    public abstract Payload ReadInput(JsonNode? input);

    internal static RegisteredFlow? TryMake(string member, object? flow)
    {
        if (flow is ExecutableFlow executable) return new Untyped(member, executable);
        if (flow?.GetType() is not { IsConstructedGenericType: true } type
            || type.GetGenericTypeDefinition() != typeof(Flow<,>)) return null;
        return (RegisteredFlow)Activator.CreateInstance(
            typeof(Of<,>).MakeGenericType(type.GetGenericArguments()),
            BindingFlags.Instance | BindingFlags.Public, null, [member, flow], null)!;
    }

    private sealed class Of<TIn, TOut> : RegisteredFlow
    {
        public Of(string member, Flow<TIn, TOut> flow) : base(member, flow.Executable) =>
            ResultTask = flow.ResultTask is { } task ? flow.Definition.Tasks[task] : null;

        public override Type InputType => typeof(TIn);

        public override Type? ResultType => ResultTask is null ? null : typeof(TOut);

        public override Payload ReadInput(JsonNode? input) => Payloads.Of(NamedInputs.Read<TIn>(input));
    }

    private sealed class Untyped(string member, ExecutableFlow executable) : RegisteredFlow(member, executable)
    {
        public override Type? InputType => null;

        public override Type? ResultType => null;

        public override Payload ReadInput(JsonNode? input) =>
            input is null ? Payload.None : Payload.FromJson(JsonSerializer.SerializeToUtf8Bytes(input));
    }
}

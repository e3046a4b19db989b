using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>A value of a service that has variables of the environment in it; they are read when it is made.</summary>
/// <param name="text">The text with <c>${env.NAME}</c> in it.</param>
/// <param name="type">What the parameter holds.</param>
internal sealed class EnvironmentValue(string text, Type type)
{
    /// <summary>The value, if it is a text with variables; null if it is not.</summary>
    public static EnvironmentValue? Of(JsonNode? value, Type type) =>
        ExpressionValues.Text(value) is { } text && EnvironmentText.HasVariables(text) ? new(text, type) : null;

    /// <summary>What it stands for.</summary>
    /// <param name="service">The service, for messages.</param>
    /// <exception cref="ActorFlowException">A variable is not set.</exception>
    /// <exception cref="System.Text.Json.JsonException">What it holds is no such value.</exception>
    public object? Get(string service) =>
        NamedInputs.Convert(JsonValue.Create(EnvironmentText.Fill(text, $"service '{service}'")), type);
}

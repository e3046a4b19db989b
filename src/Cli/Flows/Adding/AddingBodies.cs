using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>What runs a task that adds flows to its job.</summary>
internal static class AddingBodies
{
    /// <summary>Runs a flow once.</summary>
    public static TaskBody Nested(TaskRecipe.Nested recipe, Flow<Payload, Payload> flow) =>
        new ExpandingBody<Payload>(
            call => call.LastStep is { } step
                ? PartResults.ResultOrSkip(call, step)
                : call.Expand(Expansions.Once(flow.Name, 0, recipe.Use.Input.Of(ValueScope.Of(call)), flow)),
            [flow]);

    /// <summary>Runs a flow for each item.</summary>
    public static TaskBody Mapped(TaskRecipe.Mapped recipe, Flow<Payload, Payload> flow) =>
        new ExpandingBody<Payload>(call =>
        {
            var scope = ValueScope.Of(call);
            var items = recipe.Items.Of(scope, recipe.Use.Input.Own.Contains(ValueScope.Item, StringComparer.Ordinal));
            if (call.LastStep is { } step) return call.Encode(Gather(recipe, items, step));
            return call.Expand(Expansions.Each(
                items.Select(item => (item.Key, recipe.Use.Input.Of(
                    scope.With(ValueScope.Item, item.Value).With(ValueScope.Key, item.Name)))),
                recipe.Options, recipe.TellsOutcomes));
        }, [flow]);

    /// <summary>Runs a flow in rounds.</summary>
    public static TaskBody Repeated(TaskRecipe.Repeated recipe, Flow<Payload, Payload> flow) =>
        new ExpandingBody<Payload>(call =>
        {
            if (call.LastStep is { IsSkipped: true }) return call.Skip();
            var scope = ValueScope.Of(call);
            var round = call.LastStep is { } step ? step.Number + 1 : 0;
            var value = call.LastStep is { } last
                ? last.Result ?? Payload.None
                : JsonValues.Payload(recipe.Initial.Fill(scope));
            scope.With(ValueScope.Value, JsonValues.Of(value)).With(ValueScope.Round, JsonValue.Create(round));
            if (!GoesOn(recipe, scope, round)) return call.Encode(value);
            var key = round.ToString(CultureInfo.InvariantCulture);
            return call.Expand(Expansions.Once($"[{key}]", 0, recipe.Use.Input.Of(scope), flow));
        }, [flow]);

    /// <summary>Runs one of several flows.</summary>
    public static TaskBody Chosen(TaskRecipe.Chosen recipe, IReadOnlyList<Flow<Payload, Payload>> flows) =>
        new ExpandingBody<Payload>(call =>
        {
            if (call.LastStep is { } step) return PartResults.ResultOrSkip(call, step);
            var scope = ValueScope.Of(call);
            var match = recipe.Match?.Fill(scope);
            for (var i = 0; i < recipe.Cases.Count; i++)
            {
                var one = recipe.Cases[i];
                if (IsMeant(one, match, scope))
                    return call.Expand(Expansions.Once(one.Name, i, one.Use.Input.Of(scope), flows[i]));
            }

            return call.Skip();
        }, flows);

    private static Payload Gather(TaskRecipe.Mapped recipe, IReadOnlyList<MapItem> items, ExpansionOutcome step)
    {
        if (recipe.TellsOutcomes)
            return JsonValues.List(items.Zip(step.Parts, (item, part) => Outcome(item, part)));
        return recipe.Items is ItemSource.Collection && items.Any(item => item.Key is not null)
            ? JsonValues.Mapping(items.Zip(step.Parts, (item, part) => (item.Name, part.Result)))
            : JsonValues.List(step.Parts.Select(part => part.Result));
    }

    private static Payload Outcome(MapItem item, PartOutcome part)
    {
        var failure = part.Failure is { } found
            ? new JsonObject { ["type"] = found.Type, ["message"] = found.Message }
            : null;
        return JsonValues.Mapping(
        [
            ("key", JsonValues.Payload(item.Key is { } key ? JsonValue.Create(key) : JsonValue.Create(item.Index))),
            ("phase", JsonValues.Payload(JsonNamingPolicy.CamelCase.ConvertName(part.Phase.ToString()))),
            ("value", part.Result),
            ("failure", JsonValues.Payload(failure)),
        ]);
    }

    private static bool GoesOn(TaskRecipe.Repeated recipe, ValueScope scope, int round)
    {
        if (round >= recipe.MaxRounds) return false;
        if (recipe.While is { } condition && !condition.Holds(scope.Get)) return false;
        return round == 0 || recipe.Until is not { } until || !until.Holds(scope.Get);
    }

    private static bool IsMeant(ChoiceCase one, JsonNode? match, ValueScope scope) =>
        one.Condition?.Holds(scope.Get) != false
        && (one.Values is not { } values
            || values.Any(value => ExpressionValues.AreSame(match, value.Fill(scope))));
}

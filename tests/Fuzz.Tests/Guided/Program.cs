using System.CommandLine;
using ActorFlow.Fuzz.Tests;

var names = new Argument<string[]>("targets")
{
    Description = "What to feed, one after the other; all if none is named.",
    DefaultValueFactory = _ => [.. Targets.Names],
};
names.AcceptOnlyFromAmong([.. Targets.Names]);
var minutes = new Option<double>("--minutes") { Description = "How long each.", DefaultValueFactory = _ => 5 };
var executions = new Option<int>("--executions")
{
    Description = "How many inputs each at most: then a seed gives the same run, whatever the machine.",
    DefaultValueFactory = _ => int.MaxValue,
};
var seed = new Option<int>("--seed") { Description = "What chance begins with." };
var blind = new Option<bool>("--blind") { Description = "Change only what is in the repository: to compare." };
var command = new RootCommand("Feeds all that reads, and changes further what reaches new code.")
{
    names, minutes, executions, seed, blind,
};
command.SetAction(arguments => arguments.GetRequiredValue(names).Sum(name => (int)new InstrumentedContext().Call(
    typeof(GuidedRun),
    nameof(GuidedRun.Run),
    name,
    arguments.GetValue(seed),
    arguments.GetValue(minutes),
    arguments.GetValue(executions),
    !arguments.GetValue(blind))!));
return command.Parse(args).Invoke() == 0 ? 0 : 1;

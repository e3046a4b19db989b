using ActorFlow.Cli;

return await ActorFlowCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);

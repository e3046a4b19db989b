using ActorFlow.Cli;

Terminal.LeaveAsItIs();
return await ActorFlowCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);

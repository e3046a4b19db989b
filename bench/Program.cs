using ActorFlow.Bench;

// One JSON line per measure: dotnet run -c Release --project bench -- NAME
return BenchCommand.Run(args, Console.Out, Console.Error);

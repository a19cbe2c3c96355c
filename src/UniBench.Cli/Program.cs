using UniBench.Cli.Commands;

return FrontDoor.Run(args, Console.Out, Console.Error);

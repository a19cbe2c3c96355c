using UniBench.Suites;

return SuitesCommand.Run(args);

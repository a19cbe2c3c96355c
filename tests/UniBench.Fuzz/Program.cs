using UniBench.Fuzz;

return args switch
{
    ["part", .. string[] part] => Worker.Run(part),
    ["fuzz", .. string[] options] => FuzzCommand.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(FuzzCommand.Usage);
    return 2;
}

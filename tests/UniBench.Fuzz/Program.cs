using UniBench.Fuzz;
using UniBench.Fuzz.Soak;

return args switch
{
    ["part", .. string[] part] => Worker.Run(part),
    ["fuzz", .. string[] options] => FuzzCommand.Run(options),
    ["soak", .. string[] options] => SoakCommand.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine($"{FuzzCommand.Usage}\n{SoakCommand.Usage}");
    return 2;
}

using EdgeVision.Benchmarks;

switch (args)
{
    case ["imaging"]:
        return ImagingBenchmark.Run();
    case ["capture"]:
        return CaptureBenchmark.Run();
    case ["threads"]:
        return ThreadsBenchmark.Run();
    default:
        Console.Error.WriteLine("usage: EdgeVision.Benchmarks imaging | capture | threads");
        return 2;
}

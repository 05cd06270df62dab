using System.Diagnostics;
using System.Globalization;

namespace EdgeVision.Benchmarks;

/// <summary>The peer script that does the same conversions with OpenCV: one line with a case in, one line with milliseconds out.</summary>
internal sealed class OpenCvPeer : IDisposable
{
    private readonly Process _process;

    public OpenCvPeer(string script)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // To OpenCV's favour: blobFromImage takes new memory every time, and without this the system hands it out page by page, four times as slow.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = start.Environment["MALLOC_TRIM_THRESHOLD_"] = "1000000000";
        _process = Process.Start(start)!;
    }

    /// <summary>Milliseconds of one conversion, the mean of so many.</summary>
    public double Measure(ImagingCase @case, int times)
    {
        _process.StandardInput.WriteLine($"{@case.Line} {times}");
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended; is python3-opencv installed? eng/setup.sh bench installs it.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

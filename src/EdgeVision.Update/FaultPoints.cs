namespace EdgeVision.Update;

/// <summary>Named places at which a process can be made to end, as by kill -9: around every transition and every file that is adopted.</summary>
/// <remarks>Only in a build with <c>-p:FaultPoints=true</c>, which is made for tests and never shipped; everywhere else this is empty. The variable names the place.</remarks>
internal static class FaultPoints
{
    public static void Hit(string name)
    {
#if FAULT_POINTS
        if (Environment.GetEnvironmentVariable("EDGEVISION_FAULT_POINT") == name)
        {
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.Kill();
        }
#endif
    }
}

using System.Runtime.Versioning;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>The examining process itself: the published program, and programs that end as no exam should.</summary>
[SupportedOSPlatform("linux")]
public sealed class ExamProcessTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yolox-nano")]
    [InlineData("fastestdet")]
    public async Task Run_RealModel_PassesConfinedWithItsFigures(string model)
    {
        var verdict = await Exam(Published.Daemon).RunAsync(ModelPackage.Open(Published.Model(model)), null, TestContext.Current.CancellationToken);

        Assert.True(verdict.Outcome == TrialOutcome.Pass, verdict.Reason);
        var figures = verdict.Evidence["variants"]![0]!;
        Assert.InRange((double)figures["p50"]!, 0.1, (double)figures["p99"]!);
        Assert.InRange((double)figures["memoryMiB"]!, 5, 300);
        Assert.Equal(10, (int)figures["confined"]!); // everything that Confinement asks for was granted
    }

    [Fact]
    public async Task Run_MoreMemoryThanAllowed_IsStoppedByTheKernelAndSaidOfTheModel()
    {
        var package = ModelPackage.Open(Published.Model("yolox-nano"));
        var request = ExamRequest.For(package, package.Variant, new InferenceOptions(), memoryMiB: 24, TimeSpan.FromSeconds(60));

        var report = await Process(Published.Daemon).RunAsync(request, TestContext.Current.CancellationToken);

        Assert.True(report.Code is UpdateCode.Memory or UpdateCode.OutOfMemory, $"{report.Code}: {report.Reason}");
    }

    [Fact]
    public async Task Run_DoesNotEnd_IsEndedAndCountsAsABadModel()
    {
        var report = await Process(Script("sleep 60"), timeoutSeconds: 0.3).RunAsync(Request(), TestContext.Current.CancellationToken);

        Assert.Equal((UpdateCode.Load, "exam: it did not end within 0.3 s and was ended"), (report.Code, report.Reason));
    }

    [Theory]
    [InlineData("kill -SEGV $$", UpdateCode.Load, "segmentation fault")]
    [InlineData("echo terminate called >&2; kill -ABRT $$", UpdateCode.Load, "terminate called")]
    [InlineData("kill -KILL $$", UpdateCode.OutOfMemory, "the kernel ended it")]
    [InlineData("echo no report; exit 0", UpdateCode.Load, "no report")]
    [InlineData("exec 0<&-; exit 7", UpdateCode.Load, "exit code 7")]
    [InlineData("head -c 3000000 /dev/zero; head -c 300000 /dev/zero >&2; exit 0", UpdateCode.Load, "no report")]
    public async Task Run_EndsAsNoExamShould_IsSaidOfTheModel(string script, UpdateCode code, string words)
    {
        var report = await Process(Script(script)).RunAsync(Request(), TestContext.Current.CancellationToken);

        Assert.Equal(code, report.Code);
        Assert.Contains(words, report.Reason, StringComparison.Ordinal);
        Assert.InRange(report.Reason.Length, 1, 400);
    }

    [Fact]
    public async Task Run_Cancelled_LeavesNoProcessBehind()
    {
        using var cancel = new CancellationTokenSource();
        var pid = _folder.File("pid");
        var running = Process(Script($"echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 60")).RunAsync(Request(), cancel.Token);
        Eventually.True(() => File.Exists(pid), TimeSpan.FromSeconds(10));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Eventually.True(() => !Directory.Exists($"/proc/{File.ReadAllText(pid).Trim()}"), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Run_WhatItIsGiven_IsThreePipesAndNoSecret()
    {
        Environment.SetEnvironmentVariable("EDGEVISION_TEST_SECRET", "key");
        using var file = File.Open(_folder.File("open"), FileMode.Create);

        await Process(Script($"ls -l /proc/$$/fd | grep -c {_folder.Path}/open > {_folder.File("open-files")}; env > {_folder.File("environment")}; cat > {_folder.File("told")}")).RunAsync(Request(), TestContext.Current.CancellationToken);

        Assert.Equal("0", File.ReadAllText(_folder.File("open-files")).Trim());
        Assert.DoesNotContain("SECRET", File.ReadAllText(_folder.File("environment")), StringComparison.Ordinal);
        Assert.Contains("sha256:none", File.ReadAllText(_folder.File("told")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoSuchProgram_IsAFaultOfTheDeviceAndThrows() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Process("/nowhere/edgevisiond").RunAsync(Request(), TestContext.Current.CancellationToken));

    private static DeviceExam Exam(string program) => new(new TrialOptions { Examiner = program }, new InferenceOptions(), TimeProvider.System);

    private static ExamProcess Process(string program, double timeoutSeconds = 60) =>
        new(new TrialOptions { Examiner = program, ExamTimeout = TimeSpan.FromSeconds(timeoutSeconds) }, TimeProvider.System);

    private static ExamRequest Request() => new("/none", new Dictionary<string, string>(), "sha256:none", "default", 256, 60, Environment.ProcessId);

    private string Script(string text)
    {
        var path = _folder.File("examiner");
        File.WriteAllText(path, $"#!/bin/sh\nPATH=/usr/bin:/bin\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}

namespace EdgeVision.Workbench.Tests;

public sealed class CompletionCommandTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("edgevision mo", "model")]
    [InlineData("edgevision model co", "compress")]
    [InlineData("edgevision model compress --tar", "--target")]
    [InlineData("edgevision model compress --target wei", "weight-only")]
    public void Completion_Bash_OffersWhatTheProgramKnows(string line, string offered)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllText(folder.File("complete.sh"), $$"""
            PATH="$(dirname "$1"):$PATH"
            source <(edgevision completion bash)
            COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<< "$COMP_LINE"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _edgevision
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        var output = Published.Run("/bin/bash", Deadline, folder.File("complete.sh"), Published.Workbench, line);

        Assert.Contains(offered, output.Output.Split('\n'));
    }

    [Theory]
    [InlineData("zsh", "#compdef edgevision")]
    [InlineData("fish", "complete -c edgevision")]
    public void Completion_OtherShells_HaveTheirScripts(string shell, string words) =>
        Assert.Contains(words, Published.Run(Published.Workbench, Deadline, "completion", shell).Output, StringComparison.Ordinal);

    [Fact]
    public void Completion_UnknownShell_IsMisuse() => Assert.Equal(2, Published.Run(Published.Workbench, Deadline, "completion", "cmd").ExitCode);
}

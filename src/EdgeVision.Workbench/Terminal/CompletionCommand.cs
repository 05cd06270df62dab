using System.CommandLine;

namespace EdgeVision.Workbench;

/// <summary><c>edgevision completion bash|zsh|fish</c>: a script that makes the shell complete commands and options, asked of the program itself, so that it never falls behind.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # edgevision completion bash > /etc/bash_completion.d/edgevision, or in ~/.bashrc: source <(edgevision completion bash)
        _edgevision() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(edgevision "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _edgevision edgevision

        """;

    private const string Zsh = """
        #compdef edgevision
        # edgevision completion zsh > "${fpath[1]}/_edgevision", or in ~/.zshrc: source <(edgevision completion zsh)
        _edgevision() {
            local -a words_now
            words_now=("${(@f)$(edgevision "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            words_now=("${(@)words_now:#}")
            (( ${#words_now} )) && compadd -a words_now
            _files
        }
        if [ "$funcstack[1]" = "_edgevision" ]; then _edgevision "$@"; else compdef _edgevision edgevision; fi

        """;

    private const string Fish = """
        # edgevision completion fish > ~/.config/fish/completions/edgevision.fish
        function __edgevision_suggest
            set -l line (commandline -cp)
            edgevision "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
        end
        complete -c edgevision -a '(__edgevision_suggest)'

        """;

    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh or fish" };

    public static Command Create()
    {
        var command = new Command("completion", "print a script that makes the shell complete this program's commands and options") { Shell };
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.SetAction(arguments => Console.Write(arguments.GetRequiredValue(Shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command;
    }
}

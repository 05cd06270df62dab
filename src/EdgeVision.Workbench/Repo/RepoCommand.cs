using System.CommandLine;

namespace EdgeVision.Workbench;

/// <summary><c>edgevision repo</c></summary>
internal static class RepoCommand
{
    public static Command Create() => new("repo", "the model repository: releases that devices believe because enough people signed them (docs/model-repository.md)")
    {
        InitCommand.Create(), AddCommand.Create(), SignCommand.Create(), StatusCommand.Create(), RenewCommand.Create(), RotateCommand.Create(), RevokeCommand.Create(), PolicyCommand.Create(), KeyCommand.Create(),
    };
}

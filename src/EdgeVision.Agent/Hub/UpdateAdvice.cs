using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What to do about each result code, in a sentence for the person at the device. The same table stands in <c>docs/remote.md</c>.</summary>
internal static class UpdateAdvice
{
    public static string For(UpdateCode code) => code switch
    {
        UpdateCode.None => "",
        UpdateCode.Signature => "Give the device the repository's root.json as update.root_file; if it has one, the repository is signed by somebody else: do not deploy from it before you know why.",
        UpdateCode.Threshold => "Have the missing key holders sign the release.",
        UpdateCode.Expired => "Set the clock right; if it is, have the repository's metadata renewed, or import a fresh copy.",
        UpdateCode.RollbackAttack => "The repository shows less than this device has seen before: restore its newest state, or release the older model under a higher counter.",
        UpdateCode.MixMatch => "Deploy the release again with the digest, model and version that the repository shows; if they agree, somebody changed one of the two.",
        UpdateCode.Revoked => "Deploy a release that is not revoked.",
        UpdateCode.FreezeSuspected => "The repository has not been renewed, or somebody shows the device an old copy of it: look at its timestamp from another place.",
        UpdateCode.HashMismatch => "Copy the file to the repository again; a proxy on the way may change it.",
        UpdateCode.SizeMismatch => "Copy the file to the repository again: it is cut off, or another one.",
        UpdateCode.TooSlow => "Deploy again when the link is better, or import from a stick: edgevisiond ota import.",
        UpdateCode.Http => "See that the repository's address is right and answers; the reason holds its words.",
        UpdateCode.DiskFull => "Make room on the disk, or lower update.min_free_megabytes; then deploy again.",
        UpdateCode.Tls => "Check the clock, and hub.ca_file against the repository's certificate.",
        UpdateCode.Storage => "Look at the disk (edgevisiond check); the model in service is not touched.",
        UpdateCode.Architecture => "Deploy a release that was made for this kind of processor.",
        UpdateCode.Runtime => "Update the daemon, or deploy a release that needs what this one has.",
        UpdateCode.Memory => "Free memory, or deploy a smaller model.",
        UpdateCode.Camera => "Deploy a release for the cameras of this device, or set camera.profile to what they are.",
        UpdateCode.Schema => "Make the package anew: its manifest, or the network's inputs and outputs, are not what the daemon understands.",
        UpdateCode.Parse => "Export the network again: it is no ONNX within the limits.",
        UpdateCode.ExternalData => "Export the network with its weights inside the file.",
        UpdateCode.Load => "Try the package with edgevisiond detect on a device of this kind; the reason holds the runtime's words.",
        UpdateCode.Golden => "The network answers otherwise here than where it was made: compare preprocessing and quantisation, then release anew.",
        UpdateCode.Latency => "Deploy a faster model or variant, or raise the budget in its manifest.",
        UpdateCode.Shadow => "Look at the evidence: if the new answers are the better ones, approve; else cancel.",
        UpdateCode.CrashLoop => "The model brings the process down: do not deploy it again before it is known why (method logs).",
        UpdateCode.Watchdog => "The model hung: the same.",
        UpdateCode.Drift => "In service it saw other things than the model before: look at the evidence, then train or release anew.",
        UpdateCode.NotANumber => "The network gives NaN for some pictures: train or quantise it anew.",
        UpdateCode.OutOfMemory => "The model takes more memory than it may: deploy a smaller one.",
        UpdateCode.Cancelled => "Nothing: somebody cancelled it. Deploy it under a new deploymentId to have it after all.",
        UpdateCode.Window => "Wait for the window, or activate it now: modelUpdate.activateNow.",
        UpdateCode.Hold => "Do what the reason asks: take the hold file away, find a link that is not metered, or approve.",
        UpdateCode.LoopBreaker => "Look at the log for what interrupts it again and again; then deploy under a new deploymentId.",
        UpdateCode.OperatorRollback => "Nothing: somebody wanted the model before. Approve the deployment to have this one tried again.",
        _ => $"Look {(int)code} up in docs/remote.md of the daemon's version.",
    };
}

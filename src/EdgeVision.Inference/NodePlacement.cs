using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>Asks ONNX Runtime itself on which provider it placed each node of a loaded network.</summary>
/// <remarks>
/// The C# binding of 1.31 has no word for it, so the C API is called by its table (append-only; indices from onnxruntime_c_api.h). The session
/// must have been made with <see cref="RecordKey"/> = 1. Counts the nodes after basic optimization, before fusion for one provider.
/// </remarks>
internal static unsafe class NodePlacement
{
    public const string RecordKey = "session.record_ep_graph_assignment_info";

    private const uint ApiVersion = 24;
    private const int GetErrorMessage = 2;
    private const int ReleaseStatus = 93;
    private const int SessionGetEpGraphAssignmentInfo = 407;
    private const int SubgraphGetEpName = 408;
    private const int SubgraphGetNodes = 409;

    public static IReadOnlyDictionary<string, int> Count(InferenceSession session)
    {
        var api = GetApi();
        nint* subgraphs;
        nuint count;
        Check(api, ((delegate* unmanaged[Cdecl]<nint, nint**, nuint*, nint>)api[SessionGetEpGraphAssignmentInfo])(HandleOf(session), &subgraphs, &count));
        var nodes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (nuint i = 0; i < count; i++)
        {
            var provider = ExecutionProviders.ShortName(NameOf(api, subgraphs[i]));
            nodes[provider] = nodes.GetValueOrDefault(provider) + NodesOf(api, subgraphs[i]);
        }

        GC.KeepAlive(session);
        return nodes;
    }

    private static string NameOf(nint* api, nint subgraph)
    {
        byte* name;
        Check(api, ((delegate* unmanaged[Cdecl]<nint, byte**, nint>)api[SubgraphGetEpName])(subgraph, &name));
        return Text(name);
    }

    private static int NodesOf(nint* api, nint subgraph)
    {
        nint* nodes;
        nuint count;
        Check(api, ((delegate* unmanaged[Cdecl]<nint, nint**, nuint*, nint>)api[SubgraphGetNodes])(subgraph, &nodes, &count));
        return (int)count;
    }

    private static void Check(nint* api, nint status)
    {
        if (status == 0)
        {
            return;
        }

        var message = Text(((delegate* unmanaged[Cdecl]<nint, byte*>)api[GetErrorMessage])(status));
        ((delegate* unmanaged[Cdecl]<nint, void>)api[ReleaseStatus])(status);
        throw new InferenceException($"ONNX Runtime does not say where it placed the nodes: {message}");
    }

    // OrtApiBase is a table of two: GetApi(version) and GetVersionString().
    private static nint* GetApi()
    {
        var table = ((delegate* unmanaged[Cdecl]<nint*>)ApiBase)();
        var api = ((delegate* unmanaged[Cdecl]<uint, nint*>)table[0])(ApiVersion);
        return api is not null ? api : throw new InferenceException("This ONNX Runtime library is too old: use 1.24 or newer.");
    }

    private static nint ApiBase => NativeLibrary.GetExport(NativeRuntime.Library, "OrtGetApiBase");

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    private static extern nint HandleOf(InferenceSession session);
}

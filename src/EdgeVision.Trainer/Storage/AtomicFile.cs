namespace EdgeVision.Trainer.Storage;

/// <summary>Files that are there whole or not at all, whenever the power goes.</summary>
internal static class AtomicFile
{
    /// <exception cref="IOException">The disk is full, or the folder is gone; what lay there before still does.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var part = path + ".part";
        try
        {
            using (var file = File.Create(part))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}

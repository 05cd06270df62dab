namespace EdgeVision.Update;

/// <summary>A repository as files: a folder (<see cref="ImportFolder"/>) or an archive (<see cref="ImportTar"/>).</summary>
internal interface IImportSource
{
    /// <summary>Every file, one after another; each call begins anew.</summary>
    /// <exception cref="ImportException">A link, a device, a broken archive.</exception>
    IEnumerable<ImportEntry> Entries();
}

namespace UniBench.Monitor.Files;

/// <summary>Files that no mount has.</summary>
internal interface ISpecialFiles
{
    /// <summary>Whether this path belongs to the special files, there or not.</summary>
    bool Owns(string path);

    SpecialFile? Find(string path);
}

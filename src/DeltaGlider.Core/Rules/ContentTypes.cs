namespace DeltaGlider.Core.Rules;

/// <summary>
/// The media types of what release buckets hold (https://www.iana.org/assignments/media-types). Anything else is
/// <c>application/octet-stream</c>.
/// </summary>
public static class ContentTypes
{
    /// <summary>What stands for any bytes at all.</summary>
    public const string Default = "application/octet-stream";

    /// <summary>The media type of a file, by its name's extension.</summary>
    public static string Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".txt" or ".log" or ".sha256" or ".sha512" or ".sha1" or ".md5" => "text/plain",
        ".md" => "text/markdown",
        ".csv" => "text/csv",
        ".html" or ".htm" => "text/html",
        ".css" => "text/css",
        ".js" or ".mjs" => "text/javascript",
        ".json" or ".map" => "application/json",
        ".xml" or ".nuspec" => "application/xml",
        ".yml" or ".yaml" => "application/yaml",
        ".pdf" => "application/pdf",
        ".sql" => "application/sql",
        ".wasm" => "application/wasm",
        ".zip" or ".nupkg" or ".snupkg" or ".whl" or ".vsix" => "application/zip",
        ".jar" or ".war" or ".ear" => "application/java-archive",
        ".apk" => "application/vnd.android.package-archive",
        ".gz" or ".tgz" => "application/gzip",
        ".bz2" => "application/x-bzip2",
        ".xz" => "application/x-xz",
        ".zst" => "application/zstd",
        ".7z" => "application/x-7z-compressed",
        ".rar" => "application/vnd.rar",
        ".tar" => "application/x-tar",
        ".deb" => "application/vnd.debian.binary-package",
        ".rpm" => "application/x-rpm",
        ".msi" => "application/x-msi",
        ".iso" => "application/vnd.efi.iso",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".ico" => "image/vnd.microsoft.icon",
        _ => Default,
    };
}

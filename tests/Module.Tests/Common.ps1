# What all the Pester files share. Dot-sourced in BeforeDiscovery and in BeforeAll.

# The module is the one that DG_TEST_MODULE names, which Invoke.ps1 takes out of a package; else what the build has staged.
$ModulePath = $env:DG_TEST_MODULE ? $env:DG_TEST_MODULE : [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'DeltaGlider'))
$RepositoryPath = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))
$OtherSdkPath = [IO.Path]::Combine($RepositoryPath, 'out', 'other-sdk')

# A script in a new engine, so that what one import leaves behind is not there for the next. In it $m is the module and $t
# the test's folder.
function Invoke-Pwsh([string]$Script, [string[]]$Argument = @('-NonInteractive')) {
    $pwsh = (Get-Process -Id $PID).Path
    $output = & $pwsh -NoProfile @Argument -Command "`$ErrorActionPreference = 'Stop'; `$m = '$ModulePath'; `$t = '$TestDrive'; $Script" 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$output" }
    $output
}

# An HTTP server that answers what a test tells it to, and remembers what it was asked.
function Start-RecordingServer([int]$DelayMilliseconds = 0) {
    if (-not ('DeltaGlider.Tests.RecordingServer' -as [type])) { Add-Type -Path "$PSScriptRoot/RecordingServer.cs" }
    [DeltaGlider.Tests.RecordingServer]::new($DelayMilliseconds)
}

# The stores that the tests run on: the embedded one always, an S3 server where the environment names one.
function Get-TestStore {
    @{ Store = 'embedded' }
    if ($env:DG_TEST_S3_ENDPOINT) { @{ Store = 'S3' } }
}

# A new folder for a test's files.
function New-TestFolder {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "dg-pester-$([Guid]::NewGuid().ToString('n'))"
    (New-Item -ItemType Directory -Path $folder).FullName
}

# A new bucket. Gives what the cmdlets need to reach it.
function New-TestBucket([string]$Store, [string]$Folder) {
    $bucket = "dg-$([Guid]::NewGuid().ToString('n').Substring(0, 16))"
    if ($Store -eq 'embedded') {
        $null = New-Item -ItemType Directory -Path (Join-Path $Folder 'store' $bucket)
        $connection = @{ EndpointUrl = [Uri]::new('file:///' + (Join-Path $Folder 'store').TrimStart('/')).AbsoluteUri }
    }
    else {
        $connection = @{
            EndpointUrl = $env:DG_TEST_S3_ENDPOINT
            AccessKey   = $env:DG_TEST_S3_ACCESS_KEY
            SecretKey   = $env:DG_TEST_S3_SECRET_KEY
            Region      = 'us-east-1'
        }
        New-S3Bucket $bucket $connection
    }
    [pscustomobject]@{ Name = $bucket; Uri = "s3://$bucket"; Connection = $connection; Root = (Join-Path $Folder 'store' $bucket) }
}

# There is no cmdlet yet that makes a bucket: the module's own adapter does it, reached through its load context.
function New-S3Bucket([string]$Name, [hashtable]$Connection) {
    $context = [Runtime.Loader.AssemblyLoadContext]::GetLoadContext([DeltaGlider.DGObject].Assembly)
    $adapters = $context.LoadFromAssemblyName([Reflection.AssemblyName]'DeltaGlider.Adapters')
    $options = [Activator]::CreateInstance($adapters.GetType('DeltaGlider.Adapters.S3.S3ConnectionOptions', $true))
    foreach ($key in $Connection.Keys) { $options.GetType().GetProperty($key).SetValue($options, $Connection[$key]) }
    $connector = [Activator]::CreateInstance($adapters.GetType('DeltaGlider.Adapters.S3.StoreConnector', $true), @($null, $null))
    $open = $connector.ConnectAsync($options, [Threading.CancellationToken]::None).AsTask().GetAwaiter().GetResult()
    try { $null = $open.Store.CreateBucketAsync($Name, [Threading.CancellationToken]::None).AsTask().GetAwaiter().GetResult() }
    finally { $open.Dispose() }
}

# Successive versions of an archive: random bytes of which each version changes a little.
function New-TestVersion([string]$Folder, [int]$Count = 5, [int]$Size = 300kb, [int]$Seed = 1) {
    $null = New-Item -ItemType Directory -Path $Folder -Force
    $random = [Random]::new($Seed)
    $bytes = [byte[]]::new($Size)
    $random.NextBytes($bytes)
    foreach ($number in 1..$Count) {
        foreach ($edit in 1..20) { $bytes[$random.Next($Size)] = $random.Next(256) }
        $path = Join-Path $Folder "app-1.$number.zip"
        [IO.File]::WriteAllBytes($path, $bytes)
        Get-Item -LiteralPath $path
    }
}

function Get-Sha256([string]$Path) { (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant() }

# Every file of the embedded store that holds an object's bytes.
function Get-StoredFile($Bucket) {
    Get-ChildItem -LiteralPath $Bucket.Root -Recurse -File -Force | Where-Object { $_.FullName -notmatch '[\\/]\.dgstore[\\/](meta|locks|tmp|long)' }
}

# The unfinished multipart uploads of a bucket on an S3 server, asked for past the module: with the SDK of another build.
function Get-MultipartUpload($Bucket) {
    foreach ($name in 'Core', 'S3') { $null = [Reflection.Assembly]::LoadFrom("$OtherSdkPath/AWSSDK.$name.dll") }
    $config = [Amazon.S3.AmazonS3Config]@{ ServiceURL = $Bucket.Connection.EndpointUrl; ForcePathStyle = $true; AuthenticationRegion = 'us-east-1' }
    $client = [Amazon.S3.AmazonS3Client]::new([Amazon.Runtime.BasicAWSCredentials]::new($Bucket.Connection.AccessKey, $Bucket.Connection.SecretKey), $config)
    try { ($client.ListMultipartUploadsAsync($Bucket.Name).GetAwaiter().GetResult().MultipartUploads).Key | Where-Object { $_ } }
    finally { $client.Dispose() }
}

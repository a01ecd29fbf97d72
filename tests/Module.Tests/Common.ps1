# What all the Pester files share. Dot-sourced in BeforeDiscovery and in BeforeAll.
$ModulePath = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'DeltaGlider'))

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

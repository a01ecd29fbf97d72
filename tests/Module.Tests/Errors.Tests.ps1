BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
    $s3 = [bool]$env:DG_TEST_S3_ENDPOINT
}

Describe 'What goes wrong on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
        $versions = New-TestVersion (Join-Path $folder 'versions')
        $null = $versions | Copy-DGObject -Destination "$($bucket.Uri)/app/" @connection

        # The one error that a command gives, whether it ends the call or not.
        function Get-TheError([scriptblock]$Command) {
            $ErrorActionPreference = 'Continue'
            $all = try { & $Command 2>&1 } catch { $_ }
            @($all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -HaveCount 1
            $all | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
        }
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It '<Number> <Name>' -ForEach @(
        @{ Number = '15'; Name = 'a missing file'; Id = 'FileNotFound'; Category = 'ObjectNotFound'; Do = { Copy-DGObject "$folder/nope.zip" "$($bucket.Uri)/x/" @connection }; Target = { "$folder/nope.zip" } }
        @{ Number = '15'; Name = 'a wildcard that matches nothing'; Id = 'FileNotFound'; Category = 'ObjectNotFound'; Do = { Copy-DGObject "$folder/nope*.zip" "$($bucket.Uri)/x/" @connection }; Target = { "$folder/nope*.zip" } }
        @{ Number = '15'; Name = 'a folder in place of a file'; Id = 'IsAFolder'; Category = 'InvalidType'; Do = { Copy-DGObject $folder "$($bucket.Uri)/x/" @connection }; Target = { $folder } }
        @{ Number = '15'; Name = 'a missing key, to fetch'; Id = 'ObjectNotFound'; Category = 'ObjectNotFound'; Do = { Copy-DGObject "$($bucket.Uri)/app/nope.zip" "$folder/n.zip" @connection }; Target = { "$($bucket.Uri)/app/nope.zip" } }
        @{ Number = '15'; Name = 'a missing key, to test'; Id = 'ObjectNotFound'; Category = 'ObjectNotFound'; Do = { Test-DGDelta "$($bucket.Uri)/app/nope.zip" @connection }; Target = { "$($bucket.Uri)/app/nope.zip" } }
        @{ Number = '15'; Name = 'a missing key, to remove'; Id = 'ObjectNotFound'; Category = 'ObjectNotFound'; Do = { Remove-DGObject "$($bucket.Uri)/app/nope.zip" -Force @connection }; Target = { "$($bucket.Uri)/app/nope.zip" } }
        @{ Number = '15'; Name = 'a missing bucket, to list'; Id = 'BucketNotFound'; Category = 'ObjectNotFound'; Do = { Get-DGObject 's3://dg-no-such-bucket-7f3a' @connection } }
        @{ Number = '15'; Name = 'a missing bucket, to store into'; Id = 'BucketNotFound'; Category = 'ObjectNotFound'; Do = { Copy-DGObject $versions[0].FullName 's3://dg-no-such-bucket-7f3a/' @connection } }
        @{ Number = '15'; Name = 'a reserved key'; Id = 'ReservedKey'; Category = 'InvalidArgument'; Do = { Copy-DGObject $versions[0].FullName "$($bucket.Uri)/app/reference.bin" @connection }; Target = { "$($bucket.Uri)/app/reference.bin" } }
        @{ Number = '15'; Name = 'the key of a delta'; Id = 'ReservedKey'; Category = 'InvalidArgument'; Do = { Copy-DGObject $versions[0].FullName "$($bucket.Uri)/app/x.zip.delta" @connection } }
        @{ Number = '15'; Name = 'a URI that is none'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Do = { Get-DGObject 's3://A' @connection }; Target = { 's3://A' } }
        @{ Number = '09'; Name = 'another provider'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Do = { Copy-DGObject 'env:PATH' "$($bucket.Uri)/x/" @connection }; Target = { 'env:PATH' } }
        @{ Number = '09'; Name = 'another provider as destination'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Do = { Copy-DGObject "$($bucket.Uri)/app/app-1.1.zip" 'variable:x' @connection } }
        @{ Number = '15'; Name = 'file to file'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Do = { Copy-DGObject $versions[0].FullName "$folder/b.zip" @connection } }
        @{ Number = '15'; Name = 'a prefix in place of an object'; Id = 'InvalidArgument'; Category = 'InvalidArgument'; Do = { Copy-DGObject "$($bucket.Uri)/app/" "$folder/b/" @connection } }
    ) {
        $problem = Get-TheError $Do
        $problem.FullyQualifiedErrorId | Should -BeLike "DeltaGlider.$Id,*"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.Exception | Should -BeOfType DeltaGlider.DGException
        $problem.Exception.Kind | Should -Be $Id
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        if ($Target) { $problem.TargetObject | Should -BeExactly (& $Target) }
        Test-Path "$folder/n.zip" | Should -BeFalse
    }

    It '15 a destination that is a folder with a folder of that name in it' {
        $null = New-Item -ItemType Directory "$folder/dest/app-1.1.zip" -Force
        (Get-TheError { Copy-DGObject "$($bucket.Uri)/app/app-1.1.zip" "$folder/dest" @connection }).FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.IsAFolder,*'
    }

    It 'a read-only file is replaced with -Force only' {
        $file = New-Item "$folder/readonly.zip" -Value 'old'
        $file.IsReadOnly = $true
        (Get-TheError { Copy-DGObject "$($bucket.Uri)/app/app-1.1.zip" $file.FullName @connection }).FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.FileUnwritable,*'
        Get-Content $file.FullName | Should -Be 'old'
        $null = Copy-DGObject "$($bucket.Uri)/app/app-1.1.zip" $file.FullName -Force @connection
        Get-Sha256 $file.FullName | Should -Be (Get-Sha256 $versions[0].FullName)
    }

    It 'several sources with one key as destination: only the first is stored' {
        $out = $versions | Copy-DGObject -Destination "$($bucket.Uri)/forgot-the-slash.zip" @connection -ErrorAction SilentlyContinue -ErrorVariable problems
        $out | Should -HaveCount 1
        $problems | Should -HaveCount 4
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.AlreadyExists,*'
        (Test-DGDelta "$($bucket.Uri)/forgot-the-slash.zip" @connection).Actual | Should -Be (Get-Sha256 $versions[0].FullName)
    }

    It '14 one bad item of five: four results, one error' {
        $paths = @($versions[0].FullName, $versions[1].FullName, "$folder/bad.zip", $versions[2].FullName, $versions[3].FullName)
        $out = $paths | Copy-DGObject -Destination "$($bucket.Uri)/five/" @connection -ErrorAction SilentlyContinue -ErrorVariable problems
        $out | Should -HaveCount 4
        $problems | Should -HaveCount 1
        $problems[0].TargetObject | Should -Be "$folder/bad.zip"
    }

    It '14 stops at the first error with -ErrorAction Stop' {
        { @("$folder/bad.zip", $versions[0].FullName) | Copy-DGObject -Destination "$($bucket.Uri)/stop/" @connection -ErrorAction Stop } |
            Should -Throw -ErrorId 'DeltaGlider.FileNotFound,*'
        Get-DGObject "$($bucket.Uri)/stop/" @connection | Should -BeNullOrEmpty
    }

    It '14 says nothing with -ErrorAction Ignore' {
        $before = $Error.Count
        Test-DGDelta "$($bucket.Uri)/nope" @connection -ErrorAction Ignore | Should -BeNullOrEmpty
        $Error.Count | Should -Be $before
    }

    It '15 can be caught by type and told apart by kind' {
        $kind = try { Test-DGDelta "$($bucket.Uri)/nope" @connection -ErrorAction Stop } catch [DeltaGlider.DGException] { $_.Exception.Kind }
        $kind | Should -Be 'ObjectNotFound'
    }
}

Describe 'What is damaged in the embedded store' {
    BeforeEach {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        # A cache of its own: other tests have needed the same reference in this process.
        $env:DG_CACHE_DIR = Join-Path $folder 'cache'
        $bucket = New-TestBucket 'embedded' $folder
        $connection = $bucket.Connection
        $versions = New-TestVersion (Join-Path $folder 'versions') -Count 2
        $null = $versions | Copy-DGObject -Destination "$($bucket.Uri)/app/" @connection
        $uri = "$($bucket.Uri)/app/app-1.2.zip"
        $old = Set-Content "$folder/dest.zip" 'the old file' -PassThru
        (Get-Item "$folder/dest.zip").LastWriteTimeUtc = [DateTime]::UnixEpoch

        # Turns over the bits of one byte of a stored object, without a word to the store. The first bytes are headers.
        function Edit-StoredByte([string]$Name, [int]$From) {
            $file = Get-StoredFile $bucket | Where-Object Name -eq $Name
            $bytes = [IO.File]::ReadAllBytes($file.FullName)
            $bytes[$From] = $bytes[$From] -bxor 0xFF
            [IO.File]::WriteAllBytes($file.FullName, $bytes)
        }
    }

    AfterEach { Remove-Item Env:DG_CACHE_DIR; Remove-Item -LiteralPath $folder -Recurse -Force }

    It 'a damaged delta is refused, and the old destination file stays' {
        Edit-StoredByte 'app-1.2.zip.delta' 40
        Copy-DGObject $uri "$folder/dest.zip" @connection -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.Exception.Kind | Should -BeIn 'DeltaUndecodable', 'ChecksumMismatch'
        $problem.TargetObject | Should -Be $uri
        Get-Content "$folder/dest.zip" | Should -Be $old
        (Get-ChildItem $folder -File -Force).Name | Should -Be 'dest.zip' -Because 'no temporary is left'

        $tested = Test-DGDelta $uri @connection
        $tested.Valid | Should -BeFalse
        $tested.Problem | Should -Be $problem.Exception.Kind
        $tested.Reason | Should -Not -BeNullOrEmpty
    }

    It 'a damaged reference is refused, and the old destination file stays' {
        Edit-StoredByte 'reference.bin' 1000
        # In a process that has no good copy of the reference.
        $id, $category = Start-Job -ArgumentList $ModulePath, $uri, "$folder/dest.zip", $connection {
            param($module, $uri, $destination, $connection)
            Import-Module $module
            Copy-DGObject $uri $destination @connection -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.FullyQualifiedErrorId, "$($problem.CategoryInfo.Category)"
        } | Receive-Job -Wait -AutoRemoveJob
        $id | Should -BeLike 'DeltaGlider.ReferenceMismatch,*'
        $category | Should -Be 'InvalidData'
        Get-Content "$folder/dest.zip" | Should -Be $old
        (Test-DGDelta $uri @connection).Problem | Should -Be 'ReferenceMismatch' -Because 'it looks at the bucket'
    }

    It 'a damaged reference is found by Test-DGDelta also where the cache has a sound copy, which is good to restore from' {
        foreach ($need in 1, 2) { $null = Copy-DGObject $uri "$folder/dest.zip" @connection }
        Edit-StoredByte 'reference.bin' 1000
        (Copy-DGObject $uri "$folder/dest.zip" @connection).Sha256 | Should -Be (Get-Sha256 "$folder/dest.zip")
        (Test-DGDelta $uri @connection).Problem | Should -Be 'ReferenceMismatch'
    }

    It 'a file stored whole whose bytes are others is refused, and the old destination file stays' {
        $null = Copy-DGObject $versions[0].FullName "$($bucket.Uri)/whole.dat" @connection
        Edit-StoredByte 'whole.dat' 1000
        Copy-DGObject "$($bucket.Uri)/whole.dat" "$folder/dest.zip" @connection -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.ChecksumMismatch,*'
        Get-Content "$folder/dest.zip" | Should -Be $old
        $tested = Test-DGDelta "$($bucket.Uri)/whole.dat" @connection
        $tested.Valid | Should -BeFalse
        $tested.Expected | Should -Be (Get-Sha256 $versions[0].FullName)
        $tested.Actual | Should -Not -Be $tested.Expected
    }
}

Describe 'What is wrong with the whole call' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $saved = @{}
        foreach ($name in 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_EC2_METADATA_DISABLED', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'DG_MAX_RATIO', 'DG_CACHE_MEMORY_SIZE_MB', 'DG_LOG_LEVEL') {
            $saved[$name] = [Environment]::GetEnvironmentVariable($name)
        }
    }

    BeforeEach {
        foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $null) }
        $env:AWS_EC2_METADATA_DISABLED = 'true'
        $env:AWS_SHARED_CREDENTIALS_FILE = "$TestDrive/credentials"
        $env:AWS_CONFIG_FILE = "$TestDrive/config"
    }

    AfterAll { foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) } }

    It '16 no credentials: ends the call and names every place looked at' {
        $problem = try { 's3://bkt', 's3://bkt' | Get-DGObject -Region us-east-1 } catch { $_ }
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.NoCredentials,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        foreach ($place in 'AWS_ACCESS_KEY_ID', 'profile', 'container', 'instance') { "$problem" | Should -Match $place }
    }

    It 'a secret key without an access key: no secret in the error' {
        $secret = 'sEcReT-' + 'value' # Not as it stands: the record quotes the script's line.
        $problem = try { Get-DGObject s3://bkt -SecretKey $secret -Region us-east-1 } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.InvalidArgument,*'
        ($problem | Format-List * -Force | Out-String) + ($problem.Exception | Format-List * -Force | Out-String) | Should -Not -MatchExactly 'sEcReT-value'
    }

    It 'a profile that is not there is an error, and not the next place' {
        $env:AWS_ACCESS_KEY_ID = 'a'
        $env:AWS_SECRET_ACCESS_KEY = 'b'
        { Get-DGObject s3://bkt -ProfileName 'no-such-profile' -Region us-east-1 } | Should -Throw '*no-such-profile*'
    }

    It 'a credential that is none' {
        { Get-DGObject s3://bkt -Credential (Get-Date) -Region us-east-1 } | Should -Throw '*System.DateTime*' -ErrorId 'DeltaGlider.InvalidArgument,*'
    }

    It '<Variable> = <Value>: names variable, value and what is allowed' -ForEach @(
        @{ Variable = 'DG_MAX_RATIO'; Value = '7'; Allowed = '0' }
        @{ Variable = 'DG_CACHE_MEMORY_SIZE_MB'; Value = 'much'; Allowed = '1' }
        @{ Variable = 'DG_LOG_LEVEL'; Value = 'loud'; Allowed = 'DEBUG' }
    ) {
        [Environment]::SetEnvironmentVariable($Variable, $Value)
        $problem = try { Get-DGObject -EndpointUrl "file://$TestDrive/s" } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.InvalidArgument,*'
        "$problem" | Should -Match $Variable
        "$problem" | Should -Match "'$Value'"
        "$problem" | Should -Match $Allowed
    }

    It 'an endpoint that is none' {
        { Get-DGObject s3://bkt -EndpointUrl 'nonsense' } | Should -Throw '*nonsense*' -ErrorId 'DeltaGlider.InvalidArgument,*'
    }

    It '16 a wrong secret ends the call, and the error keeps it to itself' -Skip:(-not $s3) {
        $secret = 'sEcReT-' + 'value'
        $problem = try { 's3://dg-any-bucket', 's3://dg-any-bucket' | Get-DGObject -AccessKey $env:DG_TEST_S3_ACCESS_KEY -SecretKey $secret -EndpointUrl $env:DG_TEST_S3_ENDPOINT } catch { $_ }
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.CredentialsRejected,*'
        ($problem | Format-List * -Force | Out-String) + (Get-Error -InputObject $problem | Out-String) | Should -Not -MatchExactly 'sEcReT-value'
    }

    It 'takes a PSCredential, and what another AWS SDK made' -Skip:(-not $s3) {
        $pair = [pscredential]::new($env:DG_TEST_S3_ACCESS_KEY, (ConvertTo-SecureString $env:DG_TEST_S3_SECRET_KEY -AsPlainText -Force))
        { Get-DGObject -Credential $pair -EndpointUrl $env:DG_TEST_S3_ENDPOINT -ErrorAction Stop } | Should -Not -Throw

        $foreign = [Reflection.Assembly]::LoadFrom("$ModulePath/lib/AWSSDK.Core.dll").GetType('Amazon.Runtime.BasicAWSCredentials', $true)
        $credential = [Activator]::CreateInstance($foreign, @($env:DG_TEST_S3_ACCESS_KEY, $env:DG_TEST_S3_SECRET_KEY))
        { Get-DGObject -Credential $credential -EndpointUrl $env:DG_TEST_S3_ENDPOINT -ErrorAction Stop } | Should -Not -Throw
    }
}

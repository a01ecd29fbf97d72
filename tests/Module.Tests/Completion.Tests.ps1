BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
}

Describe 'Completion on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
        $line = ($connection.GetEnumerator() | ForEach-Object { "-$($_.Key) '$($_.Value)'" }) -join ' '
        $files = New-TestVersion (Join-Path $folder 'versions') -Count 2 -Size 3kb
        $null = $files | Copy-DGObject -Destination "$($bucket.Uri)/app/" @connection
        $null = Copy-DGObject $files[0].FullName "$($bucket.Uri)/app/it's a name.zip" @connection

        function Complete([string]$Text) { (TabExpansion2 -inputScript $Text -cursorColumn $Text.Length).CompletionMatches.CompletionText }
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    It '23 buckets, of <_>' -ForEach 'Get-DGObject -Uri', 'Sync-DGFolder -Path', 'Sync-DGFolder x -Destination', 'Copy-DGObject -Path', 'Copy-DGObject x -Destination', 'Copy-DGObject -LiteralPath', 'Remove-DGObject', 'Test-DGDelta' {
        Complete ("$_ s3://$($bucket.Name.Substring(0, 12))" -replace '^(\S+)', "`$1 $line") | Should -Contain "$($bucket.Uri)/"
    }

    It '23 buckets by their names, where nothing else may stand: <_>' -ForEach 'Get-DGBucketAcl', 'Clear-DGTempObject', 'New-DGBucket', 'Remove-DGBucket' {
        Complete "$_ $line $($bucket.Name.Substring(0, 12))" | Should -Contain $bucket.Name
        Complete "$_ $line s3://$($bucket.Name.Substring(0, 12))" | Should -Contain "$($bucket.Uri)/"
    }

    It '23 prefixes and keys, one level at a time' {
        Complete "Get-DGObject $line $($bucket.Uri)/" | Should -Be "$($bucket.Uri)/app/"
        Complete "Get-DGObject $line $($bucket.Uri)/app/app-1." | Should -Be "$($bucket.Uri)/app/app-1.1.zip", "$($bucket.Uri)/app/app-1.2.zip"
    }

    It '23 a key that the line would read as something else comes quoted' {
        Complete "Test-DGDelta $line $($bucket.Uri)/app/it" | Should -Be "'$($bucket.Uri)/app/it''s a name.zip'"
    }

    It '23 with presets of $PSDefaultParameterValues' {
        $global:PSDefaultParameterValues = @{}
        foreach ($key in $connection.Keys) { $global:PSDefaultParameterValues["*-DG*:$key"] = $connection[$key] }
        try { Complete "Get-DGObject $($bucket.Uri)/" | Should -Be "$($bucket.Uri)/app/" }
        finally { $global:PSDefaultParameterValues = @{} }
    }
}

Describe 'Completion' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        function Complete([string]$Text) { (TabExpansion2 -inputScript $Text -cursorColumn $Text.Length).CompletionMatches.CompletionText }
        Set-Content "$TestDrive/credentials" "[default]`n[ci-1]`naws_access_key_id = a`naws_secret_access_key = b`n[my profile]`naws_access_key_id = a`naws_secret_access_key = b"
    }

    It '23 profiles, of the file that the line names' {
        Complete "Get-DGObject -ProfileLocation '$TestDrive/credentials' -ProfileName " | Should -Be 'ci-1', "'my profile'"
        Complete "Copy-DGObject -ProfileLocation '$TestDrive/credentials' -ProfileName ci" | Should -Be 'ci-1'
    }

    It '23 regions' {
        Complete 'Get-DGObject -Region eu-central-' | Should -Contain 'eu-central-1'
    }

    It '23 files, where a file may stand and no URI was begun' {
        $null = New-Item "$TestDrive/some-file.zip"
        Push-Location $TestDrive
        try { Complete 'Copy-DGObject some-' | Should -BeLike '*some-file.zip' }
        finally { Pop-Location }
    }

    It '23 never throws, whatever the line says: <_>' -ForEach @(
        '-EndpointUrl rubbish'
        '-EndpointUrl file:///no/such/folder'
        '-EndpointUrl http://127.0.0.1:9 -AccessKey a -SecretKey b'
        '-EndpointUrl http://127.0.0.1:9 -AccessKey a'
        '-ProfileName no-such-profile -Region us-east-1'
        '-Credential (Get-Date) -Region us-east-1'
    ) {
        { Complete "Get-DGObject $_ s3://bkt/" } | Should -Not -Throw
        Complete "Get-DGObject $_ s3://bkt/" | Should -BeNullOrEmpty
    }

    It '23 gives up on a store that does not answer' {
        $server = Start-RecordingServer -DelayMilliseconds 60000
        try {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            Complete "Get-DGObject -EndpointUrl $($server.Url) -AccessKey a -SecretKey b s3://bkt/" | Should -BeNullOrEmpty
            # Half the server's time: it was not waited for.
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
            $server.Requests.Count | Should -BeGreaterThan 0
        }
        finally { $server.Dispose() }
    }
}

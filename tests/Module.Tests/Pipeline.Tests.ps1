BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
}

Describe 'The pipeline on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
        $versions = New-TestVersion (Join-Path $folder 'versions')
        $null = $versions | Copy-DGObject -Destination "$($bucket.Uri)/app/" @connection
        $uri = "$($bucket.Uri)/app/app-1.1.zip"
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    Context 'paths' {
        BeforeAll {
            $names = New-Item -ItemType Directory "$folder/paths"
            'a[1].zip', 'a1.zip', 'b.txt' | ForEach-Object { [IO.File]::WriteAllText("$names/$_", $_) }
        }

        It '08 takes wildcards in -Path, and not in -LiteralPath' {
            (Copy-DGObject "$names/a*.zip" "$($bucket.Uri)/p/" @connection) | Should -HaveCount 2
            (Copy-DGObject "$names/a[1].zip" "$($bucket.Uri)/q/" @connection).Source | Should -Be (Join-Path $names 'a1.zip')
            (Copy-DGObject -LiteralPath "$names/a[1].zip" "$($bucket.Uri)/q/" @connection).Source | Should -Be (Join-Path $names 'a[1].zip')
        }

        It '08 takes paths relative to the location, of FileInfo, of strings and with a provider''s name' {
            Push-Location $names
            try {
                (Copy-DGObject ./b.txt "$($bucket.Uri)/rel/" @connection).Source | Should -Be (Join-Path $names 'b.txt')
                (Get-Item b.txt | Copy-DGObject -Destination "$($bucket.Uri)/rel/" @connection).Uri | Should -Be "$($bucket.Uri)/rel/b.txt"
                ('b.txt' | Copy-DGObject -Destination "$($bucket.Uri)/rel/" @connection).Uri | Should -Be "$($bucket.Uri)/rel/b.txt"
                (Copy-DGObject "FileSystem::$names/b.txt" "$($bucket.Uri)/rel/" @connection).Uri | Should -Be "$($bucket.Uri)/rel/b.txt"
                (Copy-DGObject "$($bucket.Uri)/rel/b.txt" . @connection).Destination | Should -Be (Join-Path $names 'b.txt')
                (Copy-DGObject "$($bucket.Uri)/rel/b.txt" './new/' @connection).Destination | Should -Be (Join-Path $names 'new' 'b.txt')
            }
            finally { Pop-Location }
        }

        It '08 takes a drive of one''s own' {
            $null = New-PSDrive -Name dgtest -PSProvider FileSystem -Root $names
            (Copy-DGObject dgtest:/b.txt "$($bucket.Uri)/drive/" @connection).Source | Should -Be (Join-Path $names 'b.txt')
            (Copy-DGObject "$($bucket.Uri)/drive/b.txt" dgtest:/from-drive.txt @connection).Destination | Should -Be (Join-Path $names 'from-drive.txt')
        }
    }

    Context 'objects' {
        It '10 pipes what was copied into the test' {
            ($versions[0] | Copy-DGObject -Destination "$($bucket.Uri)/chain/" @connection | Test-DGDelta @connection).Valid | Should -BeTrue
        }

        It '07 <Command> puts out the type it declares' -ForEach @(
            @{ Command = 'Copy-DGObject'; Do = { Copy-DGObject $uri "$folder/t.zip" @connection } }
            @{ Command = 'Get-DGObject'; Do = { Get-DGObject $uri @connection } }
            @{ Command = 'Test-DGDelta'; Do = { Test-DGDelta $uri @connection } }
            @{ Command = 'Remove-DGObject'; Do = { $null = $versions[0] | Copy-DGObject -Destination "$($bucket.Uri)/typed/" @connection; Remove-DGObject "$($bucket.Uri)/typed/app-1.1.zip" -Force @connection } }
        ) {
            $output = & $Do
            $output | Should -HaveCount 1
            $output.GetType() | Should -Be (Get-Command $Command).OutputType[0].Type
        }

        It '07 goes through JSON and CSV and comes back' {
            $listed = Get-DGObject "$($bucket.Uri)/app/" @connection
            $json = $listed | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
            $json.Uri | Should -BeExactly $listed.Uri
            $json.Size | Should -Be $listed.Size
            $json[0].Storage | Should -Be 'Delta'
            $json[0].LastModified | Should -Be $listed[0].LastModified
            ($json | Test-DGDelta @connection).Valid | Sort-Object -Unique | Should -Be $true
            ($listed | ConvertTo-Csv | ConvertFrom-Csv).Sha256 | Should -Be $listed.Sha256
        }

        It '07 works in a job, and what comes out of it pipes on' {
            $job = Start-Job { Import-Module $using:ModulePath; $c = $using:connection; Get-DGObject "$($using:bucket.Uri)/app/" @c }
            $listed = $job | Receive-Job -Wait -AutoRemoveJob
            $listed | Should -HaveCount 5
            $listed[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.DeltaGlider.DGObject'
            $listed[0].Size | Should -BeOfType [long]
            ($listed | Test-DGDelta @connection).Valid | Sort-Object -Unique | Should -Be $true
        }

        It 'shows tables with sizes and savings' {
            $text = Get-DGObject "$($bucket.Uri)/app/" @connection | Out-String -Width 200
            $text | Should -Match 'In: s3://'
            $text | Should -Match '300\.0 KiB'
            $text | Should -Match '9\d\.\d%'
            Test-DGDelta $uri @connection | Out-String -Width 200 | Should -Match 'True\s+Delta\s+300\.0 KiB'
        }
    }

    Context 'stopping' {
        It '17 ends with Select-Object -First 1' {
            (Get-DGObject $bucket.Uri -Recurse @connection | Select-Object -First 1) | Should -HaveCount 1
            ($versions | Copy-DGObject -Destination "$($bucket.Uri)/first/" @connection | Select-Object -First 1) | Should -HaveCount 1
            @(Get-DGObject "$($bucket.Uri)/first/" @connection | Test-DGDelta @connection | Where-Object { -not $_.Valid }) |
                Should -HaveCount 0 -Because 'what had been begun is there whole, or not at all'
            (Get-DGObject "$($bucket.Uri)/first/" @connection).Name | Should -Contain $versions[0].Name
        }

        It '18 ends when it is stopped from outside, soon and without a leftover' {
            $big = New-TestVersion (Join-Path $folder 'big') -Count 1 -Size 60mb
            $shell = [powershell]::Create()
            $null = $shell.AddScript('param($m, $f, $d, $c) Import-Module $m; Copy-DGObject $f $d @c').AddArgument($ModulePath).AddArgument($big.FullName).AddArgument("$($bucket.Uri)/stopped/").AddArgument($connection)
            $running = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 400
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
            $shell.InvocationStateInfo.State | Should -BeIn 'Stopped', 'Completed'
            $shell.Dispose()
            @(Get-DGObject "$($bucket.Uri)/stopped/" @connection | Test-DGDelta @connection | Where-Object { -not $_.Valid }) | Should -HaveCount 0
        }
    }

    Context 'questions' {
        It '12 writes nothing under -WhatIf, and shows the plan' {
            $before = Get-DGObject $bucket.Uri -Recurse @connection | ForEach-Object { "$($_.Uri) $($_.ETag)" }
            $pwsh = (Get-Process -Id $PID).Path
            $env:DG_PESTER_CONNECTION = $connection | ConvertTo-Json
            $said = & $pwsh -NoProfile -NonInteractive -Command "
                Import-Module '$ModulePath'
                `$c = `$env:DG_PESTER_CONNECTION | ConvertFrom-Json -AsHashtable
                Copy-DGObject '$($versions[4].FullName)' '$($bucket.Uri)/whatif/' -WhatIf @c
                Copy-DGObject '$($versions[4].FullName)' '$uri' -WhatIf @c
                Copy-DGObject '$uri' '$folder/whatif.zip' -WhatIf @c
                Remove-DGObject '$uri' -WhatIf @c
                Remove-DGObject '$uri' -Force -WhatIf @c"
            $env:DG_PESTER_CONNECTION = $null
            $said | Should -HaveCount 5
            $said[0] | Should -Be "What if: Store $($versions[4].FullName) as $($bucket.Uri)/whatif/app-1.5.zip (as a delta where that is worth it)"
            $said[2] | Should -BeLike "What if: Fetch $uri into *whatif.zip"
            $said[3] | Should -BeLike "What if: Remove $uri*"
            $said[4] | Should -Be $said[3]
            Get-DGObject $bucket.Uri -Recurse @connection | ForEach-Object { "$($_.Uri) $($_.ETag)" } | Should -Be $before
            Test-Path "$folder/whatif.zip" | Should -BeFalse
        }

        It '13 obeys $WhatIfPreference even with -Force' {
            $WhatIfPreference = $true
            Remove-DGObject $uri -Force @connection | Should -BeNullOrEmpty
            $WhatIfPreference = $false
            (Get-DGObject $uri @connection) | Should -HaveCount 1
        }

        It '13 asks before it removes, and not with -Force' {
            (Get-Command Remove-DGObject).Parameters.Keys | Should -Contain 'Confirm'
            $pwsh = (Get-Process -Id $PID).Path
            $env:DG_PESTER_CONNECTION = $connection | ConvertTo-Json
            $said = & $pwsh -NoProfile -NonInteractive -Command "
                Import-Module '$ModulePath'
                `$c = `$env:DG_PESTER_CONNECTION | ConvertFrom-Json -AsHashtable
                Remove-DGObject '$uri' @c" 2>&1 | Out-String
            $env:DG_PESTER_CONNECTION = $null
            $said | Should -Match 'NonInteractive|interactive'
            (Get-DGObject $uri @connection) | Should -HaveCount 1
        }
    }

    Context 'telling' {
        It '21 shows progress at most five times a second, and takes it away, on failure too' {
            $big = New-TestVersion (Join-Path $folder 'progress') -Count 1 -Size 40mb -Seed 7
            foreach ($destination in "$($bucket.Uri)/progress/", 's3://dg-no-such-bucket-7f3a/') {
                $shell = [powershell]::Create()
                $null = $shell.AddScript('param($m, $f, $d, $c) $ProgressPreference = "Continue"; Import-Module $m; Copy-DGObject $f $d @c').AddArgument($ModulePath).AddArgument($big.FullName).AddArgument($destination).AddArgument($connection)
                $clock = [Diagnostics.Stopwatch]::StartNew()
                $null = $shell.Invoke()
                $records = @($shell.Streams.Progress | Where-Object Activity -Like 'Copy-DGObject*')
                $shell.HadErrors | Should -Be ($destination -notlike "*$($bucket.Name)*")
                $records.Count | Should -BeGreaterThan 1
                @($records | Where-Object RecordType -EQ 'Processing').Count | Should -BeLessOrEqual (5 * $clock.Elapsed.TotalSeconds + 1)
                $records[-1].RecordType | Should -Be 'Completed'
                $shell.Dispose()
            }
            $null = Remove-DGObject "$($bucket.Uri)/progress/$($big.Name)" -Force @connection
        }

        It '22 tells decisions with -Verbose, and where the store was reached in debug' {
            $verbose = Copy-DGObject $versions[1].FullName "$($bucket.Uri)/told/" @connection -Verbose 4>&1 | Out-String
            $verbose | Should -Match 'stored as Delta'
            $DebugPreference = 'Continue'
            $debug = Get-DGObject $uri @connection 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] } | Out-String
            $debug | Should -Match 'store|S3 at'
            if ($connection.SecretKey) { "$verbose$debug" | Should -Not -Match ([regex]::Escape($connection.SecretKey)) }
        }

        It '22 tells no more than DG_LOG_LEVEL allows' {
            $env:DG_LOG_LEVEL = 'WARNING'
            try { Copy-DGObject $versions[2].FullName "$($bucket.Uri)/told/" @connection -Verbose 4>&1 | Out-String | Should -Not -Match 'stored as Delta' }
            finally { $env:DG_LOG_LEVEL = $null }
        }
    }
}

BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
}

Describe 'Whole folders on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection

        # A tree of its own for a test: three versions of an archive in a subfolder, and a small file.
        function New-Tree([string]$Name) {
            $root = Join-Path $folder $Name
            $null = New-TestVersion (Join-Path $root 'app') -Count 3
            [IO.File]::WriteAllText((Join-Path $root 'notes.txt'), 'notes')
            Get-ChildItem $root -Recurse -File | ForEach-Object { $_.LastWriteTimeUtc = [datetime]::new(2026, 3, 1, 10, 0, 0, [DateTimeKind]::Utc) }
            $root
        }
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    Context 'Copy-DGObject -Recurse' {
        It 'takes a folder up and down again, with its times' {
            $tree = New-Tree 'copy'
            $up = Copy-DGObject $tree "$($bucket.Uri)/copy" -Recurse @connection
            $up.Uri | Sort-Object | Should -Be @("$($bucket.Uri)/copy/app/app-1.1.zip", "$($bucket.Uri)/copy/app/app-1.2.zip", "$($bucket.Uri)/copy/app/app-1.3.zip", "$($bucket.Uri)/copy/notes.txt")
            ($up | Where-Object Storage -EQ Delta) | Should -HaveCount 3

            $down = Copy-DGObject "$($bucket.Uri)/copy" (Join-Path $folder 'copy-back') -Recurse @connection
            $down | Should -HaveCount 4
            foreach ($file in Get-ChildItem $tree -Recurse -File) {
                $back = Get-Item -LiteralPath (Join-Path $folder 'copy-back' ([IO.Path]::GetRelativePath($tree, $file.FullName)))
                Get-Sha256 $back.FullName | Should -Be (Get-Sha256 $file.FullName)
                $back.LastWriteTimeUtc | Should -Be $file.LastWriteTimeUtc
            }
        }

        It 'filters: -Include lets only its own in, -Exclude counts more' {
            $tree = New-Tree 'filter'
            (Copy-DGObject $tree "$($bucket.Uri)/filter1/" -Recurse -Include '*.zip' -Exclude '*1.2*' @connection).Uri | Should -Be @("$($bucket.Uri)/filter1/app/app-1.1.zip", "$($bucket.Uri)/filter1/app/app-1.3.zip")
            (Copy-DGObject $tree "$($bucket.Uri)/filter2/" -Recurse -Exclude 'app/*' @connection).Uri | Should -Be "$($bucket.Uri)/filter2/notes.txt"
        }

        It 'copies from S3 to S3 as files, and passes over what is there' {
            $tree = New-Tree 'remote'
            $null = Copy-DGObject $tree "$($bucket.Uri)/old/" -Recurse @connection
            $first = Copy-DGObject "$($bucket.Uri)/old/" "$($bucket.Uri)/new/" -Recurse @connection
            $first | Should -HaveCount 4
            $first.Skipped | Sort-Object -Unique | Should -Be $false
            (Get-DGObject "$($bucket.Uri)/new/" -Recurse @connection | Test-DGDelta @connection).Valid | Sort-Object -Unique | Should -Be $true
            (Copy-DGObject "$($bucket.Uri)/old/" "$($bucket.Uri)/new/" -Recurse @connection).Skipped | Sort-Object -Unique | Should -Be $true

            $one = Copy-DGObject "$($bucket.Uri)/old/app/app-1.2.zip" "$($bucket.Uri)/single/renamed.zip" @connection
            $one.Uri | Should -Be "$($bucket.Uri)/single/renamed.zip"
            $one.Sha256 | Should -Be (Get-Sha256 (Join-Path $tree 'app' 'app-1.2.zip'))
            (Get-DGObject "$($bucket.Uri)/old/app/" @connection | Copy-DGObject -Destination "$($bucket.Uri)/piped/" @connection) | Should -HaveCount 3
        }

        It 'keeps the names of folders that come down the pipeline, and takes objects among them' {
            $tree = New-Tree 'pipe'
            (Get-ChildItem $tree | Copy-DGObject -Destination "$($bucket.Uri)/pipe/" -Recurse @connection).Uri | Sort-Object |
                Should -Be @("$($bucket.Uri)/pipe/app/app-1.1.zip", "$($bucket.Uri)/pipe/app/app-1.2.zip", "$($bucket.Uri)/pipe/app/app-1.3.zip", "$($bucket.Uri)/pipe/notes.txt")
            $back = Join-Path $folder 'pipe-back/'
            (Get-DGObject "$($bucket.Uri)/pipe/" @connection | Copy-DGObject -Destination $back -Recurse @connection) | Should -HaveCount 4
            (Get-ChildItem $back -Recurse -File).Name | Sort-Object | Should -Be 'app-1.1.zip', 'app-1.2.zip', 'app-1.3.zip', 'notes.txt'
            Join-Path $back 'app' 'app-1.2.zip' | Should -Exist
        }

        It 'copies between two stores' {
            $tree = New-Tree 'between'
            $null = Copy-DGObject $tree "$($bucket.Uri)/between/" -Recurse @connection
            $other = Join-Path $folder 'other-store'
            $null = New-Item -ItemType Directory (Join-Path $other 'target')
            $url = [Uri]::new('file:///' + $other.TrimStart('/')).AbsoluteUri
            $source = @{}
            foreach ($key in $connection.Keys) { $source["Source$key"] = $connection[$key] }
            $copied = Copy-DGObject "$($bucket.Uri)/between/" s3://target/ -Recurse -EndpointUrl $url @source
            $copied | Should -HaveCount 4
            (Get-DGObject s3://target/ -Recurse -EndpointUrl $url | Test-DGDelta -EndpointUrl $url).Valid | Sort-Object -Unique | Should -Be $true
        }

        It 'replaces a newer or read-only file only with -Force' {
            $tree = New-Tree 'force'
            $null = Copy-DGObject (Join-Path $tree 'notes.txt') "$($bucket.Uri)/force/notes.txt" @connection
            $target = Join-Path $folder 'force-back.txt'
            [IO.File]::WriteAllText($target, 'edited')
            Copy-DGObject "$($bucket.Uri)/force/notes.txt" $target -ErrorVariable problem -ErrorAction SilentlyContinue @connection | Should -BeNullOrEmpty
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.AlreadyExists*'
            [IO.File]::ReadAllText($target) | Should -Be 'edited'
            Set-ItemProperty $target -Name IsReadOnly -Value $true
            $null = Copy-DGObject "$($bucket.Uri)/force/notes.txt" $target -Force @connection
            [IO.File]::ReadAllText($target) | Should -Be 'notes'
        }

        It '26 goes on after a bad item, and names it' {
            $tree = New-Tree 'bad'
            [IO.File]::WriteAllText((Join-Path $tree 'reference.bin'), 'mine')
            $copied = Copy-DGObject $tree "$($bucket.Uri)/bad/" -Recurse -ErrorVariable problem -ErrorAction SilentlyContinue @connection
            $copied | Should -HaveCount 4
            $problem | Should -HaveCount 1
            "$problem" | Should -BeLike '*reference.bin*'
        }

        It '12 shows the plan with -WhatIf, and does nothing' {
            $tree = New-Tree 'plan'
            Copy-DGObject $tree "$($bucket.Uri)/plan/" -Recurse -WhatIf @connection | Should -BeNullOrEmpty
            Get-DGObject "$($bucket.Uri)/plan/" -Recurse @connection | Should -BeNullOrEmpty
        }
    }

    Context 'Sync-DGFolder' {
        It 'does what is to be done, once' {
            $tree = New-Tree 'sync'
            $first = Sync-DGFolder $tree "$($bucket.Uri)/sync" @connection
            $first | Should -HaveCount 5
            $first[-1] | Should -BeOfType DeltaGlider.DGSyncSummary
            $first[-1].Transferred | Should -Be 4
            ($first | Where-Object Action -EQ Upload).Status | Sort-Object -Unique | Should -Be Done
            $first[0].SourceModified.Kind | Should -Be Utc

            $second = Sync-DGFolder $tree "$($bucket.Uri)/sync" @connection
            $second | Should -HaveCount 1
            $second.Unchanged | Should -Be 4
            ($first | Where-Object Storage -EQ Delta | Test-DGDelta @connection).Valid | Sort-Object -Unique | Should -Be $true
        }

        It '12 gives the plan as objects with -WhatIf' {
            $tree = New-Tree 'whatif'
            $null = Sync-DGFolder $tree "$($bucket.Uri)/whatif" @connection
            Remove-Item (Join-Path $tree 'notes.txt')
            [IO.File]::WriteAllText((Join-Path $tree 'new.txt'), 'new')
            $plan = Sync-DGFolder $tree "$($bucket.Uri)/whatif" -Delete -WhatIf @connection
            $plan[0..1] | ForEach-Object { "$($_.Action) $($_.Name) $($_.Status)" } | Should -Be @('Upload new.txt Planned', 'Delete notes.txt Planned')
            $plan[-1].NotDone | Should -Be 2
            (Get-DGObject "$($bucket.Uri)/whatif/" -Recurse @connection).Name | Should -Not -Contain 'new.txt'
        }

        It '13 removes with -Delete, asks first, and never everything unforced' {
            $tree = New-Tree 'delete'
            $null = Sync-DGFolder $tree "$($bucket.Uri)/delete" @connection
            Remove-Item (Join-Path $tree 'notes.txt')
            $done = Sync-DGFolder $tree "$($bucket.Uri)/delete" -Delete -Confirm:$false @connection
            $done[-1].Deleted | Should -Be 1
            Remove-Item (Join-Path $tree 'app') -Recurse
            $refused = Sync-DGFolder $tree "$($bucket.Uri)/delete" -Delete -Confirm:$false -ErrorVariable problem -ErrorAction SilentlyContinue @connection
            $refused[-1].Failed | Should -Be 1
            $problem | Should -HaveCount 1
            Get-DGObject "$($bucket.Uri)/delete/" -Recurse @connection | Should -HaveCount 3
            (Sync-DGFolder $tree "$($bucket.Uri)/delete" -Delete -Force @connection)[-1].Deleted | Should -Be 3
        }

        It 'keeps what is newer, and says so' {
            $tree = New-Tree 'newer'
            $null = Sync-DGFolder $tree "$($bucket.Uri)/newer" @connection
            [IO.File]::WriteAllText((Join-Path $tree 'notes.txt'), 'edited')
            $kept = Sync-DGFolder "$($bucket.Uri)/newer" $tree -WarningVariable warning -WarningAction SilentlyContinue @connection
            $kept[0].Status | Should -Be Kept
            $kept[-1].Kept | Should -Be 1
            "$warning" | Should -BeLike '*notes.txt*'
            [IO.File]::ReadAllText((Join-Path $tree 'notes.txt')) | Should -Be 'edited'
        }

        It '26 a failure is counted in the summary, is an error of its own, and keeps everything from being removed' {
            $tree = New-Tree 'partly'
            [IO.File]::WriteAllText((Join-Path $tree 'reference.bin'), 'mine')
            $null = Copy-DGObject (Join-Path $tree 'notes.txt') "$($bucket.Uri)/partly/stays.txt" @connection
            $summary = Sync-DGFolder $tree "$($bucket.Uri)/partly/" -Delete -Force -ErrorVariable problem -ErrorAction SilentlyContinue @connection | Select-Object -Last 1
            $summary | Should -BeOfType DeltaGlider.DGSyncSummary
            $summary.Failed | Should -BeGreaterThan 0
            $summary.Deleted | Should -Be 0
            $summary.Failures | Should -HaveCount $summary.Failed
            $problem | Should -HaveCount $summary.Failed
            Get-DGObject "$($bucket.Uri)/partly/stays.txt" @connection | Should -HaveCount 1
        }

        It '26 ends with an error where the source is missing, and removes nothing' {
            { Sync-DGFolder (Join-Path $folder 'not-there') "$($bucket.Uri)/sync" -Delete -Force @connection } | Should -Throw -ErrorId 'DeltaGlider.FileNotFound*'
            Get-DGObject "$($bucket.Uri)/sync/" -Recurse @connection | Should -HaveCount 4
        }

        It '07 goes through JSON and a job' {
            $tree = New-Tree 'json'
            $out = Sync-DGFolder $tree "$($bucket.Uri)/json" @connection | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
            $out[0].Action | Should -Be 'Upload'
            $out[-1].Transferred | Should -Be 4
        }
    }
}

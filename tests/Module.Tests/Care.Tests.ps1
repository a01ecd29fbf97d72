BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $stores = @(Get-TestStore)
}

Describe 'The care of buckets on the <Store> store' -ForEach $stores {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        Import-Module $ModulePath
        $folder = New-TestFolder
        $bucket = New-TestBucket $Store $folder
        $connection = $bucket.Connection
        $versions = New-TestVersion (Join-Path $folder 'versions')
        $null = $versions | Copy-DGObject -Destination "$($bucket.Uri)/app/" @connection
        [IO.File]::WriteAllText("$folder/note.txt", 'plain')
        $null = Copy-DGObject "$folder/note.txt" "$($bucket.Uri)/docs/" @connection
    }

    AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

    Context 'statistics' {
        It 'adds up, is kept, and is taken until something changes' {
            $first = Get-DGBucketStats $bucket.Uri @connection
            $first.ObjectCount, $first.DeltaObjects, $first.DirectObjects, $first.References | Should -Be 6, 5, 1, 1
            $first.TotalSize | Should -Be (5 * 300kb + 5)
            $first.IsEstimate | Should -BeFalse
            $first.FromCache | Should -BeFalse
            $first.Ratio | Should -BeGreaterThan 0.7
            $first.ComputedAt.Kind | Should -Be 'Utc'
            (Get-DGBucketStats $bucket.Uri @connection).FromCache | Should -BeTrue
            (Get-DGBucketStats $bucket.Uri -Refresh @connection).FromCache | Should -BeFalse
            (Get-DGBucketStats $bucket.Uri -NoCache @connection).FromCache | Should -BeFalse
            (Get-DGBucketStats $bucket.Uri -Mode Sampled @connection).TotalSize | Should -Be $first.TotalSize
            (Get-DGBucketStats "$($bucket.Uri)/app/" -Mode Detailed @connection).ObjectCount | Should -Be 5
        }

        It 'tells of each deltaspace, and stops when it has told enough' {
            $spaces = Get-DGBucketStats $bucket.Uri -ByDeltaSpace @connection
            $spaces.Uri | Should -Be "$($bucket.Uri)/app/", "$($bucket.Uri)/docs/"
            $spaces.Health | Should -Be 'Excellent', 'Unrated'
            $spaces[0].MedianDeltaRatio | Should -BeLessThan 0.1
            (Get-DGBucketStats $bucket.Uri -ByDeltaSpace @connection | Select-Object -First 1) | Should -HaveCount 1
            $spaces | Out-String -Width 200 | Should -Match 'Excellent'
        }

        It 'writes a page that needs nothing else, and under -WhatIf none' {
            Get-DGBucketStats $bucket.Uri -OutHtml "$folder/none.html" -WhatIf @connection | Should -HaveCount 1
            "$folder/none.html" | Should -Not -Exist
            Push-Location $folder
            try { $null = Get-DGBucketStats $bucket.Uri -OutHtml ./report.html @connection } finally { Pop-Location }
            $page = Get-Content "$folder/report.html" -Raw
            $page | Should -Match '<svg'
            $page | Should -Not -Match '<script|https?://'
        }

        It 'keeps nothing under -WhatIf' {
            $null = Copy-DGObject "$folder/note.txt" "$($bucket.Uri)/docs/more.txt" @connection
            $null = Get-DGBucketStats $bucket.Uri -WhatIf @connection
            (Get-DGBucketStats $bucket.Uri @connection).FromCache | Should -BeFalse
        }
    }

    Context 'a scrub' {
        It 'verifies everything below a prefix' {
            $all = Test-DGDelta $bucket.Uri -Recurse @connection
            $all | Should -HaveCount 7
            $all.Valid | Sort-Object -Unique | Should -BeTrue
            $all.Finding | Sort-Object -Unique | Should -Be 'None'
        }

        It 'names what is wrong, and mends nothing under -WhatIf' {
            $null = $versions[0..1] | Copy-DGObject -Destination "$($bucket.Uri)/gone/" @connection
            if ($Store -eq 'embedded') {
                # A file of another length the store notices itself; one of the same length only the SHA-256.
                $file = Get-StoredFile $bucket | Where-Object FullName -Match 'gone.reference\.bin$'
                $bytes = [IO.File]::ReadAllBytes($file.FullName)
                $bytes[1000] = $bytes[1000] -bxor 1
                [IO.File]::WriteAllBytes($file.FullName, $bytes)
                $found = Test-DGDelta "$($bucket.Uri)/gone/" -Recurse @connection
                $found.Valid | Should -Be $false, $false, $false
                $found.Finding | Should -Be 'ReferenceMismatch', 'ReferenceMismatch', 'ReferenceMismatch'
                [IO.File]::WriteAllText($file.FullName, 'short')
                (Test-DGDelta "$($bucket.Uri)/gone/" -Recurse @connection).Valid | Should -Be $false, $false, $false
            }
            $all = Test-DGDelta $bucket.Uri -Recurse -Repair -RemoveOrphans -WhatIf @connection
            $all.Repaired | Sort-Object -Unique | Should -BeFalse
        }
    }

    Context 'housekeeping' {
        It 'makes a bucket and removes it when it is empty, and not before' {
            $name = "dg-$([Guid]::NewGuid().ToString('n').Substring(0, 16))"
            New-DGBucket $name -WhatIf @connection | Should -BeNullOrEmpty
            (New-DGBucket $name @connection).Uri | Should -Be "s3://$name/"
            (Get-DGObject @connection).Bucket | Should -Contain $name
            $null = Copy-DGObject "$folder/note.txt" "s3://$name/" @connection
            Remove-DGBucket $name -Force -ErrorVariable failed -ErrorAction SilentlyContinue @connection
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.BucketNotEmpty,*'
            $null = Remove-DGObject "s3://$name/note.txt" -Force @connection
            Remove-DGBucket "s3://$name" -Force -WhatIf @connection | Should -BeNullOrEmpty
            (Get-DGObject @connection).Bucket | Should -Contain $name
            $null = Remove-DGBucket "s3://$name" -Force @connection
            (Get-DGObject @connection).Bucket | Should -Not -Contain $name
        }

        It 'clears nothing that is needed' {
            Clear-DGTempObject $bucket.Name @connection | Should -BeNullOrEmpty
            Clear-DGTempObject $bucket.Uri -OlderThan 0 @connection | Should -BeNullOrEmpty
        }

        It 'makes links where there is a server, and says so where there is none' {
            $uri = "$($bucket.Uri)/app/app-1.2.zip"
            if ($Store -eq 'embedded') {
                New-DGPresignedUrl $uri -ErrorVariable failed -ErrorAction SilentlyContinue @connection
                $failed[0].FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.NotSupported,*'
                return
            }
            New-DGPresignedUrl $uri -WhatIf @connection | Should -BeNullOrEmpty
            $link = New-DGPresignedUrl $uri -Expires 0:10 @connection
            $link.Verified | Should -BeTrue
            $link.TemporaryUri | Should -BeLike '*/.deltaglider/tmp/*_app-1.2.zip'
            $answer = Invoke-WebRequest $link.Url -OutFile "$folder/linked.zip" -PassThru
            "$($answer.Headers['Content-Disposition'])" | Should -BeLike '*app-1.2.zip*'
            Get-Sha256 "$folder/linked.zip" | Should -Be $link.Sha256
            Get-Sha256 "$folder/linked.zip" | Should -Be (Get-Sha256 $versions[1])
            (New-DGPresignedUrl "$($bucket.Uri)/docs/note.txt" @connection).TemporaryUri | Should -BeNullOrEmpty
            Clear-DGTempObject $bucket.Name @connection | Should -BeNullOrEmpty -Because 'the link is good still'
        }

        It 'tells of grants and changes them where a store has them' {
            if ($Store -eq 'embedded') {
                Get-DGBucketAcl $bucket.Name -ErrorVariable failed -ErrorAction SilentlyContinue @connection
                $failed[0].FullyQualifiedErrorId | Should -BeLike 'DeltaGlider.NotSupported,*'
                return
            }
            $own = Get-DGBucketAcl $bucket.Name @connection
            $own.Permission | Should -Be 'FULL_CONTROL'
            Set-DGBucketAcl $bucket.Name public-read -WhatIf @connection | Should -BeNullOrEmpty
            (Set-DGBucketAcl $bucket.Name public-read @connection).Permission | Sort-Object | Should -Be 'FULL_CONTROL', 'READ'
            $all = Set-DGBucketAcl $bucket.Name -GrantFullControl "id=$($own.Owner)" -GrantReadAcp 'uri=http://acs.amazonaws.com/groups/global/AllUsers' @connection
            ($all | Where-Object Permission -EQ 'READ_ACP').GranteeType | Should -Be 'Group'
            (Set-DGBucketAcl $bucket.Name private @connection).Permission | Should -Be 'FULL_CONTROL'
        }
    }
}

# Credentials that are fetched from somewhere. The services that give them out are a server of the test's own; so is the
# store, which tells with whose key it was asked.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    Import-Module $ModulePath
    $buckets = '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>o</ID></Owner><Buckets><Bucket><Name>bkt</Name><CreationDate>2026-01-02T03:04:05Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>'

    # The environment of a user of their own: nothing of this machine's shows through.
    $clean = @{ HOME = "$TestDrive"; USERPROFILE = "$TestDrive"; AWS_EC2_METADATA_DISABLED = 'true' }
    foreach ($name in 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3') { $clean[$name] = $null }
    function Invoke-Clean([string]$Script, [hashtable]$Environment = @{}) {
        $all = $clean.Clone()
        foreach ($name in $Environment.Keys) { $all[$name] = $Environment[$name] }
        $before = @{}
        foreach ($name in $all.Keys) { $before[$name] = [Environment]::GetEnvironmentVariable($name); [Environment]::SetEnvironmentVariable($name, $all[$name]) }
        try { Invoke-Pwsh "Import-Module `$m; $Script" }
        finally { foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) } }
    }
}

Describe 'Credentials that are fetched' {
    BeforeEach {
        $server = Start-RecordingServer
        $server.Answer('^GET /(\?|$| )', 200, 'application/xml', $buckets)
        $null = New-Item -ItemType Directory "$TestDrive/.aws/sso/cache" -Force
        $expires = [DateTime]::UtcNow.AddHours(1)
    }
    AfterEach { $server.Dispose() }

    It 'a role that a profile assumes: AWSSDK.SecurityToken is found and used' {
        Set-Content "$TestDrive/.aws/config" "[profile base]`naws_access_key_id = AKBASE`naws_secret_access_key = s`n[profile role]`nrole_arn = arn:aws:iam::123456789012:role/r`nsource_profile = base`nregion = us-east-1"
        $server.Answer('^POST / .*Action=AssumeRole', 200, 'text/xml', "<AssumeRoleResponse xmlns=`"https://sts.amazonaws.com/doc/2011-06-15/`"><AssumeRoleResult><Credentials><AccessKeyId>AKROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>$($expires.ToString('o'))</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>")
        Invoke-Clean "(Get-DGObject -ProfileName role -EndpointUrl $($server.Url)).Name" @{ AWS_ENDPOINT_URL_STS = $server.Url } | Should -Be 'bkt'
        @($server.Requests)[0] | Should -BeLike 'POST / AKBASE *AssumeRole*'
        @($server.Requests)[1] | Should -BeLike 'GET /* AKROLE *'
    }

    It 'single sign-on: AWSSDK.SSO and AWSSDK.SSOOIDC are found and used' {
        $start = 'https://example.awsapps.com/start'
        Set-Content "$TestDrive/.aws/config" "[profile sso]`nsso_start_url = $start`nsso_region = us-east-1`nsso_account_id = 123456789012`nsso_role_name = r`nregion = us-east-1"
        $hash = [Convert]::ToHexString([Security.Cryptography.SHA1]::HashData([Text.Encoding]::UTF8.GetBytes($start))).ToLowerInvariant()
        Set-Content "$TestDrive/.aws/sso/cache/$hash.json" (@{ startUrl = $start; region = 'us-east-1'; accessToken = 'sso-token'; expiresAt = $expires.ToString('yyyy-MM-ddTHH:mm:ssZ') } | ConvertTo-Json)
        $server.Answer('^GET /federation/credentials', 200, 'application/json', (@{ roleCredentials = @{ accessKeyId = 'AKSSO'; secretAccessKey = 's'; sessionToken = 't'; expiration = [DateTimeOffset]::new($expires).ToUnixTimeMilliseconds() } } | ConvertTo-Json))
        Invoke-Clean "(Get-DGObject -ProfileName sso -EndpointUrl $($server.Url)).Name" @{ AWS_ENDPOINT_URL_SSO = $server.Url } | Should -Be 'bkt'
        @($server.Requests)[-1] | Should -BeLike 'GET /* AKSSO *'
    }

    It 'single sign-on without a log-in: the error says so, and ends the call' {
        Set-Content "$TestDrive/.aws/config" "[profile sso]`nsso_start_url = https://nobody.awsapps.com/start`nsso_region = us-east-1`nsso_account_id = 123456789012`nsso_role_name = r`nregion = us-east-1"
        $said = Invoke-Clean "try { Get-DGObject -ProfileName sso -EndpointUrl $($server.Url) } catch [DeltaGlider.DGException] { `$_.Exception.Kind; `$_.Exception.Advice }" @{ AWS_ENDPOINT_URL_SSO = $server.Url; AWS_ENDPOINT_URL_SSO_OIDC = $server.Url }
        $said[0] | Should -BeIn 'CredentialsRejected', 'NoCredentials'
        $said[1] | Should -Match 'log in'
    }

    It 'a credential process' {
        $answer = '{"Version": 1, "AccessKeyId": "AKPROC", "SecretAccessKey": "s"}'
        Set-Content "$TestDrive/answer.json" $answer
        $command = $IsWindows ? "cmd /c type $TestDrive\answer.json" : "/bin/cat $TestDrive/answer.json"
        Set-Content "$TestDrive/.aws/config" "[profile proc]`ncredential_process = $command`nregion = us-east-1"
        Invoke-Clean "(Get-DGObject -ProfileName proc -EndpointUrl $($server.Url)).Name" | Should -Be 'bkt'
        @($server.Requests)[-1] | Should -BeLike 'GET /* AKPROC *'
    }

    It 'the role of a container' {
        $server.Answer('^GET /creds', 200, 'application/json', (@{ AccessKeyId = 'AKBOX'; SecretAccessKey = 's'; Token = 't'; Expiration = $expires.ToString('yyyy-MM-ddTHH:mm:ssZ') } | ConvertTo-Json))
        Remove-Item "$TestDrive/.aws/config" -ErrorAction Ignore
        Invoke-Clean "(Get-DGObject -EndpointUrl $($server.Url)).Name" @{ AWS_CONTAINER_CREDENTIALS_FULL_URI = "$($server.Url)/creds" } | Should -Be 'bkt'
        @($server.Requests)[-1] | Should -BeLike 'GET /* AKBOX *'
    }

    It 'the order: <Name>' -ForEach @(
        @{ Name = 'keys before a profile'; Line = '-AccessKey AKPARAM -SecretKey s -ProfileName base -Credential $pair'; Key = 'AKPARAM' }
        @{ Name = 'a profile before -Credential'; Line = '-ProfileName base -Credential $pair'; Key = 'AKBASE' }
        @{ Name = '-Credential before the session'; Line = '-Credential $pair'; Key = 'AKPAIR' }
        @{ Name = 'the session before the environment'; Line = ''; Key = 'AKSESSION' }
        @{ Name = 'a profile before a session that is unsound'; Line = '-ProfileName base'; Key = 'AKBASE'; Session = '3' }
    ) {
        Set-Content "$TestDrive/.aws/config" "[profile base]`naws_access_key_id = AKBASE`naws_secret_access_key = s"
        $session = $Session ?? '[pscredential]::new("AKSESSION", (ConvertTo-SecureString s -AsPlainText -Force))'
        $null = Invoke-Clean "`$pair = [pscredential]::new('AKPAIR', (ConvertTo-SecureString s -AsPlainText -Force)); `$StoredAWSCredentials = $session; Get-DGObject -EndpointUrl $($server.Url) $Line" @{ AWS_ACCESS_KEY_ID = 'AKENV'; AWS_SECRET_ACCESS_KEY = 's' }
        @($server.Requests)[-1] | Should -BeLike "GET /* $Key *"
    }

    It '$StoredAWSCredentials that are none: an error with the type and not the value' {
        $said = Invoke-Clean "`$StoredAWSCredentials = [version]'1.2.3.4'; try { Get-DGObject -EndpointUrl $($server.Url) } catch { `"`$_`" }"
        $said | Should -Match '\$StoredAWSCredentials is a System.Version'
        $said | Should -Not -Match '1\.2\.3\.4'
    }

    It 'none anywhere: the error names the session''s variable among the places' {
        Remove-Item "$TestDrive/.aws/config" -ErrorAction Ignore
        Invoke-Clean "try { Get-DGObject -EndpointUrl $($server.Url) } catch { `"`$_`" }" | Should -Match '-Credential, \$StoredAWSCredentials \(not given\)'
    }
}

Describe 'Several at the same time' {
    It '25 two runspaces with two credentials do not mix them up' {
        $server = Start-RecordingServer -DelayMilliseconds 20
        $server.Answer('^GET /(\?|$| )', 200, 'application/xml', $buckets)
        try {
            $null = 'AKONE', 'AKTWO' | ForEach-Object -ThrottleLimit 2 -Parallel {
                Import-Module $using:ModulePath
                foreach ($round in 1..10) { Get-DGObject -AccessKey $_ -SecretKey 's' -EndpointUrl ($using:server).Url }
            }
            $asked = @($server.Requests) | ForEach-Object { ($_ -split ' ')[2] } | Group-Object -NoElement
            ($asked | Sort-Object Name).Name | Should -Be 'AKONE', 'AKTWO'
            ($asked | ForEach-Object Count) | Should -Be 10, 10
        }
        finally { $server.Dispose() }
    }

    It '20 -ThrottleLimit bounds the requests in flight' {
        $server = Start-RecordingServer -DelayMilliseconds 100
        try {
            1..24 | ForEach-Object { "s3://bkt/$_.zip" } | Test-DGDelta -AccessKey a -SecretKey s -EndpointUrl $server.Url -ThrottleLimit 3 -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems | Should -HaveCount 24
            $server.MostAtOnce | Should -BeLessOrEqual 3
            $server.MostAtOnce | Should -BeGreaterThan 1
        }
        finally { $server.Dispose() }
    }

    It '15 an error has the store''s request id' {
        $server = Start-RecordingServer
        $server.Answer('^GET /bkt', 403, 'application/xml', '<Error><Code>AccessDenied</Code><Message>No.</Message><RequestId>REQUEST-1</RequestId></Error>')
        try {
            Get-DGObject s3://bkt/x -AccessKey a -SecretKey s -EndpointUrl $server.Url -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.Exception.RequestId | Should -Be 'REQUEST-1'
            $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
        }
        finally { $server.Dispose() }
    }
}

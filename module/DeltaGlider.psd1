@{
    RootModule           = 'DeltaGlider.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '210e1157-473f-4a2e-b87b-4086e2fa052b'
    Author               = 'DeltaGlider for PowerShell contributors'
    CompanyName          = 'DeltaGlider for PowerShell contributors'
    Copyright            = 'Copyright (c) 2026 DeltaGlider for PowerShell contributors. MIT license.'
    Description          = 'Stores successive versions of archives in S3 as small VCDIFF deltas, and gives every one of them back bit for bit.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    CmdletsToExport      = @('Clear-DGTempObject', 'Copy-DGObject', 'Get-DGBucketAcl', 'Get-DGBucketStats', 'Get-DGObject', 'New-DGBucket', 'New-DGPresignedUrl', 'Optimize-DGDeltaSpace', 'Remove-DGBucket', 'Remove-DGObject', 'Set-DGBucketAcl', 'Sync-DGFolder', 'Test-DGDelta')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    FormatsToProcess     = @('DeltaGlider.Format.ps1xml')
    PrivateData          = @{
        PSData = @{
            Tags         = @('S3', 'AWS', 'delta', 'vcdiff', 'xdelta3', 'backup', 'release', 'artifacts', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/deltaglider/deltaglider-powershell'
            LicenseUri   = 'https://github.com/deltaglider/deltaglider-powershell/blob/main/LICENSE'
            ReleaseNotes = 'https://github.com/deltaglider/deltaglider-powershell/blob/main/CHANGELOG.md'
            Prerelease   = 'preview1'
        }
    }
}

# The assemblies live in a load context of their own, so that the AWS SDK of another module and ours never meet.
# Assembly.LoadFrom and not Add-Type: that one is missing under $PSModuleAutoLoadingPreference = 'None'.
$loader = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'lib', 'DeltaGlider.Loader.dll'))
$cmdlets = $loader.GetType('DeltaGlider.Loader.ModuleLoadContext', $true)::LoadRoot()
$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru

# PowerShell issue 20710: when an assembly is imported again (-Force, another runspace), its cmdlets do not reach the
# module that imports it. Adding those that have reached it changes nothing.
$add = [System.Management.Automation.PSModuleInfo].GetMethod(
    'AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
    $null = $add.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
}

# References stay in memory from one call to the next, and go with the module.
$session = $cmdlets.GetType('DeltaGlider.ModuleSession', $true).GetMethod('Open').Invoke($null, @())
$ExecutionContext.SessionState.Module.OnRemove = { $session.Dispose() }

# As infra/ask, for Windows.
if ($env:VCAS_ALERT_EMAILS) { exit 0 }
$addresses = Read-Host 'E-mail addresses that alerts go to, separated by commas'
if ($addresses -like '*@*') { azd env set VCAS_ALERT_EMAILS $addresses; exit $LASTEXITCODE }
[Console]::Error.WriteLine('An address is needed, for what nobody hears of nobody mends: azd env set VCAS_ALERT_EMAILS duty.desk@example.org')
exit 2

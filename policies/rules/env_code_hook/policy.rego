# METADATA
# title: Environment variable installs a code hook
# description: |
#   A wrapper script (`AWS_LAMBDA_EXEC_WRAPPER`) starts before the runtime, and a library in `LD_PRELOAD`
#   is loaded into each process. Both run with the execution role before the code of the function,
#   and no review of that code shows them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
#     description: Modifying the runtime environment
# schemas:
#   - input: schema.stack
# custom:
#   id: env-code-hook
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13e]
#   since: v0.1.0
#   cwe: [CWE-426]
#   yields_to: [env-runtime-hook]
#   peers: []
#   remediation: |
#     Remove the variable if the hook is not needed. If it is, review the layer that contains it, and
#     suppress the finding with the reason.
package rules.env_code_hook

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} runs a wrapper script of a layer before the runtime: AWS_LAMBDA_EXEC_WRAPPER is {variable.value}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key == "AWS_LAMBDA_EXEC_WRAPPER"
	startswith(variable.value, "/opt/")
	not regex.match(widespread, variable.value)
}

deny contains {"at": variable.at, "message": $"{id} loads a library into each process: LD_PRELOAD is {variable.value}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key == "LD_PRELOAD"
	variable.value != ""
}

# widespread matches the wrappers of layers that many use: Lambda Web Adapter, OpenTelemetry, Datadog, New Relic, Lumigo,
# Dynatrace and extensions.
widespread := `^/opt/(bootstrap|otel-[a-z-]+|datadog_wrapper|newrelic[a-z_-]*|lumigo_wrapper|dynatrace|extensions/.+)$`

# METADATA
# title: Environment variable loads code from /tmp or starts a debugger
# description: |
#   `/tmp` survives warm starts. Code that is loaded from it runs with the execution role in later
#   invocations, so a single request that writes a file there can take over the function. The
#   Node.js inspector executes the code that a debugger sends.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
#     description: Modifying the runtime environment
# schemas:
#   - input: schema.stack
# custom:
#   id: env-runtime-hook
#   severity: medium
#   category: supply-chain
#   profile: default
#   practices: [9b, 13e]
#   since: v0.1.0
#   cwe: [CWE-426]
#   peers: []
#   remediation: |
#     Deploy code in the package or in a layer, which are read-only at run time, and remove the
#     debugger options.
package rules.env_runtime_hook

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} loads code from /tmp, which earlier invocations can write: {variable.key} is {variable.value}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key in loading
	regex.match(`(^|[ :=,])/tmp(/|[ :,]|$)`, variable.value)
}

deny contains {"at": variable.at, "message": $"{id} starts the debugger of Node.js: NODE_OPTIONS is {variable.value}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key == "NODE_OPTIONS"
	regex.match(`(^|[ ])--(inspect|debug)`, variable.value)
}

# loading are the variables from which runtimes and the dynamic linker take code.
# https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
loading := {
	"AWS_LAMBDA_EXEC_WRAPPER", "BASH_ENV", "CLASSPATH", "DOTNET_STARTUP_HOOKS", "JAVA_TOOL_OPTIONS", "LD_LIBRARY_PATH", "LD_PRELOAD",
	"NODE_OPTIONS", "NODE_PATH", "PATH", "PERL5LIB", "PYTHONPATH", "PYTHONSTARTUP", "RUBYLIB", "RUBYOPT",
}

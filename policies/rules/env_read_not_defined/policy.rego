# METADATA
# title: Code requires an environment variable that the function does not set
# description: |
#   The code reads the variable without a default. Python fails with a KeyError, often while the
#   function starts; JavaScript gets undefined and uses it as the name of a table, bucket or queue.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-read-not-defined
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11d]
#   since: v0.1.0
#   remediation: |
#     Set the variable in the environment of the function, or read it with a default.
package rules.env_read_not_defined

import data.lambda_environment

deny contains {"at": variable.at, "message": $"{id} does not set the environment variable {name}, which its code requires", "key": $"{name}"} if {
	some source in input.sources
	some variable in source.variables.items
	variable.required.value == true
	name := variable.name.value
	not name in lambda_environment.reserved
	not name in lambda_environment.credentials
	not name in of_the_system
	not startswith(name, "AWS_")
	lacking := [fn.id | some t in source.functions.targets; fn := input.functions[t]; lacks(fn, name)]
	id := lacking[0] # one of the functions with the same code
}

lacks(fn, name) if {
	not fn.environment.unknown
	not fn.environment.variables.unknown
	not name in {entry.key | some entry in fn.environment.variables.items}
	not wrapped(fn)
}

# wrapped reports whether a wrapper script or a layer may set variables.
wrapped(fn) if {
	some entry in fn.environment.variables.items
	entry.key == "AWS_LAMBDA_EXEC_WRAPPER"
}

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
of_the_system := {"HOME", "LANG", "LD_LIBRARY_PATH", "NODE_PATH", "PATH", "PWD", "PYTHONPATH", "SHLVL", "TZ", "USER"}

# METADATA
# title: Function has no limit for its concurrency
# description: |
#   All functions of an account and Region share their concurrency. A caller who can cause invocations
#   without a limit can use all of it, so that every other function is throttled and the costs grow
#   (denial of wallet).
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
#     description: Configuring reserved concurrency for a function
# schemas:
#   - input: schema.stack
# custom:
#   id: reserved-concurrency-missing
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [9c]
#   since: v0.1.0
#   cwe: [CWE-770]
#   peers:
#     - Steampipe lambda_function_concurrent_execution_limit_configured
#     - CKV_AWS_115
#     - cfn_nag W92
#     - Guard LAMBDA_CONCURRENCY_CHECK
#     - cdk-nag LambdaConcurrency
#     - Config LAMBDA_CONCURRENCY_CHECK
#   remediation: |
#     Set the reserved concurrency (`reserved_concurrent_executions`,
#     `ReservedConcurrentExecutions`) to what the function needs at most.
package rules.reserved_concurrency_missing

import data.lib.lifecycle
import data.lib.text
import data.lib.trust

deny contains {"at": fn.reserved_concurrency.at, "severity": "medium", "message": $"{fn.id} is public and has no reserved concurrency{shown(fn.reserved_concurrency)}: anonymous callers can use the concurrency of the account"} if {
	some i in lifecycle.public
	fn := input.functions[i]
	unlimited(fn)
}

deny contains {"at": fn.reserved_concurrency.at, "message": $"{fn.id} has no reserved concurrency{shown(fn.reserved_concurrency)}: events from {text.names(flooded[i])} can use the concurrency of the account"} if {
	some i, fn in input.functions
	count(flooded[i]) > 0
	not i in lifecycle.public
	unlimited(fn)
}

# unlimited reports whether a function shares the concurrency of the account.
unlimited(fn) if {
	missing(fn.reserved_concurrency)
	fn.capacity_provider.absent # managed instances have limits of their own
	not trust.at_edge(fn)
}

missing(concurrency) if concurrency.absent

missing(concurrency) if concurrency.value == -1 # Terraform

shown(concurrency) := "" if concurrency.absent

shown(concurrency) := $" ({concurrency.value})" if not concurrency.absent

# flooded are the services that invoke each function for as many events as occur. Rules and schedules of EventBridge are
# left out, because most run at intervals.
flooded[i] contains $"{trigger.service.value}.amazonaws.com" if {
	some trigger in input.triggers
	trigger.service.value in {"iot", "logs", "s3", "sns"}
	trigger.enabled.value
	some target in trigger.targets.items
	some i in target.function.targets
}

# METADATA
# title: Function has no failure destination for asynchronous events
# description: |
#   Lambda drops an asynchronous event when the last attempt fails, by default the third. Without a
#   failure destination or a dead-letter queue, the event is lost and cannot be processed again.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
#     description: Capturing records of Lambda asynchronous invocations
# schemas:
#   - input: schema.stack
# custom:
#   id: async-failure-handling-missing
#   severity: medium
#   category: reliability
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers:
#     - Steampipe lambda_function_dead_letter_queue_configured
#     - CKV_AWS_116
#     - Steampipe-TF lambda_function_dead_letter_queue_configured
#     - serverless-rules aws_lambda_event_invoke_config_async_on_failure
#     - serverless-rules ES1007
#     - Guard LAMBDA_DLQ_CHECK
#     - KICS c2eae442
#     - KICS cb2f612b
#     - cdk-nag LambdaDLQ
#     - cdk-nag LambdaAsyncFailureDestination
#     - Config LAMBDA_DLQ_CHECK
#     - Prowler awslambda_function_no_dead_letter_queue
#     - CloudSploit lambdaDeadLetterQueue
#   remediation: |
#     Set a failure destination (`destination_config.on_failure`, `DestinationConfig.OnFailure`) on
#     the function's asynchronous invocation. Add an alarm on what arrives there. A dead-letter
#     queue on the function also works, but receives only the event.
package rules.async_failure_handling_missing

import data.lib.text

deny contains {"at": fn.dead_letter.target.at, "message": $"{fn.id} has no failure destination and no dead-letter queue: failed events from {text.names(callers[i])} are lost"} if {
	some i, fn in input.functions
	count(callers[i]) > 0
	fn.dead_letter.target.absent
	not has_destination[i]
	not somewhere
}

# Settings for asynchronous invocation show that the function is invoked that way.
deny contains {"at": config.on_failure.at, "message": $"{config.id} sets no failure destination and {fn.id} has no dead-letter queue: failed asynchronous events are lost"} if {
	some config in input.async_configs
	config.on_failure.absent
	some i in config.function.targets
	fn := input.functions[i]
	not callers[i]
	fn.dead_letter.target.absent
	not has_destination[i]
	not somewhere
}

# callers maps every function to the services that send it events and do not wait.
callers[i] contains permission.principal.value if {
	some permission in input.permissions
	asynchronous(permission.principal.value)
	some i in permission.function.targets
}

callers[i] contains trigger.service.value if {
	some trigger in input.triggers
	trigger.async.value
	some target in trigger.targets.items
	some i in target.function.targets
	not has_permission[[i, trigger.service.value]]
}

# has_permission contains the pairs of function and service that a permission names.
has_permission contains [i, split(permission.principal.value, ".")[0]] if {
	some permission in input.permissions
	some i in permission.function.targets
}

# asynchronous services queue the event and do not wait. IoT is not listed: it invokes functions
# asynchronously for topic rules, but not for authorizers, which need the same permission.
asynchronous(principal) if regex.match(
	`^(codecommit|config|events|logs|s3|scheduler|ses|sns)(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$`,
	principal,
)

# has_destination contains the functions with a failure destination. A destination that is unknown
# until deployment counts.
has_destination contains i if {
	some config in input.async_configs
	not config.on_failure.absent
	some i in config.function.targets
}

# somewhere is true when a destination is set for an undetermined function: it may be any.
somewhere if {
	some config in input.async_configs
	not config.on_failure.absent
	config.function.unknown
	count(config.function.targets) == 0
}

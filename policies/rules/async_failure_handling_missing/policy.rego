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
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers:
#     - Steampipe lambda_function_dead_letter_queue_configured
#     - CKV_AWS_116
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

deny contains {"at": fn.dead_letter.target.at, "message": $"{fn.id} has no failure destination and no dead-letter queue: failed events from {text.names(lost[i])} are lost"} if {
	some i, fn in input.functions
	count(lost[i]) > 0
	fn.dead_letter.target.absent
	not somewhere
}

# Settings for asynchronous invocation show that the function is invoked that way.
deny contains {"at": config.on_failure.at, "message": $"{config.id} sets no failure destination and {fn.id} has no dead-letter queue: failed asynchronous events are lost"} if {
	some config in input.async_configs
	config.on_failure.absent
	some i in config.function.targets
	fn := input.functions[i]
	not lost[i]
	fn.dead_letter.target.absent
	not received(i, config.qualifier)
	not somewhere
}

# lost maps every function to the services that send it events and do not wait, if no failure destination receives the
# events that fail.
lost[i] contains permission.principal.value if {
	some permission in input.permissions
	asynchronous(permission.principal.value)
	some i in permission.function.targets
	not idle(i, split(permission.principal.value, ".")[0])
	not received(i, permission.qualifier)
}

lost[i] contains $"{trigger.service.value}.amazonaws.com" if {
	some trigger in input.triggers
	trigger.async.value
	trigger.enabled.value
	some target in trigger.targets.items
	some i in target.function.targets
	not has_permission[[i, trigger.service.value]]
	not received(i, target.qualifier)
}

# idle reports whether the stack has triggers of a service for a function, or may have, and none of them is enabled.
idle(i, service) if {
	some trigger in input.triggers
	not trigger.enabled.value
	not of_other(trigger, service)
	some target in trigger.targets.items
	may_be(target.function, i)
	not running[[i, service]]
}

of_other(trigger, service) if trigger.service.value != service

may_be(reference, i) if i in reference.targets

may_be(reference, _) if {
	reference.unknown
	count(reference.targets) == 0
}

running contains [i, trigger.service.value] if {
	some trigger in input.triggers
	trigger.enabled.value
	some target in trigger.targets.items
	some i in target.function.targets
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

# received is true for the events of a function, invoked with a qualifier, that have a failure destination. A destination
# or a qualifier that is unknown until deployment counts.
received(i, qualifier) if {
	some config in input.async_configs
	not config.on_failure.absent
	i in config.function.targets
	not different(config.qualifier, qualifier)
}

# Each version and alias has settings of its own. A function without a qualifier is its latest version.
different(a, b) if version(a) != version(b)

version(qualifier) := "$LATEST" if qualifier.absent

version(qualifier) := qualifier.value if not qualifier.absent

# somewhere is true when a destination is set for an undetermined function: it may be any.
somewhere if {
	some config in input.async_configs
	not config.on_failure.absent
	config.function.unknown
	count(config.function.targets) == 0
}

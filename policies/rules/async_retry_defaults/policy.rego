# METADATA
# title: Asynchronous invocation uses the default retries
# description: |
#   Lambda runs the function up to three times for one asynchronous event, over up to six hours. If
#   the code is not idempotent, the effects of an event that failed in part occur several times.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
#     description: Configuring error handling settings for Lambda asynchronous invocations
# schemas:
#   - input: schema.stack
# custom:
#   id: async-retry-defaults
#   severity: info
#   category: reliability
#   profile: all
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers: []
#   remediation: |
#     Set the number of retries and the maximum age of events
#     (`aws_lambda_function_event_invoke_config`, `AWS::Lambda::EventInvokeConfig`, SAM
#     `EventInvokeConfig`) to what the code can handle.
package rules.async_retry_defaults

import data.lib.text

deny contains {"at": fn.at, "message": $"{fn.id} retries failed events from {text.names(services)} twice, for up to six hours: it has no settings for asynchronous invocation"} if {
	some i, fn in input.functions
	services := {$"{service}.amazonaws.com" |
		some trigger in input.triggers
		service := trigger.service.value
		trigger.async.value
		trigger.enabled.value
		some target in trigger.targets.items
		i in target.function.targets
	}
	count(services) > 0
	not configured(i)
}

deny contains {"at": config.max_retry_attempts.at, "message": $"{config.id} sets neither the number of retries nor the age of events: failed events are retried twice, for up to six hours"} if {
	some config in input.async_configs
	config.max_retry_attempts.absent
	config.max_event_age.absent
}

# configured reports whether a function has settings for asynchronous invocation, or may have.
configured(i) if {
	some config in input.async_configs
	i in config.function.targets
}

configured(_) if {
	some config in input.async_configs
	config.function.unknown
	count(config.function.targets) == 0
}

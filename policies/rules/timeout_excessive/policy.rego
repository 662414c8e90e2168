# METADATA
# title: Timeout is at the maximum or longer than the API waits
# description: |
#   A function that hangs is billed until its timeout, in each of its concurrent executions. If only
#   APIs of API Gateway invoke it, everything after the timeout of the integration is paid for a
#   response that no caller receives.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
#     description: Configure Lambda function timeout
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
#     description: Amazon API Gateway quotas
# schemas:
#   - input: schema.stack
# custom:
#   id: timeout-excessive
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [9c, 11b]
#   since: v0.1.0
#   cwe: [CWE-400]
#   peers: []
#   remediation: |
#     Set the timeout to slightly more than the longest expected duration. Behind an API, move longer
#     work behind a queue and answer the request at once.
package rules.timeout_excessive

import data.lib.lifecycle
import data.lib.text

deny contains {"at": fn.timeout.at, "message": $"{fn.id} has the longest timeout that Lambda accepts, {fn.timeout.value} seconds"} if {
	some fn in input.functions
	fn.timeout.value >= maximum(fn)
}

deny contains {"at": fn.timeout.at, "message": $"{fn.id} has a timeout of {fn.timeout.value} seconds, but its API waits for at most 30 seconds ({text.names(apis)})"} if {
	some i, fn in input.functions
	fn.timeout.value > 30
	fn.timeout.value < maximum(fn)
	count(integrations[i]) > 0
	every j in integrations[i] {
		waits_briefly(input.api_integrations[j])
	}
	not called_otherwise(i)
	apis := {input.api_integrations[j].id | some j in integrations[i]}
}

# maximum is in seconds. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
maximum(fn) := 1800 if fn.capacity_provider.absent

maximum(fn) := 5400 if not fn.capacity_provider.absent # on managed instances

# integrations are the indices of the API integrations of each function.
integrations[i] contains j if {
	some j, integration in input.api_integrations
	some i in integration.uri.targets
}

# waits_briefly reports whether an API waits for at most 30 seconds. That is the default of HTTP APIs, and others wait for 29
# seconds unless both their quota and the timeout of the integration are raised.
waits_briefly(integration) if {
	integration.timeout.absent
	synchronous(integration)
}

waits_briefly(integration) if {
	integration.timeout.value <= 30000
	synchronous(integration)
}

# A function that streams its response, or is invoked asynchronously, may run longer than the API waits.
synchronous(integration) if {
	integration.transfer_mode.value == "BUFFERED"
	count(integration.api.targets) > 0
	every i in integration.api.targets {
		answers(input.apis[i])
	}
	not integration.parameters.unknown
	every parameter in integration.parameters.items {
		not regex.match(`(?i)invocation-type`, parameter.key)
	}
}

# answers reports whether an API is a REST or an HTTP API. Through a WebSocket API a function can send long after the timeout
# of the integration.
answers(rest) if rest.protocol.absent

answers(http) if http.protocol.value == "HTTP"

# called_otherwise reports whether something else invokes a function, or may, that waits longer or not at all.
called_otherwise(i) if i in called

called_otherwise(_) if names_any

# names_any holds if one of them may invoke any function.
names_any if {
	some reference in calling
	lifecycle.names_none(reference)
}

called contains i if {
	some reference in calling
	some i in reference.targets
}

# calling are the references to functions of what invokes them, apart from APIs.
calling contains source.function if some source in input.event_sources

calling contains target.function if {
	some trigger in input.triggers
	not trigger.service.value == "apigateway"
	some target in trigger.targets.items
}

calling contains url.function if some url in input.function_urls

calling contains config.function if some config in input.async_configs

calling contains permission.function if {
	some permission in input.permissions
	not of_apis(permission.principal)
}

of_apis(principal) if principal.value == "apigateway.amazonaws.com"

# METADATA
# description: What the code of functions calls, and what their roles allow beside it.
package lib.calls

import data.execution_policies
import data.lib.iam
import data.lib.permitted
import data.lib.sources

# of are the calls of a function's code, by the index of the function.
of[f] contains call if {
	some f, fn in input.functions
	some i in fn.source.targets
	some call in input.sources[i].calls.items
}

# lacks reports whether nothing that a role can have allows an action, whatever the conditions and variables of the stack are. A
# managed policy of AWS counts only if its services are known.
lacks(id, action) if {
	permitted.statements_lack(id, action)
	every policy in permitted.managed_policies(id) {
		grants_no(policy, iam.service_of(action))
	}
}

# Policies of the stack have their statements in the role.
grants_no(policy, _) if count(policy.targets) > 0

grants_no(policy, service) if {
	services := execution_policies.services[iam.aws_managed(policy.value)]
	not service in services
}

# The partition, and with it the start of the ARN, is often unknown until deployment.
grants_no(policy, service) if {
	services := execution_policies.services[iam.aws_managed(policy.suffix)]
	not service in services
}

# elsewhere are the services of whose resources the stack has a policy, which may allow a call without the role.
elsewhere contains "s3" if {
	some bucket in input.buckets
	has_policy(bucket)
}

elsewhere contains sources.kind_of(channel.type) if {
	some channel in input.channels
	has_policy(channel)
}

elsewhere contains service if {
	count(input.channel_policies) > 0
	some service in ["dynamodb", "events", "kinesis", "sns", "sqs"]
}

elsewhere contains "lambda" if {
	some permission in input.permissions
	not iam.service(permission.principal.value)
}

has_policy(resource) if count(resource.statements.items) > 0

has_policy(resource) if resource.statements.unknown

# channels are the channels of the stack that a call of a function's code certainly names.
channels(fn, call) := referred(fn, call) | (spelled(call, object.get(call.resource, "value", "")) | spelled(call, set_to(fn, call)))

# referred are the channels that the environment variable of a call refers to.
referred(fn, call) := {q |
	some entry in fn.environment.references.channels.items
	entry.name.value == call.variable.value
	some q in entry.channel.targets
	sources.kind_of(input.channels[q].type) == call.service.value
}

# spelled are the channels of the service of a call with a name.
spelled(call, name) := {q |
	some q, channel in input.channels
	sources.kind_of(channel.type) == call.service.value
	named(name, channel.name.value)
}

# set_to is the value of the environment variable of a call.
set_to(fn, call) := values[0] if {
	values := [entry.value | some entry in fn.environment.variables.items; entry.key == call.variable.value]
	count(values) > 0
} else := ""

# named reports whether a text is a name, or a URL or ARN that ends with it.
named(text, name) if {
	name != ""
	text == name
}

named(text, name) if {
	name != ""
	regex.match(`^(https://sqs\.|arn:)`, text)
	endswith(regex.replace(text, `^.*[:/]`, "/"), $"/{name}")
}

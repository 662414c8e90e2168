# METADATA
# title: Function has no alarm
# description: |
#   Failures and throttling of the function, for example under an attack, notify no operator.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with AWS Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: alarm-missing
#   severity: info
#   category: observability
#   profile: all
#   practices: [11c]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Add a CloudWatch alarm on the metrics Errors and Throttles of the function.
package rules.alarm_missing

deny contains {"at": fn.at, "message": $"{fn.id} has no CloudWatch alarm"} if {
	not watches_unknown
	some f, fn in input.functions
	fn.package_type.value # known, whatever it is
	not f in watched
}

# watched are the functions in the dimensions of alarms.
watched contains f if {
	some metric in metrics
	some function in metric.functions.items
	some f in function.targets
}

# watches_unknown reports whether an alarm is, or may be, for a function that is unknown.
watches_unknown if {
	some metric in metrics
	of_lambda(metric.namespace)
	metric.functions.unknown
}

watches_unknown if {
	some metric in metrics
	of_lambda(metric.namespace)
	some function in metric.functions.items
	function.unknown
	count(function.targets) == 0
}

watches_unknown if {
	some alarm in input.alarms
	alarm.metrics.unknown
}

# metrics are those of alarms, and those of the expressions in alarms.
metrics contains {"namespace": alarm.namespace, "functions": alarm.functions} if some alarm in input.alarms

metrics contains {"namespace": metric.namespace, "functions": metric.functions} if {
	some alarm in input.alarms
	some metric in alarm.metrics.items
}

of_lambda(namespace) if namespace.unknown

of_lambda(namespace) if namespace.value == "AWS/Lambda"

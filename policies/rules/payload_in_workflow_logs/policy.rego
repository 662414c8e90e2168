# METADATA
# title: Workflow logs inputs and outputs
# description: |
#   The logs of the state machine or pipe contain the whole input and output of every step,
#   including the events of the function. Personal data and credentials in them are readable by
#   everyone who may read the logs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
#     description: Using CloudWatch Logs to log execution history in Step Functions
#   - ref: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-logs.html
#     description: Logging Amazon EventBridge Pipes performance
# schemas:
#   - input: schema.stack
# custom:
#   id: payload-in-workflow-logs
#   severity: low
#   category: observability
#   profile: strict
#   practices: [7d, 15e]
#   since: v0.1.0
#   cwe: [CWE-532]
#   peers: []
#   remediation: |
#     Set `include_execution_data` (`IncludeExecutionData`) to `false` for a state machine,
#     and remove it from the log configuration of a pipe.
package rules.payload_in_workflow_logs

deny contains {"at": machine.logs_data.at, "message": $"{machine.id} logs the input and output of its steps"} if {
	some machine in input.state_machines
	machine.logs_data.value == true
	machine.log_level.value != "OFF"
}

deny contains {"at": data_kind.at, "message": $"{pipe.id} logs the events that pass through it: it includes {data_kind.value} execution data"} if {
	some pipe in input.pipes
	some data_kind in pipe.logs_data.items
	data_kind.value == "ALL"
	pipe.log_level.value != "OFF"
}

# METADATA
# title: State machine logs or traces nothing
# description: |
#   Without logs an execution of an express workflow leaves no record, and without tracing a
#   failure cannot be followed through the functions that the state machine invokes.
# related_resources:
#   - ref: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
#     description: Using CloudWatch Logs to log execution history in Step Functions
#   - ref: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
#     description: Trace Step Functions request data in AWS X-Ray
# schemas:
#   - input: schema.stack
# custom:
#   id: state-machine-logging-tracing
#   severity: low
#   category: observability
#   profile: strict
#   practices: [11c, 15e]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - CKV_AWS_284
#     - CKV_AWS_285
#     - serverless-rules aws_sfn_state_machine_tracing
#     - serverless-rules WS5000
#     - cdk-nag StepFunctionStateMachineAllLogsToCloudWatch
#     - cdk-nag StepFunctionStateMachineXray
#     - Trivy AWS-0117
#     - Trivy AWS-0119
#     - Security Hub StepFunctions.1
#   fix:
#     title: Enable tracing
#     unsafe: the role of the state machine must allow sending traces to X-Ray
#     set: {computed: true}
#   remediation: |
#     Set the level of `logging_configuration` (`LoggingConfiguration`, SAM `Logging`) to
#     `ERROR` or `ALL` with a log group, and enable tracing (`tracing_configuration`,
#     `TracingConfiguration`, SAM `Tracing`).
package rules.state_machine_logging_tracing

deny contains {"at": machine.log_level.at, "message": $"{machine.id} invokes a function and logs nothing: its log level is OFF"} if {
	some machine in calling
	machine.log_level.value == "OFF"
}

deny contains {"at": machine.tracing.at, "message": $"{machine.id} invokes a function and traces nothing", "set": "true"} if {
	some machine in calling
	machine.tracing.value == false
	not machine.log_level.value == "OFF"
}

# calling are the state machines that invoke functions of the stack.
calling contains machine if {
	some machine in input.state_machines
	some function in machine.functions.items
	count(function.targets) > 0
}

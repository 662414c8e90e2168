# METADATA
# title: Another account can reach administrator access or all data of a service
# description: |
#   A principal of an account that is not trusted can invoke a function whose execution role, or that
#   of a function behind it, allows everything, a privilege escalation, or reading all data of a
#   service. The finding lists every step of the path: invocations, queues, topics, streams, tables,
#   buckets, event buses and state machines.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html
#     description: Managing permissions in AWS Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: cross-account-path
#   severity: high
#   category: invocation
#   profile: default
#   practices: [2a, 3a]
#   since: v0.1.0
#   cwe: [CWE-250, CWE-863]
#   remediation: |
#     Restrict the role to the actions and resources that its function needs. If the account is yours,
#     add it to `trusted-accounts` in `.lintel.yaml`. `lintel access --from cross-account` shows all
#     paths.
package rules.cross_account_path

deny contains {"at": path.at, "message": $"{path.id} lets another account reach {goals[path.goal.value]}: {path.function.value} runs with {path.role.value} ({path.detail.value})"} if {
	some path in input.paths
	path.from.value == "cross-account"
}

goals := {"admin": "administrator access", "data": "all data of a service"}

# METADATA
# title: Public function leads to administrator access
# description: |
#   Anyone can invoke a function whose execution role, or that of a function behind it, allows
#   everything or a privilege escalation. One vulnerability in the code or in a dependency gives an
#   anonymous caller control of the account. The finding lists every step of the path: invocations,
#   queues, topics, streams, tables, buckets, event buses and state machines.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html
#     description: Managing permissions in AWS Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: public-path-to-admin
#   severity: critical
#   category: invocation
#   profile: default
#   practices: [2a, 3a]
#   since: v0.1.0
#   cwe: [CWE-250, CWE-862]
#   remediation: |
#     Close one step: require authorization at the entry, or allow the role only the actions and
#     resources that its function needs. `lintel access --from public` shows all paths.
package rules.public_path_to_admin

deny contains {"at": path.at, "message": $"{path.id} is public and leads to administrator access: {path.function.value} runs with {path.role.value} ({path.detail.value})"} if {
	some path in input.paths
	path.from.value == "public"
	path.goal.value == "admin"
}

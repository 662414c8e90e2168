# METADATA
# title: Public function leads to all data of a service
# description: |
#   Anyone can invoke a function whose execution role, or that of a function behind it, reads every
#   object of every bucket, every item of every table, every secret or every parameter of the account.
#   One vulnerability in the code or in a dependency exposes data that the API does not serve. The
#   finding lists every step of the path: invocations, queues, topics, streams, tables, buckets, event
#   buses and state machines.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html
#     description: Managing permissions in AWS Lambda
# schemas:
#   - input: schema.stack
# custom:
#   id: public-path-to-data
#   severity: high
#   category: invocation
#   profile: default
#   practices: [2a, 3a]
#   since: v0.1.0
#   cwe: [CWE-862, CWE-1220]
#   remediation: |
#     Restrict the role to the buckets, tables, secrets and parameters that the function reads, or
#     require authorization at the entry. `lintel access --from public` shows all paths.
package rules.public_path_to_data

deny contains {"at": path.at, "message": $"{path.id} is public and leads to data: {path.function.value} runs with {path.role.value}, which {path.detail.value} (data exfiltration)"} if {
	some path in input.paths
	path.from.value == "public"
	path.goal.value == "data"
}

# METADATA
# title: SAM ignores the Policies of a function with a Role
# description: |
#   SAM creates a role from `Policies` only if the function has no `Role`. With both, SAM silently
#   drops the policies, and the function has the permissions of the given role instead of the
#   reviewed ones.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
#     description: AWS::Serverless::Function
# schemas:
#   - input: schema.stack
# custom:
#   id: sam-policies-ignored-with-role
#   severity: medium
#   category: identity
#   profile: default
#   practices: [3d, 5a]
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-16]
#   peers: []
#   fix:
#     title: Remove the ignored Policies
#     attribute: sam:Policies
#     remove: entry
#   remediation: |
#     Remove `Policies`, or remove `Role` so that SAM creates an execution role from the policies.
package rules.sam_policies_ignored_with_role

deny contains {"at": fn.sam_policies.at, "message": $"{fn.id} has a Role, so SAM ignores its Policies"} if {
	some fn in input.functions
	some policy in fn.sam_policies.items
	policy.kind.value
	not fn.role.absent
	not fn.id in with_own_role
}

# with_own_role are the functions for which SAM creates a role in at least one variant: if Role
# depends on a condition, the policies apply in the other case.
with_own_role contains fn.id if {
	some fn in input.functions
	some i in fn.role.targets
	input.roles[i].generated
}

# METADATA
# title: Policies of a function have no effect because it has a role
# description: |
#   SAM makes a role from Policies only where the function has none. The policies that somebody
#   wrote down and reviewed are silently dropped, and the function may do what the given role
#   says.
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
#   since: v0.1.0
#   formats: [SAM]
#   cwe: [CWE-16]
#   peers: []
#   fix:
#     title: Take out the Policies that have no effect
#     attribute: sam:Policies
#     remove: entry
#   remediation: |
#     Remove Policies, or remove Role and let SAM make one of the policies.
package rules.sam_policies_ignored_with_role

deny contains {"at": fn.sam_policies.at, "message": $"{fn.id} has a role, so its Policies have no effect"} if {
	some fn in input.functions
	some policy in fn.sam_policies.items
	policy.kind.value
	not fn.role.absent
	not fn.id in with_own_role
}

# with_own_role are the functions for which SAM makes a role, in one variant at least: where a
# condition decides about Role, the policies are for the other case.
with_own_role contains fn.id if {
	some fn in input.functions
	some i in fn.role.targets
	input.roles[i].generated
}

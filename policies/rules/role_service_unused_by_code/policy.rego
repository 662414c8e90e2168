# METADATA
# title: Execution role allows a service that the code does not use
# description: |
#   No function with this role has a client of the service. An attacker who controls the function can
#   use the permission nevertheless.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#     description: Apply least-privilege permissions
# schemas:
#   - input: schema.stack
# custom:
#   id: role-service-unused-by-code
#   severity: medium
#   category: identity
#   profile: strict
#   practices: [3a]
#   since: v0.1.0
#   cwe: [CWE-250]
#   yields_to: [policy-data-exfiltration, policy-service-wildcard]
#   remediation: |
#     Remove the actions of the service from the policies of the role.
package rules.role_service_unused_by_code

import data.lib.iam
import data.lib.text
import data.lib.unused

deny contains {"at": action.at, "key": $"{service}", "message": $"{input.roles[r].id} (execution role of {text.names(unused.users[r])}) allows {action.value}, and the code does not use {service}"} if {
	some r, services in unused.services
	some service in services
	action := first(r, service)
}

# first is the first action of a service that a role allows.
first(r, service) := [action |
	some statement in input.roles[r].statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	iam.service_of(action.value) == service
][0]

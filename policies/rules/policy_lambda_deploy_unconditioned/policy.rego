# METADATA
# title: Deployment role changes functions without conditions on their settings
# description: |
#   IAM condition keys of Lambda can require a code signing configuration, a VPC, certain layers or
#   an authenticated function URL. Without them the settings of each function depend on the pipeline
#   alone. The rule reads roles that AWS deployment services and OIDC identity providers of CI
#   systems assume.
# related_resources:
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
#     description: Actions, resources, and condition keys for AWS Lambda
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
#     description: Fine-tuning the resources and conditions of policies
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-lambda-deploy-unconditioned
#   severity: info
#   category: identity
#   profile: all
#   practices: [2b]
#   yields_to: [deploy-role-admin]
#   since: v0.1.0
#   cwe: [CWE-732]
#   remediation: |
#     Add a condition that every function must meet, for example on `lambda:CodeSigningConfigArn`,
#     `lambda:VpcIds` or `lambda:FunctionUrlAuthType`.
package rules.policy_lambda_deploy_unconditioned

import data.deployers
import data.lib.iam
import data.lib.text
import data.lib.trust

deny contains {"at": action.at, "key": $"{action.value}", "message": $"{role.id}, assumed by {text.names(pipelines[i])}, allows {action.value} without a condition on the settings of functions"} if {
	some i, role in input.roles
	pipelines[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not conditional(statement.conditions)
	some action in statement.actions.items
	some deployment in {"lambda:createfunction", "lambda:createfunctionurlconfig", "lambda:updatefunctionconfiguration"}
	iam.matches(action.value, deployment)
	not iam.every_action(action.value)
}

conditional(conditions) if conditions.unknown

conditional(conditions) if {
	some condition in conditions.items
	condition.key.unknown
}

conditional(conditions) if {
	some condition in conditions.items
	regex.match(`^lambda:(codesigningconfigarn|layer|vpcids|subnetids|securitygroupids|functionurlauthtype)$`, lower(condition.key.value))
}

pipelines[i] contains deployers.services[principal.value.value] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Service"
}

pipelines[i] contains name if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Federated"
	some part in ["value", "suffix"]
	host := split(trust.provider(principal.value[part]), "/")[0]
	name := deployers.identity_providers[host]
}

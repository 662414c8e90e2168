# METADATA
# title: Permission principal does not match its source ARN
# description: |
#   A permission matches only when the service that owns the source invokes the function. With the
#   wrong principal the trigger fails silently. The usual workaround is a permission without a
#   source ARN.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#     description: Viewing resource-based IAM policies in Lambda
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
#     description: Granting Lambda function access to AWS services
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-principal-source-mismatch
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10b]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint W3664
#   fix:
#     title: Set the principal to the service that owns the source ARN
#     set: {computed: true}
#   remediation: |
#     Set the principal to the service that owns the source ARN, for example `events.amazonaws.com`
#     for a rule or `sns.amazonaws.com` for a topic.
package rules.permission_principal_source_mismatch

import data.lib.invoke

# owners maps a service to the principals that invoke functions for its resources.
owners := {
	"appsync": {"appsync"},
	"bedrock": {"bedrock"},
	"codecommit": {"codecommit"},
	"cognito-idp": {"cognito-idp"},
	"config": {"config"},
	"connect": {"connect"},
	"elasticloadbalancing": {"elasticloadbalancing"},
	"events": {"events"},
	"execute-api": {"apigateway"},
	"iot": {"iot"},
	"logs": {"logs"},
	"s3": {"s3"},
	"secretsmanager": {"secretsmanager"},
	"ses": {"ses"},
	"sns": {"sns"},
	"transfer": {"transfer"},
}

deny contains {
	"at": permission.principal.at,
	"message": $"{permission.id} never matches: principal {permission.principal.value} does not invoke functions for source ARN {permission.source_arn.value}",
	"set": $"{owner}.amazonaws.com",
} if {
	some permission in input.permissions
	service := invoke.service(permission.source_arn.value)
	caller := principal(permission)
	not caller in owners[service]
	some owner in owners[service]
}

# The ARN of a resource of the stack is unknown, but not its service.
deny contains {
	"at": permission.principal.at,
	"message": $"{permission.id} never matches: principal {permission.principal.value} does not invoke functions for a source ARN of the service {service}",
	"set": $"{owner}.amazonaws.com",
} if {
	some permission in input.permissions
	service := permission.source_arn.service
	caller := principal(permission)
	not caller in owners[service]
	some owner in owners[service]
}

# principal is the service that a permission is for, without the region of CloudWatch Logs.
principal(permission) := regex.find_all_string_submatch_n(`^([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$`, permission.principal.value, 1)[0][1]

# METADATA
# title: Source ARN of a permission matches the resources of strangers
# description: |
#   Lambda compares the source ARN as a pattern. A wildcard in place of the account, or of the
#   whole resource, lets rules, topics and buckets of any account invoke the function, as if there
#   were no source at all.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-permission.html
#     description: AWS::Lambda::Permission
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
#     description: Granting Lambda function access to AWS services
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-source-arn-wildcard
#   severity: high
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-183]
#   peers: []
#   remediation: |
#     Write the ARN of the one resource that triggers the function. Where a part of the name
#     varies, keep the account and the beginning of the name.
package rules.permission_source_arn_wildcard

deny contains {"at": permission.source_arn.at, "message": $"{permission.id} lets resources of every account invoke the function: its source is {permission.source_arn.value}"} if {
	some permission in input.permissions
	any_account(permission.source_arn.value)
	permission.source_account.absent
	permission.principal_org_id.absent
}

any_account(arn) if regex.match(`^\*+$`, arn)

# arn:partition:service:region:account:resource
any_account(arn) if {
	parts := split(arn, ":")
	count(parts) > 5
	regex.match(`^[*?]+$`, parts[4])
}

# A bucket has no account, so its name must be there.
any_account(arn) if regex.match(`^arn:[^:]*:s3:::\*+$`, arn)

# METADATA
# title: Source ARN of a permission matches resources of any account
# description: |
#   Lambda compares the source ARN as a pattern, so a wildcard in place of the account ID or of the
#   whole resource allows rules, topics and buckets of any AWS account to invoke the function. Such
#   a permission is as open as one without a source ARN (confused deputy).
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
#   practices: [10b]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-183]
#   peers: []
#   remediation: |
#     Set the source ARN (Terraform `source_arn`, CloudFormation `SourceArn`) to the ARN of the
#     resource that triggers the function. Where part of the name varies, keep the account ID and
#     the beginning of the name.
package rules.permission_source_arn_wildcard

import data.lib.iam
import data.lib.trust

# permission-public-principal reports permissions for everyone.
deny contains {"at": permission.source_arn.at, "message": $"{permission.id} allows resources of any account to invoke the function: the source ARN is {permission.source_arn.value} (confused deputy)"} if {
	some permission in input.permissions
	any_account(permission.source_arn.value)
	permission.source_account.absent
	permission.principal_org_id.absent
	not iam.anyone(permission.principal.value)
}

# Only the partition and the region, which a template often leaves open, are unknown.
deny contains {"at": permission.source_arn.at, "message": $"{permission.id} allows resources of any account to invoke the function: the source ARN ends with {permission.source_arn.suffix} (confused deputy)"} if {
	some permission in input.permissions
	regex.match(`^arn:([^:]*:[a-z0-9-]+:)?$`, permission.source_arn.prefix)
	regex.match(`^:\*+:.|^:s3:::\*+$`, permission.source_arn.suffix)
	permission.source_account.absent
	permission.principal_org_id.absent
	not iam.anyone(permission.principal.value)
}

any_account(arn) if trust.any_value("aws:sourcearn", arn)

# arn:partition:service:region:account:resource
any_account(arn) if {
	parts := split(arn, ":")
	count(parts) > 5
	regex.match(`^[*?]+$`, parts[4])
}

# The ARN of a bucket has no account, so only the name of the bucket restricts it.
any_account(arn) if regex.match(`^arn:[^:]*:s3:::\*+$`, arn)

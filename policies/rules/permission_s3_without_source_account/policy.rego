# METADATA
# title: S3 permission has no source account
# description: |
#   The ARN of an S3 bucket contains no account ID. If the bucket is deleted, another account can
#   create a bucket with the same name, which can then invoke the function (confused deputy).
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
#     description: Process Amazon S3 event notifications with Lambda
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
#     description: Granting Lambda function access to AWS services
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-s3-without-source-account
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [10b]
#   yields_to: [permission-source-arn-wildcard]
#   since: v0.1.0
#   cwe: [CWE-441]
#   peers:
#     - Regula FG_R00499
#     - cfn-lint W3663
#     - Guard LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - Security Hub Lambda.1
#   fix:
#     title: Limit the permission to buckets of this account
#     safe_if: the source ARN refers to a bucket of the same stack
#     attribute: source_account
#     set: {terraform: data.aws_caller_identity.current.account_id, cloudformation: {Ref: "AWS::AccountId"}}
#   remediation: |
#     Set the source account (`source_account`, `SourceAccount`) to the account that owns the
#     bucket, in addition to the source ARN.
package rules.permission_s3_without_source_account

# permission-service-without-source reports permissions without a source ARN.
deny contains {"at": permission.source_account.at, "message": $"{permission.id} allows {permission.principal.value} to invoke the function without a source account (confused deputy)", "unsafe": unsafe(permission.source_arn)} if {
	some permission in input.permissions
	permission.principal.value in {"s3.amazonaws.com", "s3.amazonaws.com.cn"}
	not permission.source_arn.absent
	names_no_account(permission.source_arn)
	permission.source_account.absent
	permission.principal_org_id.absent
}

# The start of the ARN of a bucket is known even where the name is not.
names_no_account(arn) if {
	regex.match(`^arn:[^:]*:s3:::`, arn.value)
	not regex.match(`^arn:[^:]*:s3:::\*+$`, arn.value) # every bucket: permission-source-arn-wildcard
}

names_no_account(arn) if startswith(arn.prefix, "arn:aws:s3:::")

names_no_account(arn) if {
	arn.unknown
	arn.prefix == "arn:" # of a resource: the bucket
	not arn.suffix
	object.get(arn, "service", "s3") == "s3" # permission-principal-source-mismatch reports the others
}

# unsafe is empty for a bucket of this stack: it belongs to the account that deploys it.
unsafe(arn) := "" if {
	arn.prefix == "arn:"
	count(arn.sources) > 0
}

else := "a bucket that belongs to another account can no longer invoke the function"

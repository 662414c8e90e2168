# METADATA
# title: Permission for a bucket does not say whose bucket it is
# description: |
#   The ARN of a bucket has no account in it. When the bucket is deleted, anyone can create one
#   with the same name in another account, and it may invoke the function from then on.
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
#   since: v0.1.0
#   cwe: [CWE-441]
#   peers:
#     - Regula FG_R00499
#     - cfn-lint W3663
#     - Guard LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED
#     - Security Hub Lambda.1
#   fix:
#     title: Let only buckets of this account in
#     attribute: source_account
#     set: {terraform: data.aws_caller_identity.current.account_id, cloudformation: {Ref: "AWS::AccountId"}}
#   remediation: |
#     Set the source account to the account that owns the bucket, beside the source ARN.
package rules.permission_s3_without_source_account

# Without a source ARN it is permission-service-without-source.
deny contains {"at": permission.source_account.at, "message": $"{permission.id} lets a bucket of any account with the name invoke the function"} if {
	some permission in input.permissions
	permission.principal.value in {"s3.amazonaws.com", "s3.amazonaws.com.cn"}
	not permission.source_arn.absent
	names_no_account(permission.source_arn)
	permission.source_account.absent
	permission.principal_org_id.absent
}

# The ARN of a bucket begins alike whether its name is known or not.
names_no_account(arn) if regex.match(`^arn:[^:]*:s3:::`, arn.value)

names_no_account(arn) if startswith(arn.prefix, "arn:aws:s3:::")

names_no_account(arn) if {
	arn.unknown
	arn.prefix == "arn:" # of a resource: the bucket
	not arn.suffix
}
